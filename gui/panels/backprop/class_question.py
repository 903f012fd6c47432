"""Asks which class a drawing is, because without it there is no cost."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.values.words import tr
from gui.session.view_state import View

_CLASS_TEXT: Final = tr(
    "This drawing has no true class to compare the output with, so there is no cost "
    "and no backward pass. Which digit did you draw?"
)
_TARGET_TEXT: Final = tr(
    "This point has no target, so there is no cost and no backward pass. Choose an "
    "example of the data."
)


class ClassQuestion(QWidget):
    """Signals: class_chosen, with the label."""

    class_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] | None = None
        self.question = QLabel(self)
        self.question.setWordWrap(True)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("True class"))
        self.choice.activated.connect(self._on_choice_activated)
        self._answer = QWidget(self)
        row = QHBoxLayout(self._answer)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(tr("True class"), self))
        row.addWidget(self.choice)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.question)
        layout.addWidget(self._answer)
        layout.addStretch(1)

    def show_classes(self, view: View) -> None:
        if view.run.dataset.class_names != self._names:
            self._names = view.run.dataset.class_names
            self.choice.clear()
            self.choice.addItems(["choose", *self._names])
            self._answer.setVisible(bool(self._names))
            self.question.setText(_CLASS_TEXT if self._names else _TARGET_TEXT)
        self.choice.setCurrentIndex(0)

    def _on_choice_activated(self, index: int) -> None:
        if index > 0:
            self.class_chosen.emit(index - 1)
