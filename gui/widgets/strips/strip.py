"""A bar on chrome, as high as the design says, with a hairline below it."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.style import theme, tokens
from gui.style.fonts import scale_of


class Strip(QWidget):
    """Its parts are in `row`; a panel owns it and the window says where it stands."""

    def __init__(self, size: str, parent: QWidget | None = None) -> None:
        """Make an empty one; `size` is the name of its height among the tokens."""
        super().__init__(parent)
        self._size = size
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        self.row = QHBoxLayout(self)
        self._restyle()

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        pad = round(tokens.space("panel_pad") * scale)
        self.row.setContentsMargins(pad, 0, pad, 1)
        self.row.setSpacing(round(tokens.space("l") * scale))
        self.setFixedHeight(round(tokens.size(self._size) * scale))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.row.minimumSize().width(), self.minimumHeight())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "row"):
            self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            line = theme.colour(theme.colours_of(self).line)
            painter.fillRect(0, self.height() - 1, self.width(), 1, line)
