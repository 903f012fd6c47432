"""A ring before a task or an answer, which turns to a mark by itself."""

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.tokens import Rgb

MarkState = Literal["next", "later", "done", "open", "chosen", "right", "wrong"]
SIDE: Final = tokens.length("lesson_marks.side")
_CHECK: Final = ((0.28, 0.52), (0.43, 0.67), (0.72, 0.36))
_CROSS: Final = (((0.34, 0.34), (0.66, 0.66)), ((0.66, 0.34), (0.34, 0.66)))


class Mark(QWidget):
    """Painted; its meaning stands in words beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._state: MarkState = "open"
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(self.sizeHint())

    def show_state(self, state: MarkState) -> None:
        if state != self._state:
            self._state = state
            self.update()

    def sizeHint(self) -> QSize:
        side = round(SIDE * scale_of(self.font()))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours_of(self)
        rings: dict[MarkState, Rgb] = {"next": colours.accent, "chosen": colours.accent}
        discs: dict[MarkState, Rgb] = {"done": colours.right, "right": colours.right}
        discs["wrong"] = colours.wrong
        box = QRectF(self.rect()).adjusted(
            grown(self, tokens.fine_length("lesson_marks.inset")),
            grown(self, tokens.fine_length("lesson_marks.inset")),
            -grown(self, tokens.fine_length("lesson_marks.inset")),
            -grown(self, tokens.fine_length("lesson_marks.inset")),
        )
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self._state in discs:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(discs[self._state]))
                painter.drawEllipse(box)
                self._sign(painter, box, colours.plane)
                return
            ring = rings.get(self._state, colours.ink3)
            width = 2 if self._state in rings else 1.5
            painter.setPen(QPen(theme.colour(ring), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box)
            if self._state == "chosen":
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(colours.accent))
                inset = box.width() * 0.26
                painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))

    def _sign(self, painter: QPainter, box: QRectF, ink: Rgb) -> None:
        painter.setPen(
            QPen(
                theme.colour(ink),
                grown(self, tokens.stroke("line")),
                Qt.PenStyle.SolidLine,
                Qt.PenCapStyle.RoundCap,
                Qt.PenJoinStyle.RoundJoin,
            )
        )

        def at(place: tuple[float, float]) -> QPointF:
            x, y = place
            return QPointF(box.x() + x * box.width(), box.y() + y * box.height())

        if self._state == "wrong":
            for first, last in _CROSS:
                painter.drawLine(at(first), at(last))
        else:
            painter.drawPolyline(QPolygonF([at(place) for place in _CHECK]))
