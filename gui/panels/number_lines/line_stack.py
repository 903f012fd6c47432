"""The number lines above each other, connected where one value leads to the next."""

from typing import ClassVar, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.panels.number_lines.lines import NumberLine
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.lengths import grown
from gui.style.number_format import full
from gui.style.picture_pass import fill_ground
from gui.widgets.accessible.events import tell_current
from gui.widgets.accessible.parts import AND, LazyParts, Part, Role
from gui.widgets.focus.focus_ring import focus_pen
from gui.widgets.focus.key_policy import guard_wheel, is_plain
from gui.widgets.plots.ticks import Tick, ticks_that_fit
from gui.widgets.tooltip_picture import TooltipPicture

_RADIUS: Final = tokens.fine_length("line_stack.radius")
_ROW_LINES: Final = 2.0
"""Height of a row, in lines of text."""
_TICKS: Final = 5
_LONGEST_NUMBER: Final = " = \N{MINUS SIGN}0.0000\N{MULTIPLICATION SIGN}10⁻¹⁰"
_SHORTEST_AXIS: Final = tokens.fine_length("line_stack.shortest_axis")
_NUMBERS_FROM: Final = float(tokens.space("page"))
"""From the right end of an axis."""

_KEYS: Final = {
    Qt.Key.Key_Left: -1.0,
    Qt.Key.Key_Right: 1.0,
    Qt.Key.Key_PageDown: -10.0,
    Qt.Key.Key_PageUp: 10.0,
}
_ROWS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_RELEASES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete)


