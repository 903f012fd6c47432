"""A small window beside a panel's "?"; Escape or a click elsewhere closes it."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from core.values.words import tr
from gui.style.fonts import role_font, scale_of
from gui.widgets.focus.focus_return import hand_back
from gui.window.panel_help.texts import PanelText

WIDTH = 360


class PanelCard(QFrame):
    """Signals: lesson_requested, with the lesson's key."""

    lesson_requested = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint
        )
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._lesson = ""
        self.title = QLabel(self)
        self.title.setObjectName("heading")
        self.text = QLabel(self)
        self.formula = QLabel(self)
        self.formula.setFont(role_font(self.font(), "read", strong=True))
        self.lesson = QPushButton(self)
        self.lesson.setToolTip(tr("Opens the lesson; your own run waits"))
        self.lesson.clicked.connect(self._on_lesson_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(10)
        for label in (self.title, self.text, self.formula):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addWidget(self.lesson, 0, Qt.AlignmentFlag.AlignLeft)

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
        width = round(WIDTH * scale_of(self.font()))
        self.setFixedWidth(width)
        self.resize(width, self.heightForWidth(width))
        corner = anchor.mapToGlobal(QPoint(anchor.width() - width, anchor.height() + 2))
        screen = anchor.screen().availableGeometry()
        self.move(
            max(screen.left(), min(corner.x(), screen.right() - width)),
            max(screen.top(), min(corner.y(), screen.bottom() - self.height())),
        )
        self.show()
        self.activateWindow()
        self.lesson.setFocus()

    def _on_lesson_clicked(self) -> None:
        self.hide()
        self.lesson_requested.emit(self._lesson)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            hand_back(self)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowDeactivate:
            self.hide()
        return super().event(event)
