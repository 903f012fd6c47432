"""A small window beside what it explains; Escape or a click elsewhere closes it."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.focus.focus_return import hand_back

WIDTH: Final = tokens.length("widgets_card.width")
_BELOW: Final = tokens.space("hair")


class Card(QFrame):
    """Begins with a title; what comes below it is added to `column`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint
        )
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.column = QVBoxLayout(self)
        self.title = self.add_text()
        self.title.setObjectName("heading")

    def add_text(self) -> QLabel:
        """A text that wraps, below what is there."""
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.column.addWidget(label)
        return label

    def open_below(self, anchor: QWidget, *, at_right: bool = False) -> None:
        """Show it below a widget, whole on the screen.

        Args:
            anchor: the widget.
            at_right: its right edge below that of the widget, else the left ones.
        """
        scale = scale_of(self.font())
        pad = round(tokens.space("panel_pad") * scale)
        self.column.setContentsMargins(pad, pad, pad, pad)
        self.column.setSpacing(round(tokens.space("s") * scale))
        width = round(WIDTH * scale)
        self.setFixedWidth(width)
        self.resize(width, self.heightForWidth(width))
        left = anchor.width() - width if at_right else 0
        corner = anchor.mapToGlobal(QPoint(left, anchor.height() + _BELOW))
        screen = anchor.screen().availableGeometry()
        self.move(
            max(screen.left(), min(corner.x(), screen.right() - width)),
            max(screen.top(), min(corner.y(), screen.bottom() - self.height())),
        )
        self.show()
        self.activateWindow()

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
