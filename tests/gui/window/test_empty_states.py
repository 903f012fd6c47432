"""A panel without content offers what the user can do about it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.backprop.formula_panel import FormulaPanel
from gui.panels.base import Panel
from gui.panels.drawing.draw_panel import DrawPanel
from gui.panels.number_lines.number_lines_panel import NumberLinesPanel
from gui.panels.playground.plane_panel import PlanePanel
from gui.session.first_selection import first_selection
from gui.session.view_state import View
from gui.widgets.empty_state import EmptyState
from tests.gui.support.sample_points import points_view
from tests.gui.support.sample_views import sample_view
from tests.gui.support.whole_window import GlassMaker

LEFT = Qt.MouseButton.LeftButton


def offer_of(panel: Panel) -> EmptyState:
    shown = [one for one in panel.findChildren(EmptyState) if one.isVisible()]
    assert len(shown) == 1
    assert shown[0].button.isVisible()
    return shown[0]


def shown(panel: Panel, view: View, qtbot: QtBot) -> Panel:
    qtbot.addWidget(panel)
    panel.resize(500, 400)
    panel.show()
    panel.set_view(view)
    return panel


@pytest.mark.parametrize(
    ("kind", "view", "preset"),
    [(PlanePanel, sample_view, "spiral"), (DrawPanel, points_view, "digits")],
)
def test_data_that_a_panel_cannot_show_can_be_changed_for_others(
    kind: type[Panel], view: Callable[[], View], preset: str, qtbot: QtBot
) -> None:
    panel = shown(kind(), view(), qtbot)
    with qtbot.waitSignal(panel.preset_requested) as asked:
        QTest.mouseClick(offer_of(panel).button, LEFT)
    assert asked.args == [preset]


@pytest.mark.parametrize("kind", [FormulaPanel, NumberLinesPanel])
def test_where_nothing_is_selected_something_can_be(
    kind: type[Panel], qtbot: QtBot
) -> None:
    view = sample_view()
    panel = shown(kind(), view, qtbot)
    with qtbot.waitSignal(panel.selection_made) as made:
        QTest.mouseClick(offer_of(panel).button, LEFT)
    assert made.args == [first_selection(view)]


def test_the_window_begins_with_it_and_stays_where_it_is(glass: GlassMaker) -> None:
    driver = glass("digits")
    driver.show_workspace("playground")
    panel = driver.window.panels["plane"]
    driver.wait_until(
        lambda: any(e.isVisible() for e in panel.findChildren(EmptyState))
    )
    QTest.mouseClick(offer_of(panel).button, LEFT)
    document = driver.window.session.document
    assert document.experiment.data.name == "spiral"
    assert driver.window.layouts.current == "playground"


def test_the_act_is_there_before_remark_and_icon_in_little_room(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    state = EmptyState("image", "Do it", window)
    QVBoxLayout(window).addWidget(state)
    state.say("Nothing is here", "Something could be", can_act=True)
    window.show()
    window.resize(300, 300)
    assert state.remark.isVisible()
    state.resize(300, state.button.height() + 50)
    assert state.button.isVisible()
    assert not state.remark.isVisible()
