"""Base of the health pictures: figures, background, and tooltips by place."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.style import theme
from gui.style.picture_pass import fill_ground
from gui.widgets.tooltip_picture import TooltipPicture


class HealthPicture(TooltipPicture):
    """Painted as a whole, on the background of all plots."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(theme.figures_font(self.font()))
        self.setAccessibleName(name)

    def paint(self, painter: QPainter, *, dark: bool) -> None:
        """Draw the contents on the background."""
        raise NotImplementedError

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            dark = theme.is_dark(self.palette())
            fill_ground(
                painter, self.rect(), theme.colour(theme.colours(dark=dark).plane)
            )
            self.paint(painter, dark=dark)


def paint_shown(painter: QPainter, x: float, box: QRectF, *, dark: bool) -> None:
    """Mark the shown step in a picture that goes on beyond it."""
    painter.setPen(QPen(theme.colour(theme.colours(dark=dark).selection), 1))
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
