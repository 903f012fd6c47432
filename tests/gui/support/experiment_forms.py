"""The experiment's column, and hands for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.experiment.model import Experiment
from gui.panels.experiment_form.experiment_panel import ExperimentPanel

GB = 1_000_000_000


class Form:
    """The panel with what it announced."""

    def __init__(self, panel: ExperimentPanel) -> None:
        self.panel = panel
        self.announced: list[Experiment] = []
        panel.experiment_edited.connect(self.announced.append)

    @property
    def last(self) -> Experiment:
        return self.announced[-1]

    def editor(self, key: str) -> QWidget:
        return self.panel.findChild(QWidget, key)

    def named(self, name: str) -> QWidget:
        found = [
            w for w in self.panel.findChildren(QWidget) if w.accessibleName() == name
        ]
        assert len(found) == 1, name
        return found[0]

    def type(self, widget: QWidget, text: str, qtbot: QtBot) -> None:
        target = widget.focusProxy() or widget
        target.setFocus()
        qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(target, text)
        qtbot.keyClick(target, Qt.Key.Key_Return)

    def texts(self) -> str:
        labels = self.panel.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


def press(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()  # new rows become visible


def choose_next(box: QWidget, qtbot: QtBot) -> None:
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
