"""A mean and a deviation of one's own, asked for by the choice of the scaling."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from gui.panels.experiment_form.scaling_box import OWN, ScalingBox
from gui.panels.experiment_form.scaling_dialog import REFUSED, ScalingDialog


def asked(box: ScalingBox) -> ScalingDialog:
    box.setCurrentIndex(box.findData(OWN))
    box.activated.emit(box.currentIndex())
    assert box.dialog is not None
    return box.dialog


def press_ok(dialog: ScalingDialog) -> None:
    button = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_numbers_for_each_colour_become_a_rule(qtbot: QtBot) -> None:
    box = ScalingBox()
    qtbot.addWidget(box)
    box.show_value("standardised")
    chosen: list[object] = []
    box.value_edited.connect(chosen.append)
    dialog = asked(box)
    assert box.currentData() == "standardised"
    dialog.means.setText("0.485, 0.456, 0.406")
    dialog.deviations.setText("0.229, 0")
    press_ok(dialog)
    assert dialog.problem.text() == REFUSED
    assert chosen == []
    dialog.deviations.setText("0.225")
    press_ok(dialog)
    assert chosen == ["(x - [0.485, 0.456, 0.406]) / 0.225"]
    box.show_value(chosen[0])
    assert box.currentText() == "(x − [0.485, 0.456, 0.406]) / 0.225"
    assert asked(box).means.text() == "0.485, 0.456, 0.406"


def test_a_cancelled_dialog_changes_nothing(qtbot: QtBot) -> None:
    box = ScalingBox()
    qtbot.addWidget(box)
    box.show_value("")
    chosen: list[object] = []
    box.value_edited.connect(chosen.append)
    asked(box).reject()
    assert chosen == []
    assert box.currentData() == ""
