"""The experiment's column, and hands for it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QMainWindow,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.experiment.model import Experiment
from gui.panels.experiment_form import EXPERIMENT
from gui.panels.experiment_form.experiment_panel import ExperimentPanel
from gui.session.document.commands import Situation
from gui.session.document.document import ExperimentDocument
from gui.window.dock import PanelDock

GB = 1_000_000_000


class Form:
    """The panel on a document of its own, with what is to run after each edit."""

    def __init__(
        self,
        qtbot: QtBot,
        experiment: Experiment | None = None,
        *,
        free_memory: int = 12 * GB,
        width: int = 290,
    ) -> None:
        self.document = ExperimentDocument(free_memory=lambda: free_memory)
        self.document.start_over(experiment or Experiment(), "start")
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.panel = ExperimentPanel(self.window)
        self.panel.set_document(self.document)
        self.dock = PanelDock(EXPERIMENT, self.window)
        self.dock.set_panel(self.panel)
        self.window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, self.dock)
        self.dock.show()
        self._add_undo()
        self.announced: list[Experiment] = []
        self.document.situation_changed.connect(self._on_situation_changed)
        self.window.resize(width, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)

    def _add_undo(self) -> None:
        """As the main window has them."""
        stack, keys = self.document.undo_stack, QKeySequence.StandardKey
        for slot, key in ((stack.undo, keys.Undo), (stack.redo, keys.Redo)):
            action = QAction(self.window)
            action.setShortcuts(key)
            action.triggered.connect(slot)
            self.window.addAction(action)

    def _on_situation_changed(self, wanted: Situation) -> None:
        self.announced.append(wanted.experiment)

    @property
    def experiment(self) -> Experiment:
        return self.document.experiment

    @property
    def last(self) -> Experiment:
        return self.announced[-1]

    def editor(self, key: str) -> QWidget:
        return self.panel.findChild(QWidget, key)

    def named(self, name: str) -> QWidget:
        found = [
            w for w in self.window.findChildren(QWidget) if w.accessibleName() == name
        ]
        assert len(found) == 1, name
        return found[0]

    def button(self, name: str) -> QAbstractButton:
        """By its text, or by what it is called where it has a sign only."""
        buttons = self.window.findChildren(QAbstractButton)
        return next(b for b in buttons if name in (b.text(), b.accessibleName()))

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


def choose_next(box: QWidget, qtbot: QtBot, *, steps: int = 1) -> None:
    assert isinstance(box, QComboBox)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    for _ in range(steps - 1):
        qtbot.keyClick(box.view(), Qt.Key.Key_Down)
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
