"""Tab goes from control to control as they are read, and harms nothing."""

from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.session.document.layer_edit import LayerEdit
from gui.widgets.focus.tab_stops import in_reading_order, tab_stops
from tests.gui.support.whole_window import Glass, GlassMaker


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def panel_of(shown: Glass, widget: QWidget) -> str:
    """The panel that a control belongs to, or the header of that panel."""
    for key, dock in shown.window.docks.items():
        if dock.isAncestorOf(widget):
            return key
    return "bars"


def presses_around(glass: Glass, key: Qt.Key) -> list[QWidget]:
    """What has the focus after each press, once around."""
    QTest.keyClick(glass.window, key)
    seen = [focused()]
    while True:
        QTest.keyClick(focused(), key)
        if focused() is seen[0]:
            return seen
        assert focused() not in seen
        seen.append(focused())


def test_rows_are_read_from_the_left_and_columns_beside_something_tall(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    boxes = {
        "title": (0, 0, 200, 20),
        "tall": (100, 22, 100, 200),
        "left above": (0, 30, 90, 20),
        "left below": (0, 60, 90, 20),
        "last": (0, 230, 200, 20),
        "beside last": (200, 234, 10, 10),
    }
    widgets = []
    for name, box in reversed(boxes.items()):
        button = QPushButton(name, parent)
        button.setGeometry(*box)
        widgets.append(button)
    names = [w.text() for w in in_reading_order(widgets) if isinstance(w, QPushButton)]
    assert names == ["title", "left above", "left below", "tall", "last", "beside last"]


def test_controls_that_cannot_be_worked_are_left_out(qtbot: QtBot):
    parent = QWidget()
    qtbot.addWidget(parent)
    layout = QGridLayout(parent)
    buttons = [QPushButton(str(k)) for k in range(4)]
    for k, button in enumerate(reversed(buttons)):
        layout.addWidget(button, 3 - k, 0)
    buttons[1].setEnabled(False)
    buttons[2].hide()
    parent.show()
    assert tab_stops(parent) == [buttons[0], buttons[3]]


def test_tab_goes_once_around_the_window_panel_by_panel(glass: GlassMaker):
    shown = glass()
    shown.show_workspace("train")
    in_sight = ["experiment", "network", "weight_images", "curves"]
    for key in in_sight:
        shown.wait_until(lambda k=key: tab_stops(shown.panel(k)) != [])
    shown.window.setFocus()
    seen = presses_around(shown, Qt.Key.Key_Tab)
    panels = [panel_of(shown, widget) for widget in seen]
    assert list(dict.fromkeys(panels)) == [*in_sight, "bars"]
    assert sum(a != b for a, b in pairwise(panels)) == 4
    shown.window.setFocus()
    back = presses_around(shown, Qt.Key.Key_Backtab)
    assert back == seen[::-1]


def test_the_menus_of_other_panels_outlive_layers_that_are_added(glass: GlassMaker):
    shown = glass()
    shown.show_workspace("step")
    shown.wait_until(lambda: shown.view.snapshot.gradient is not None)
    presses_around(shown, Qt.Key.Key_Tab)
    shown.show_workspace("train")
    session, filters = shown.session, shown.panel("nudges").filter_bar
    for count in (2, 3):
        shown.panel("network").layers_edited.emit(LayerEdit("insert", 1))
        shown.wait_until(lambda n=count: len(session.experiment.network.hidden) == n)
        shown.wait_until(lambda n=count: shown.view.spec.n_layers == n + 1)
        QApplication.processEvents()  # panels take it over, and old widgets go
    assert shiboken6.isValid(filters.layer_menu)
    shown.show_workspace("step")
    shown.wait_until(lambda: len(filters.layer_menu.actions()) == 5)
    assert shown.says == ""


def test_tab_into_a_table_chooses_no_row_and_an_arrow_the_first(glass: GlassMaker):
    shown = glass()
    shown.show_workspace("step")
    panel = shown.panel("nudges")
    shown.wait_until(lambda: panel.model.rowCount() > 0 and panel.table.isVisible())
    shown.focus(panel.filter_bar.text_line)
    while not panel.table.hasFocus():
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert shown.view.selection is None
    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    shown.wait_until(lambda: shown.view.selection is not None)
    assert panel.table.currentIndex().row() == 0


@pytest.mark.parametrize("letter", [Qt.Key.Key_O, Qt.Key.Key_L, Qt.Key.Key_A])
def test_the_form_scrolls_to_what_a_letter_gives_the_focus(
    glass: GlassMaker, letter: Qt.Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another test may have left a button down, and then nothing is to move.
    none = Qt.MouseButton.NoButton
    monkeypatch.setattr(QApplication, "mouseButtons", lambda *_: none)
    shown = glass()
    shown.window.resize(1000, 480)
    QApplication.processEvents()
    form = shown.panel("experiment").findChild(QScrollArea)
    bar = form.verticalScrollBar()
    bar.setValue(bar.maximum() if letter == Qt.Key.Key_A else 0)
    assert bar.maximum() > 0
    QTest.keyClick(shown.window, letter, Qt.KeyboardModifier.AltModifier)
    field = focused()
    assert form.isAncestorOf(field)
    shown.wait_until(
        lambda: field.visibleRegion().boundingRect() == field.rect(),
    )
