"""The window by keys alone: where Tab goes, and what keeps the focus."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QPushButton,
    QScrollArea,
    QWidget,
)

from core.values.parameter import Unit
from gui.widgets.focus.tab_stops import tab_stops
from gui.window.text_dialog import TextDialog
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import Glass, GlassMaker

KEY = Qt.Key


@pytest.fixture(autouse=True)
def no_button(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another test may have left a mouse button down, and then no ring is shown."""
    none = Qt.MouseButton.NoButton
    monkeypatch.setattr(QApplication, "mouseButtons", lambda *_: none)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def panel_with_focus(window: Glass) -> str:
    for key, dock in window.window.docks.items():
        if dock.isAncestorOf(QApplication.focusWidget()):
            return key
    return ""


def is_seen(widget: QWidget) -> bool:
    """Whether some of it is on the screen; a view is covered by its viewport."""
    seen = widget.visibleRegion()
    if isinstance(widget, QAbstractScrollArea):
        seen = seen.united(widget.viewport().visibleRegion())
    window = widget.window()
    origin = widget.mapTo(window, widget.rect().topLeft())
    place = QRect(origin, widget.size())
    return not seen.isEmpty() and window.rect().intersects(place)


def once_around(window: Glass, blind: list[str] | None = None) -> list[QWidget]:
    """What has the focus after each Tab, begun from nowhere.

    Args:
        window: that is walked through.
        blind: is filled with what was not seen when it got the focus.
    """
    window.window.setFocus()
    seen: list[QWidget] = []
    while True:
        QTest.keyClick(focused(), KEY.Key_Tab)
        QApplication.processEvents()
        if focused() in seen:
            assert focused() is seen[0]
            return seen
        seen.append(focused())
        if blind is not None and not is_seen(focused()):
            blind.append(f"{type(focused()).__name__} {focused().accessibleName()}")


@pytest.mark.parametrize("scale", [100, 150])
def test_tab_leads_to_nothing_that_is_not_seen(glass: GlassMaker, scale: int):
    window = glass("digits", size=(1280, 720))
    window.window.preferences.set_value("font_scale", scale)
    window.session.select(Unit(1, 1))
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        blind: list[str] = []
        stops = once_around(window, blind)
        assert blind == [], workspace.key
        assert len(stops) > 10


def test_tab_goes_through_header_and_panels_as_they_are_read(glass: GlassMaker):
    window = glass("digits", size=(1280, 720))
    for workspace in WORKSPACES:
        window.show_workspace(workspace.key)
        stops = once_around(window)
        docks = window.window.docks
        shown = [d for d in docks.values() if any(map(d.isAncestorOf, stops))]
        order = [next((d for d in shown if d.isAncestorOf(s)), None) for s in stops]
        met = [dock for dock in dict.fromkeys(order) if dock is not None]
        places = [(dock.y(), dock.x()) for dock in met]
        assert places == sorted(places), workspace.key
        # Each is left once, and the header comes before the panels again.
        assert sum(a is not b for a, b in pairwise(order)) <= len(met) + 1
        header = tab_stops(window.window.header)
        assert stops[-len(header) :] == header, workspace.key
        assert order[0] is not None or window.window.header not in stops


def test_an_arrow_in_the_switch_between_panels_keeps_the_focus_on_it(
    glass: GlassMaker,
) -> None:
    window = glass("digits", size=(1280, 720))
    window.show_workspace("backprop")
    dock = window.window.docks["formula"]
    window.wait_until(lambda: dock.header.switch is not None)
    window.focus(dock.header.switch.button(dock.header.switch.index))

    window.press(KEY.Key_Right)

    window.wait_until(lambda: panel_with_focus(window) == "number_lines")
    assert window.window.docks["number_lines"].is_in_sight
    assert is_seen(focused())
    window.press(KEY.Key_Left)
    window.wait_until(lambda: panel_with_focus(window) == "formula")
    assert window.step == 0