class LineStack(TooltipPicture):
    """Only paints; its owner computes.

    Signals:
        dragged: index of the line, its new value, and whether the button was released.
        stepped: index of a line, and by how many small steps to move it.
        released: index of the line of a held activation that is to be released.
    """

    marks_focus: ClassVar[bool] = True

    dragged = Signal(int, float, bool)
    stepped = Signal(int, float)
    released = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[NumberLine, ...] = ()
        self._widths: tuple[object, tuple[float, float]] = None, (0.0, 0.0)
        self._hovered: int | None = None
        self._dragging: int | None = None
        self._at = 0
        self.setFont(theme.figures_font(self.font()))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        guard_wheel(self)
        self.setAccessibleName(tr("Number lines"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @property
    def lines(self) -> tuple[NumberLine, ...]:
        return self._lines

    @property
    def is_dragging(self) -> bool:
        return self._dragging is not None

    def show_lines(self, lines: tuple[NumberLine, ...]) -> None:
        are_others = _symbols(lines) != _symbols(self._lines)
        self._lines = lines
        if are_others:
            self._hovered = self._dragging = None
            self._at = 0
            self.updateGeometry()
        self.update()

    def described(self) -> Part:
        """The lines in words: each value, and the factor that leads to it."""
        lines = LazyParts(len(self._lines), self._described_line)
        chosen = (self._at,) if self._lines else ()
        return Part(self.accessibleName(), "", Role.List, None, lines, chosen)

    def _described_line(self, place: int) -> Part:
        line, height = self._lines[place], self._row_height()
        box = QRectF(0, place * height, self.width(), height)
        if line.kind == "layer":
            return Part(line.symbol, line.summary, Role.ListItem, box)
        texts = AND.join(_number_texts(line))
        ends = tr(
            "from {low} to {high}",
            low=significant(line.low),
            high=significant(line.high),
        )
        return Part(texts, ends, Role.ListItem, box)

    def _row_height(self) -> float:
        least = self.fontMetrics().height() * _ROW_LINES
        return max(least, min(1.6 * least, self.height() / max(1, len(self._lines))))

    def axis(self, row: int) -> tuple[float, float, float]:
        """Left end, right end and vertical position of a line."""
        metrics = QFontMetricsF(self.font())
        symbols, numbers = self._text_widths()
        left = symbols + grown(self, tokens.space("xl"))
        beside = grown(self, _NUMBERS_FROM) + grown(self, tokens.space("xs"))
        right = self.width() - numbers - beside
        y = (row + 0.5) * self._row_height() - 0.15 * metrics.height()
        return left, max(left + grown(self, _SHORTEST_AXIS), right), y

    def _text_widths(self) -> tuple[float, float]:
        """Of the widest symbol and the widest number: no digit moves the axes."""
        key = self.font().key(), tuple(map(_texts_without_digits, self._lines))
        if key != self._widths[0]:
            width = QFontMetricsF(self.font()).horizontalAdvance
            lines = [line for line in self._lines if line.kind != "layer"]
            symbols = max((width(line.symbol) for line in lines), default=0.0)
            texts = {text for line in lines for text in _texts_without_digits(line)}
            self._widths = key, (symbols, max(map(width, texts), default=0.0))
        return self._widths[1]

    def marker(self, row: int) -> QPointF:
        """Position of a line's value, limited to its ends."""
        line = self._lines[row]
        left, right, y = self.axis(row)
        share = min(1.0, max(0.0, line.share(line.value)))
        return QPointF(left + share * (right - left), y)

    def value_at(self, row: int, x: float) -> float:
        """The value at a position of a line."""
        line = self._lines[row]
        left, right, _ = self.axis(row)
        share = min(1.0, max(0.0, (x - left) / (right - left)))
        return line.low + share * (line.high - line.low)

    def _row_at(self, point: QPointF) -> int | None:
        row = int(point.y() // self._row_height())
        return row if 0 <= row < len(self._lines) else None

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            dark = theme.is_dark(self.palette())
            ink = theme.colour(theme.colours(dark=dark).ink1)
            faint = theme.colour(theme.colours(dark=dark).ink3)
            self._paint_joints(painter, faint)
            for row, line in enumerate(self._lines):
                if line.kind == "layer":
                    self._paint_layer(painter, row, ink, faint)
                else:
                    self._paint_line(painter, row, ink, faint)

    def _paint_joints(self, painter: QPainter, faint: QColor) -> None:
        previous: QPointF | None = None
        for row, line in enumerate(self._lines):
            if line.kind == "layer":
                continue
            place = self.marker(row)
            if line.kind == "parameter" and row > 0:
                continue
            if previous is not None:
                pen = QPen(
                    theme.colour(theme.colours_of(self).ink3),
                    grown(self, tokens.stroke("light")),
                )
                if not line.on_path:
                    pen = QPen(faint, 1, Qt.PenStyle.DotLine)
                painter.setPen(pen)
                painter.drawLine(previous, place)
            previous = place

    def _paint_layer(
        self, painter: QPainter, row: int, ink: QColor, faint: QColor
    ) -> None:
        line, height = self._lines[row], self._row_height()
        left, _, _ = self.axis(row)
        metrics = QFontMetricsF(self.font())
        text = f"{line.symbol}: {line.summary}"
        room = self.width() - left - grown(self, tokens.space("xs"))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        box = QRectF(
            left - grown(self, tokens.space("xs")),
            row * height + (height - metrics.height()) / 2,
            metrics.horizontalAdvance(shown) + grown(self, tokens.space("s")),
            metrics.height(),
        )
        # The connection is painted behind: a line through text makes it unreadable.
        fill_ground(painter, box, self.palette().window())
        painter.setPen(faint)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
        del ink

    def _paint_line(
        self, painter: QPainter, row: int, ink: QColor, faint: QColor
    ) -> None:
        line = self._lines[row]
        left, right, y = self.axis(row)
        metrics = QFontMetricsF(self.font())
        painter.setPen(ink)
        symbol = QRectF(
            grown(self, tokens.space("xs")),
            y - metrics.height() / 2,
            left - grown(self, tokens.space("m")),
            metrics.height(),
        )
        painter.drawText(symbol, Qt.AlignmentFlag.AlignVCenter, line.symbol)
        painter.setPen(QPen(faint, 1))
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        self._paint_ticks(painter, line, left, right, y)
        self._paint_numbers(painter, line, right, y, ink, faint)
        self._paint_marker(painter, row, left, right, y)

    def _paint_ticks(
        self, painter: QPainter, line: NumberLine, left: float, right: float, y: float
    ) -> None:
        metrics = QFontMetricsF(self.font())
        for tick, x in self.ticks(line, left, right):
            painter.drawLine(
                QPointF(x, y - grown(self, tokens.space("thin"))),
                QPointF(x, y + grown(self, tokens.space("thin"))),
            )
            width = metrics.horizontalAdvance(tick.label)
            place = QPointF(
                x - width / 2, y + grown(self, tokens.space("xs")) + metrics.ascent()
            )
            painter.drawText(place, tick.label)

    def ticks(
        self, line: NumberLine, left: float, right: float
    ) -> list[tuple[Tick, float]]:
        """The ticks of a line between two places, and where they stand."""
        width_of = QFontMetricsF(self.font()).horizontalAdvance
        room = right - left
        ticks = ticks_that_fit(line.low, line.high, room, width_of, most=_TICKS)
        placed = [(tick, left + line.share(tick.place) * room) for tick in ticks]
        # Left of the axis stands its symbol, which an index makes as low as a label.
        first = left - grown(self, tokens.space("l"))
        return [(t, x) for t, x in placed if x - width_of(t.label) / 2 >= first]

    def _paint_numbers(
        self,
        painter: QPainter,
        line: NumberLine,
        right: float,
        y: float,
        ink: QColor,
        faint: QColor,
    ) -> None:
        metrics = QFontMetricsF(self.font())
        x = right + grown(self, _NUMBERS_FROM)
        room = self.width() - x
        for k, (text, colour) in enumerate(
            zip(_number_texts(line), (ink, faint), strict=False)
        ):
            painter.setPen(colour)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(QPointF(x, y + k * metrics.height() - 1), shown)

    def _paint_marker(
        self, painter: QPainter, row: int, left: float, right: float, y: float
    ) -> None:
        line, place = self._lines[row], self.marker(row)
        start = left + min(1.0, max(0.0, line.share(line.start))) * (right - left)
        if abs(start - place.x()) > 0.5:
            painter.setPen(
                QPen(
                    theme.colour(theme.colours_of(self).selection),
                    grown(self, tokens.stroke("bold")),
                )
            )
            painter.drawLine(QPointF(start, y), place)
            painter.drawLine(
                QPointF(start, y - grown(self, tokens.space("close"))),
                QPointF(start, y + grown(self, tokens.space("close"))),
            )
        # The colours of signs say signs alone: a value here may be of either.
        colours = theme.colours_of(self)
        rgb = colours.ink1 if line.is_draggable else colours.ink2
        if row == 0 or line.is_held:
            rgb = colours.selection
        radius, more = grown(self, _RADIUS), grown(self, tokens.space("hair"))
        if not line.is_draggable:
            radius -= more
        if row in (self._hovered, self._dragging) and line.is_draggable:
            radius += more
        if row == self._at and self.hasFocus():
            painter.setPen(focus_pen(self))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(
                place,
                radius + grown(self, tokens.dot("mark")),
                radius + grown(self, tokens.dot("mark")),
            )
        painter.setPen(
            QPen(self.palette().window().color(), grown(self, tokens.stroke("light")))
        )
        painter.setBrush(theme.colour(rgb))
        painter.drawEllipse(place, radius, radius)

    def tip_at(self, point: QPointF) -> str:
        row = self._row_at(point)
        if row is None:
            return ""
        line = self._lines[row]
        if line.kind == "layer":
            return line.summary
        text = f"{line.symbol} = {full(line.value)}: {line.name}"
        text += f" ({line.factor})" if line.factor and not line.is_held else ""
        if line.is_held:
            return tr("{text}. Held; double-click to release it.", text=text)
        if line.unit is not None:
            return tr("{text}. Drag it to hold it at another value.", text=text)
        return text

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row is None or not self._is_on_axis(row, event.position().x()):
            super().mousePressEvent(event)  # the panel's, which gives the keys back
        elif event.button() == Qt.MouseButton.LeftButton:
            self._dragging = row
            self._drag(event, done=False)

    def _is_on_axis(self, row: int, x: float) -> bool:
        """Whether a value can be dragged from there."""
        left, right, _ = self.axis(row)
        reach = grown(self, tokens.space("row"))
        return self._lines[row].is_draggable and left - reach <= x <= right + reach

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging is not None:
            self._drag(event, done=False)
            return
        row = self._row_at(event.position())
        if row != self._hovered:
            self._hovered = row
            draggable = row is not None and self._lines[row].is_draggable
            self.setCursor(
                Qt.CursorShape.SizeHorCursor
                if draggable
                else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragging is not None:
            self._drag(event, done=True)
            self._dragging = None
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position())
        if row is not None and self._lines[row].is_held:
            self.released.emit(row)

    def _drag(self, event: QMouseEvent, *, done: bool) -> None:
        row = self._dragging
        if row is not None and row < len(self._lines):
            self.dragged.emit(row, self.value_at(row, event.position().x()), done)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key moves a value; see gui.widgets.focus.key_policy."""
        key = Qt.Key(event.key())
        return is_plain(event) and (key in _KEYS or key in _ROWS or key in _RELEASES)

    def wheelEvent(self, event: QWheelEvent) -> None:
        row = self._row_at(event.position())
        if row is None or not self._lines[row].is_draggable:
            event.ignore()
            return
        self.stepped.emit(row, event.angleDelta().y() / 120)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self._lines or not self.keeps_key(event):
            super().keyPressEvent(event)
        elif key in _ROWS:
            self._go_to_line(_ROWS[key])
        elif key in _KEYS:
            self.stepped.emit(self._at, _KEYS[key])
        elif self._lines[self._at].is_held:
            self.released.emit(self._at)

    def _go_to_line(self, direction: int) -> None:
        """To the next line whose value can be moved."""
        rows = [k for k, line in enumerate(self._lines) if line.is_draggable]
        ahead = [k for k in rows if (k - self._at) * direction > 0]
        if ahead:
            self._at = min(ahead, key=lambda k: abs(k - self._at))
            self.update()
            tell_current(self)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tokens.length("line_stack.width"), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        rows = max(4, len(self._lines))
        return QSize(
            tokens.length("line_stack.least_width"),
            int(rows * self.fontMetrics().height() * _ROW_LINES)
            + grown(self, tokens.space("xs")),
        )


def _symbols(lines: tuple[NumberLine, ...]) -> list[str]:
    return [line.symbol for line in lines]


def _number_texts(line: NumberLine) -> tuple[str, ...]:
    """Right of a line: its value, and below it the factor."""
    value = f"{line.symbol} = {significant(line.value)}"
    return (value, line.factor) if line.factor else (value,)


def _texts_without_digits(line: NumberLine) -> tuple[str, ...]:
    """The same with the longest number that may stand there."""
    symbols = (text.partition(" = ") for text in _number_texts(line))
    return tuple(a + (_LONGEST_NUMBER if sign else "") for a, sign, _ in symbols)
