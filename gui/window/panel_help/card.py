"""What a panel is, and its lesson, in a card beside the panel's "?"."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.values.words import tr
from gui.widgets.card import Card
from gui.widgets.role_font import RoleFont
from gui.window.panel_help.texts import PanelText


class PanelCard(Card):
    """Signals: lesson_requested, with the lesson's key."""

    lesson_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lesson = ""
        self.text = self.add_text()
        self.formula = self.add_text()
        RoleFont(self.formula, "read", self, strong=True)
        self.lesson = QPushButton(self)
        self.lesson.setToolTip(tr("Opens the lesson; your own run waits"))
        self.lesson.clicked.connect(self._on_lesson_clicked)
        self.column.addWidget(self.lesson, 0, Qt.AlignmentFlag.AlignLeft)

    def open_at(
        self, anchor: QWidget, title: str, text: PanelText, lesson: str
    ) -> None:
        """Show what a panel is, below a widget of its header.

        Args:
            anchor: the widget.
            title: of the panel.
            text: what it is.
            lesson: the title of the lesson.
        """
        self._lesson = text.lesson
        self.title.setText(title)
        self.text.setText(text.text)
        self.formula.setText(text.formula)
        self.lesson.setText(tr("Lesson: {lesson}", lesson=lesson))
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{text.text} {text.formula}")
        self.open_below(anchor, at_right=True)
        self.lesson.setFocus()

    def _on_lesson_clicked(self) -> None:
        self.hide()
        self.lesson_requested.emit(self._lesson)