@pytest.mark.parametrize("name", ["Number lines", "Curves", "Formula"])
def test_the_palette_brings_a_panel_to_the_front_and_gives_it_the_focus(
    glass: GlassMaker, name: str
) -> None:
    window = glass("digits", size=(1280, 720))
    window.show_workspace("backprop")
    window.session.select(Unit(1, 1))
    window.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.type(f"panel {name}")
    window.press(KEY.Key_Return)

    key = name.lower().replace(" ", "_")
    window.wait_until(lambda: panel_with_focus(window) == key)
    assert window.window.docks[key].is_in_sight
    assert is_seen(focused())


def test_the_focus_stays_where_it_was_when_panels_make_room(glass: GlassMaker):
    window = glass("digits", size=(1280, 720))
    button = window.window.docks["network"].header.fill
    window.focus(button)
    window.press(KEY.Key_Space)
    window.wait_until(lambda: not window.window.docks["curves"].is_in_sight)
    assert focused() is button
    window.press(KEY.Key_Escape)
    window.wait_until(lambda: window.window.docks["curves"].is_in_sight)
    assert focused() is button

    canvas = window.panel("network").canvas
    window.focus(canvas)
    for _ in range(2):
        window.press(KEY.Key_F9)
        window.layout_at_rest()
        assert focused() is canvas


def test_lessons_take_the_focus_and_workspace_tabs_keep_it(glass: GlassMaker):
    window = glass("digits", size=(1280, 720))
    window.press(KEY.Key_F2)
    window.layout_at_rest()
    panel = window.window.lessons.panel
    assert panel is not None
    assert panel.list.isAncestorOf(focused())
    window.press(KEY.Key_F2)

    window.focus(window.window.tabs)
    for key in ("step", "batch"):
        window.press(KEY.Key_Right)
        window.wait_until(lambda k=key: window.window.layouts.current == k)
        assert focused() is window.window.tabs


def test_the_table_of_nudges_is_sorted_by_its_menu_and_by_the_palette(
    glass: GlassMaker,
) -> None:
    window = glass("digits", workspace="step")
    panel = window.panel("nudges")
    window.wait_until(lambda: panel.model.rowCount() > 0)
    actions = panel.more_menu.actions()[0].menu().actions()
    assert len(actions) == 2 * panel.model.columnCount()
    header = panel.table.horizontalHeader()
    for action in actions:
        action.trigger()
        assert action.isChecked()
        descending = header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        assert action.text().endswith(", descending") == descending
    assert header.sortIndicatorSection() == panel.model.columnCount() - 1

    window.press(KEY.Key_K, Qt.KeyboardModifier.ControlModifier)
    window.type("sort by value now, ascending")
    window.press(KEY.Key_Return)

    assert header.sortIndicatorSection() == 1
    assert header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder


@pytest.mark.parametrize("enter", [KEY.Key_Return, KEY.Key_Enter])
def test_enter_presses_what_space_presses(glass: GlassMaker, enter: Qt.Key):
    window = glass()
    buttons = window.window.docks["network"].header.findChildren(QPushButton)
    window.focus(buttons[1])
    window.press(enter)
    assert window.panel("network").quantity == "nudges"
    help_ = window.window.docks["network"].header.help
    window.focus(help_)
    window.press(enter)
    card = window.window.panel_help.card
    assert card is not None
    assert card.isVisible()


@pytest.mark.parametrize(
    "arrow", [KEY.Key_Left, KEY.Key_Right, KEY.Key_Up, KEY.Key_Down]
)
def test_any_arrow_begins_a_selection_in_the_network_until_it_is_left(
    glass: GlassMaker, arrow: Qt.Key
) -> None:
    window = glass()
    canvas = window.panel("network").canvas
    window.focus(canvas)
    window.press(arrow)
    assert window.view.selection is not None
    window.press(KEY.Key_Escape)
    assert window.view.selection is None
    assert focused() is canvas
    window.press(KEY.Key_Escape)
    window.press(KEY.Key_Right)
    window.rest_at(1)

    window.focus(canvas)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    window.press(KEY.Key_Right)
    window.rest_at(2)


