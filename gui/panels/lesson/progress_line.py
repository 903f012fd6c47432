"""How far the lesson has come: a part of 4 pixels for each step."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown

HEIGHT: Final = tokens.length("progress_line.height")
GAP: Final = tokens.space("xs")


class ProgressLine(QWidget):
    """Painted; what it says stands in words above it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._place, self._count = 0, 1
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed)

    def show_progress(self, place: int, count: int) -> None:
        """Of `count` steps the one at `place`, counted from 0, is shown."""
        self._place, self._count = place, max(1, count)
        self.setAccessibleName(
            tr("Step {place} of {count}", place=place + 1, count=count)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            tokens.length("progress_line.width"), round(HEIGHT * scale_of(self.font()))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours_of(self)
        width = (self.width() - GAP * (self._count - 1)) / self._count
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for k in range(self._count):
                is_over = k <= self._place
                ink = theme.colour(colours.accent if is_over else colours.pressed)
                if k == self._place:
                    ink.setAlphaF(0.6)
                painter.setBrush(ink)
                left = k * (width + GAP)
                painter.drawRoundedRect(
                    QRectF(left, 0, width, self.height()),
                    grown(self, tokens.space("hair")),
                    grown(self, tokens.space("hair")),
                )
