"""Everything by keyboard: what Tab leads to in each workspace, and that one sees it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from gui.widgets.focus.focus_ring import FocusRing
from gui.widgets.focus.tab_stops import tab_stops
from gui.window.workspaces import WORKSPACES
from tests.gui.support.accessibility_tree import told
from tests.gui.support.network_pictures import unit_point
from tests.gui.support.whole_window import Glass, GlassMaker


def pixels(widget: QWidget) -> bytes:
    """What is seen of a widget."""
    image = widget.grab().toImage()
    return bytes(image.constBits())


def name_of(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    return told(widget).name


def looks_focused(window: Glass, stop: QWidget) -> bool:
    """Whether it looks otherwise with the focus than without."""
    window.window.setFocus()
    without = pixels(stop)
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    with_focus = pixels(stop)
    return without != with_focus


def stops_of(window: Glass) -> list[QWidget]:
    panels = [p for p in window.window.panels.values() if p.isVisible()]
    bars = [window.window.player_bar, window.window.menuWidget()]
    return [stop for part in (*panels, *bars) for stop in tab_stops(part)]


def test_in_every_workspace_each_stop_has_a_name_and_shows_its_focus(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another test may have left a button down, and then no ring is shown.
    none = Qt.MouseButton.NoButton
    monkeypatch.setattr(QApplication, "mouseButtons", lambda *_: none)
    window = glass("digits")
    window.session.take_steps(1)
    window.rest_at(1)
    faults, seen = set(), set()
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        window.wait_until(lambda: window.panel("network").canvas.is_settled)
        for stop in stops_of(window):
            kind = f"{type(stop).__name__} {name_of(stop)}"
            if kind in seen:
                continue
            seen.add(kind)
            if not name_of(stop):
                faults.add(f"{workspace.key}: {kind} has no name")
            if not looks_focused(window, stop):
                faults.add(f"{workspace.key}: {kind} does not show its focus")
    assert not faults
    assert len(seen) > 80


def test_a_picture_has_a_ring_by_keys_and_none_by_a_click(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = Qt.MouseButton.NoButton
    monkeypatch.setattr(QApplication, "mouseButtons", lambda *_: none)
    window = glass()
    canvas = window.panel("network").canvas

    def rings() -> list[QWidget]:
        return [ring for ring in canvas.findChildren(FocusRing) if ring.isVisible()]

    window.window.setFocus()
    window.focus(canvas)
    assert len(rings()) == 1
    assert rings()[0].size() == canvas.size()
    at = unit_point(window.panel("network"), 1, 0)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=at)
    assert rings() == []
    QTest.keyClick(canvas, Qt.Key.Key_Up)
    assert len(rings()) == 1
    window.window.setFocus()
    assert rings() == []