def test_tab_scrolls_all_of_a_field_into_view(glass: GlassMaker):
    window = glass("digits", size=(1280, 720))
    form = window.panel("experiment")
    cut = []
    for stop in tab_stops(form):
        window.window.setFocus()
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        area = stop.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is None or stop.height() > area.viewport().height():
            continue
        top = stop.mapTo(area.viewport(), stop.rect().topLeft()).y()
        if not 0 <= top <= area.viewport().height() - stop.height():
            cut.append(stop.objectName() or stop.accessibleName())
    assert cut == []


@pytest.mark.parametrize("key", ["open_shortcuts", "open_glossary", "open_about"])
def test_a_dialog_of_text_has_a_name_and_shows_its_focus(glass: GlassMaker, key: str):
    window = glass()
    getattr(window.window.dialogs, key)()
    dialog = window.window.findChild(TextDialog)
    assert dialog is not None
    text = dialog.text
    assert text.accessibleName() == dialog.windowTitle()
    dialog.activateWindow()
    window.wait_until(dialog.isActiveWindow)
    button = dialog.findChild(QPushButton)
    assert button is not None
    button.setFocus()
    without = text.grab().toImage()
    text.setFocus(Qt.FocusReason.TabFocusReason)
    assert text.grab().toImage() != without
    dialog.close()


def sizes_in(window: Glass) -> dict[str, tuple[int, int]]:
    """Of all that is seen, by its way down from the window."""
    found = {}

    def walk(widget: QWidget, name: str) -> None:
        found[name] = (widget.width(), widget.height())
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        counts: dict[str, int] = {}
        for child in widget.findChildren(QWidget, options=direct):
            if child.isVisible() and not child.isWindow():
                kind = child.objectName() or type(child).__name__
                counts[kind] = counts.get(kind, 0) + 1
                walk(child, f"{name} {kind}{counts[kind]}")

    walk(window.window, "")
    return found


@pytest.mark.parametrize("change", ["text size", "lecture"])
def test_after_larger_text_and_back_everything_has_the_size_of_before(
    glass: GlassMaker, change: str
) -> None:
    window = glass("digits", size=(1280, 720))
    window.session.select(Unit(1, 1))
    window.layout_at_rest()
    before = sizes_in(window)
    if change == "lecture":
        for _ in range(2):
            window.press(KEY.Key_F9)
            window.layout_at_rest()
    else:
        for scale in (150, 100):
            window.window.preferences.set_value("font_scale", scale)
            window.layout_at_rest()
    after = sizes_in(window)
    assert {k: (v, after.get(k)) for k, v in before.items() if after.get(k) != v} == {}


def has_ring_above(table: QWidget) -> bool:
    """Whether the upper edge looks otherwise with the focus, over its header, too."""
    table.window().setFocus()
    at = QPoint(table.width() // 2, 0)
    without = table.grab().toImage().pixelColor(at)
    table.setFocus(Qt.FocusReason.TabFocusReason)
    return table.grab().toImage().pixelColor(at) != without


def test_the_ring_around_a_table_is_whole(glass: GlassMaker):
    window = glass("digits", workspace="step")
    panel = window.panel("nudges")
    window.wait_until(lambda: panel.model.rowCount() > 0)
    assert has_ring_above(panel.table)


def test_painting_looks_pressed_while_it_is_on(glass: GlassMaker):
    window = glass(workspace="playground")
    button = window.panel("plane").paint
    window.wait_until(button.isVisible)
    at = QPoint(button.width() // 2, 4)
    off = button.grab().toImage().pixelColor(at)
    button.click()
    on = button.grab().toImage().pixelColor(at)
    assert abs(on.lightness() - off.lightness()) > 10
