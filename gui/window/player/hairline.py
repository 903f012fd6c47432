"""A hairline between two groups of a bar."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.style import theme


class Hairline(QWidget):
    """Half as high as the bar, one pixel wide."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed, policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            height = self.height()
            line = QRect(0, height // 4, 1, height // 2)
            painter.fillRect(line, theme.colour(theme.colours_of(self).line))
