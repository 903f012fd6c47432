"""A veil over the whole window, on which a sheet lies."""

from PySide6.QtCore import QEvent, QObject, QRectF
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.style import theme, tokens
from gui.style.fonts import scale_of


def paint_sheet(painter: QPainter, sheet: QWidget, ground: theme.Rgb) -> None:
    """The round ground of what lies on a veil, with its border."""
    colours, scale = theme.colours_of(sheet), scale_of(sheet.font())
    radius = tokens.radius("sheet") * scale
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour(colours.edge), 1))
    painter.setBrush(theme.colour(ground))
    box = QRectF(sheet.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, radius, radius)


class Veil(QWidget):
    """Covers its window while it is open: nothing behind it can be pressed."""

    scrim = "scrim"

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        window.installEventFilter(self)

    @property
    def sheet(self) -> QWidget:
        """What lies on the veil."""
        raise NotImplementedError

    def fit(self) -> None:
        """Give the sheet its size and place."""
        raise NotImplementedError

    def close_up(self) -> None:
        """Take the veil away."""
        raise NotImplementedError

    def cover(self) -> None:
        """Lie over the whole window, before anything else of it."""
        self.setGeometry(self.window().rect())
        self.fit()
        self.show()
        self.raise_()
        # Its texts have their font now.
        self.fit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self.window().rect())
            self.fit()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Beside the sheet: it is closed, and nothing behind it is pressed.
        if not self.sheet.geometry().contains(event.position().toPoint()):
            self.close_up()
        event.accept()

    def wheelEvent(self, event: QEvent) -> None:
        event.accept()

    def contextMenuEvent(self, event: QEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        dark = theme.is_dark(self.palette())
        red, green, blue, alpha = tokens.scrim(self.scrim, dark=dark)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(red, green, blue, alpha))
