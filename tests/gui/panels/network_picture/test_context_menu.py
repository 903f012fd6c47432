"""The menu of a unit or an edge of the network picture."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.values.parameter import Edit, Parameter, Unit
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.session.selection import Selection
from tests.gui.support.sample_views import sample_view

# The offscreen platform has no window manager to raise a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def panel(qtbot: QtBot) -> NetworkPanel:
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.resize(800, 500)
    panel.show()
    panel.set_view(sample_view())
    return panel


def ask(panel: NetworkPanel, at: QPointF) -> None:
    place = at.toPoint()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, panel.canvas.mapToGlobal(place)
    )
    QApplication.sendEvent(panel.canvas, event)


def test_the_menu_of_a_unit_ablates_and_holds_it(panel: NetworkPanel) -> None:
    column = panel.canvas.layout_shown.columns[1]
    chosen: list[Selection] = []
    ablated: list[tuple[Unit, bool]] = []
    held: list[tuple[Unit, object]] = []
    panel.selection_made.connect(chosen.append)
    panel.ablation_requested.connect(lambda *what: ablated.append(what))
    panel.hold_requested.connect(lambda *what: held.append(what))
    ask(panel, QPointF((column.left + column.right) / 2, column.y_of(5)))
    assert chosen == [Unit(1, 5)]
    assert panel.menu.isVisible()
    assert panel.menu.name.text() == "hidden 1 · unit 5"
    assert not panel.menu.zero.isVisible()
    QTest.keyClick(panel.menu, Qt.Key.Key_A)
    assert ablated == [(Unit(1, 5), True)]
    ask(panel, QPointF((column.left + column.right) / 2, column.y_of(5)))
    QTest.keyClick(panel.menu, Qt.Key.Key_H)
    assert held == [(Unit(1, 5), 0.0)]


def test_the_menu_of_a_weight_sets_and_freezes_it(panel: NetworkPanel) -> None:
    view = panel.view
    assert view is not None
    other = frozenset({Parameter(1, 0)})
    panel.set_view(replace(view, snapshot=replace(view.snapshot, frozen=other)))
    edits: list[tuple[Edit, ...]] = []
    frozen: list[frozenset[Parameter]] = []
    panel.edits_made.connect(edits.append)
    panel.freeze_requested.connect(frozen.append)
    weight = Parameter(2, 3, 4)
    panel.canvas.menu_requested.emit(weight, QPoint(5, 5))
    QTest.keyClick(panel.menu, Qt.Key.Key_0)
    assert edits == [(Edit(Parameter(2, 3, 4), 0.0),)]
    panel.canvas.menu_requested.emit(weight, QPoint(5, 5))
    QTest.keyClick(panel.menu, Qt.Key.Key_F)
    assert frozen == [other | {Parameter(2, 3, 4)}]


@pytest.mark.parametrize(
    ("chosen", "key", "parameter"),
    [
        (Unit(1, 5), Qt.Key.Key_B, Parameter(1, 5)),
        (Unit(3, 2), Qt.Key.Key_B, Parameter(3, 2)),
        (Parameter(2, 3, 4), Qt.Key.Key_W, Parameter(2, 3, 4)),
        (Parameter(2, 3), Qt.Key.Key_B, Parameter(2, 3)),
    ],
)
def test_a_value_is_typed_for_a_weight_or_the_bias_of_a_unit(
    panel: NetworkPanel, chosen: Selection, key: Qt.Key, parameter: Parameter
) -> None:
    edits: list[tuple[Edit, ...]] = []
    panel.edits_made.connect(edits.append)
    panel.canvas.menu_requested.emit(chosen, QPoint(5, 5))
    QTest.keyClick(panel.menu, key)
    dialog = panel.menu.dialog
    assert dialog is not None
    view = panel.view
    assert view is not None
    shown = float(dialog.field.text().replace("\N{MINUS SIGN}", "-"))
    assert shown == pytest.approx(parameter.value_in(view.params), rel=1e-6)
    for text, count in (("half", 0), ("1e40", 0), ("-1.5", 1)):
        dialog.field.setText(text)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        assert len(edits) == count
    assert edits == [(Edit(parameter, -1.5),)]


def test_an_input_has_no_bias_to_set(panel: NetworkPanel) -> None:
    panel.canvas.menu_requested.emit(Unit(0, 3), QPoint(5, 5))
    assert not panel.menu.value.isVisible()


def test_what_is_done_already_can_be_taken_back(panel: NetworkPanel) -> None:
    view = panel.view
    assert view is not None
    unit = Unit(1, 5)
    panel.set_view(replace(view, held={unit: 0.5}, ablated=frozenset({unit})))
    panel.canvas.menu_requested.emit(Unit(1, 5), QPoint(5, 5))
    assert panel.menu.ablate.isChecked()
    assert panel.menu.release.isVisible()


def test_an_output_has_nothing_to_silence(panel: NetworkPanel) -> None:
    panel.canvas.menu_requested.emit(Unit(3, 1), QPoint(5, 5))
    menu = panel.menu
    assert menu.value.isVisible()
    assert not menu.ablate.isVisible()
    assert not menu.hold.isVisible()
