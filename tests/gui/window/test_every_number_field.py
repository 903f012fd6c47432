"""Each number field of the window takes a number written with e, or says its range."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from gui.panels.experiment_form.editors import NumberBox
from gui.widgets.number_boxes import RealSpinBox, WholeSpinBox
from gui.widgets.problem_label import ProblemLabel
from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import Glass, GlassMaker

Box = NumberBox | RealSpinBox | WholeSpinBox
MILLION = 1_000_000


def boxes_in(root: QWidget) -> list[Box]:
    found = root.findChildren(QAbstractSpinBox)
    for box in found:
        known = isinstance(box, NumberBox | RealSpinBox | WholeSpinBox)
        assert known, f"{box.objectName()} {box.accessibleName()}: {type(box)}"
    return [
        box
        for box in found
        if isinstance(box, NumberBox | RealSpinBox | WholeSpinBox)
        and box.isVisible()
        and box.isEnabled()
    ]


def type_in(box: Box, text: str) -> str:
    """Type a text and press Enter; returns what the field refuses it with."""
    box.setFocus(Qt.FocusReason.TabFocusReason)
    line = box.lineEdit()
    line.selectAll()
    QTest.keyClicks(line, text)
    assert line.text().strip().startswith(text), line.text()
    QTest.keyClick(box, Qt.Key.Key_Return)
    QApplication.processEvents()
    return box.problem


def check(glass: Glass, box: Box, name: str) -> None:
    problem = type_in(box, "1e6")
    if problem:
        assert any(figure.isdigit() for figure in problem.replace("1e6", "")), problem
        return
    if isinstance(box, NumberBox):
        # The form takes it, or says below the row what is possible.
        shown = box.lineEdit().text()
        said = [
            label.text()
            for label in glass.panel("experiment").findChildren(ProblemLabel)
            if label.isVisible() and label.text()
        ]
        assert said or "1,000,000" in shown or "1e6" in shown, (name, shown)
        return
    assert box.value() == MILLION, (name, box.value())


@pytest.mark.parametrize("workspace", [w.key for w in WORKSPACES])
def test_a_million_with_e_is_taken_or_refused_with_the_range(
    glass: GlassMaker, workspace: str
) -> None:
    window = glass("circle", size=(1600, 1000))
    window.show_workspace(workspace)
    window.session.take_steps(2)
    window.rest_at(2)
    names = [
        box.objectName() or box.accessibleName() for box in boxes_in(window.window)
    ]
    for place, name in enumerate(names):
        found = boxes_in(window.window)
        same = [b for b in found if (b.objectName() or b.accessibleName()) == name]
        if same:
            check(window, same[0], f"{workspace} {place} {name}")
