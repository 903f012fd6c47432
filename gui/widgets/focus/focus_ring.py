"""A ring around the picture that the keyboard has reached; a click shows none.

Qt's own controls have theirs from the style sheet. Some pictures mark a part of
themselves instead and say so by `marks_focus`.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from gui.style import theme, tokens
from gui.widgets.accessible.parts import Described


class FocusRing(QWidget):
    """Lies over a picture and lets everything through."""

    def __init__(self, picture: QWidget) -> None:
        super().__init__(picture)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        picture.installEventFilter(self)
        self.resize(picture.size())
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.resize(watched.size())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(focus_pen(self))
            half = tokens.size("focus_ring") / 2
            box = QRectF(self.rect()).adjusted(half, half, -half, -half)
            round_ = tokens.radius("small")
            painter.drawRoundedRect(box, round_, round_)


def focus_pen(widget: QWidget) -> QPen:
    """The pen of every focus ring."""
    return QPen(
        theme.colour(theme.colours_of(widget).accent), tokens.size("focus_ring")
    )


def wants_ring(widget: QWidget) -> bool:
    """Whether it is a picture that does not mark the focus itself."""
    is_picture = isinstance(widget, Described)
    return is_picture and not getattr(widget, "marks_focus", False)
