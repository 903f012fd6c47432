"""Text is at least 4.5 to 1 on what it stands on, measured on rendered pixels."""

from typing import Final

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QWidget,
)

from gui.widgets.accessible.parts import Described
from gui.window.workspaces import WORKSPACES
from tests.gui.support.contrast import (
    box_in,
    contrast_in,
    cut,
    painted_texts,
    rendered,
)
from tests.gui.support.whole_window import Glass, GlassMaker

LEAST: Final = 4.5
MEASURED: Final = 4.3
"""What 4.5 comes to where antialiasing leaves no pixel of pure ink."""


def widgets_of(window: Glass, kind: type) -> list[QWidget]:
    found = window.window.findChildren(kind)
    return [w for w in found if w.isVisible() and w.isEnabled()]


def labels_below(window: Glass, least: float) -> set[str]:
    """Labels and buttons with too little contrast."""
    whole = rendered(window.window)
    faults = set()
    for widget in widgets_of(window, QLabel) + widgets_of(window, QAbstractButton):
        text = widget.text()  # type: ignore[attr-defined]
        seen = widget.visibleRegion().boundingRect()
        if (
            not text.strip()
            or seen.size() != widget.size()
            or isinstance(widget, Described)
        ):
            continue
        part = cut(whole, box_in(widget, window.window))
        contrast = contrast_in(part) if part.size else 0.0
        if contrast < least:
            faults.add(f"{type(widget).__name__} {text[:30]!r} {contrast:.2f}")
    return faults


def painted_below(
    window: Glass, least: float, monkeypatch: pytest.MonkeyPatch
) -> tuple[set[str], int]:
    """Painted texts with too little contrast, and how many there are."""
    faults, measured = set(), 0
    for widget in widgets_of(window, QWidget):
        if not isinstance(widget, Described) or isinstance(widget, QLabel):
            continue
        shown = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        with painted_texts(monkeypatch) as texts:
            pixels = rendered(shown)
        for drawn in texts:
            part = cut(pixels, drawn.box)
            if part.size == 0:
                continue
            measured += 1
            contrast = contrast_in(part)
            if contrast < least:
                kind = type(widget).__name__
                faults.add(f"{kind} {drawn.text[:30]!r} {contrast:.2f}")
    return faults, measured


@pytest.mark.parametrize("colours", ["dark", "light"])
def test_every_text_can_be_read_on_its_ground(
    glass: GlassMaker, colours: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = glass("digits", colours=colours)
    window.session.take_steps(2)
    window.rest_at(2)
    faults, measured = set(), 0
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        window.wait_until(lambda: window.panel("network").canvas.is_settled)
        QApplication.processEvents()
        painted, count = painted_below(window, MEASURED, monkeypatch)
        found = labels_below(window, MEASURED) | painted
        faults |= {f"{workspace.key}: {fault}" for fault in found}
        measured += count
    assert not faults
    assert measured > 100
