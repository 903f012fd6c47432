"""The line above a plot: each curve's name, and its value at the mouse pointer."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.values.words import tr
from gui.panels.curves.metric_curves import CURVE_NAMES, Curve
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.series import curve_dashes
from gui.widgets.accessible.events import tell_current
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.focus.focus_ring import focus_pen
from gui.widgets.focus.key_policy import is_plain

_SWATCH: Final = tokens.length("curve_legend.swatch")
_GAP: Final = tokens.space("close")
_BETWEEN: Final = tokens.space("m")
_FADED: Final = 0.4
LEFT_OUT: Final[tuple[frozenset[Curve], ...]] = (
    frozenset(),
    frozenset({"raw"}),
    frozenset({"raw", "before", "branches"}),
    frozenset({"raw", "before", "branches", "validation"}),
    frozenset(CURVE_NAMES),
)
"""Whose values a brief legend leaves out, the briefer the more."""
_TIGHT: Final = 0.9
"""Of a font's height, which Latin letters leave empty at both ends."""
_SWITCHING: Final = tr(
    "Click a name to hide its curve or to show it again. With the keyboard: Tab leads "
    "here, the arrow keys to a name, and Space switches its curve."
)
_PRESS: Final = Qt.Key.Key_Space
_MOVES: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right)
_DASHED: Final[Mapping[str, str]] = {
    "validation": "validation",
    "before": "before",
    "branches": "branch",
}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A curve's name and sign, and the token of its colour.

    `curve` tells it from the others of its plot.
    """

    curve: Curve
    name: str
    colour: str
    sign: Literal["line", "points", "faint"] = "line"


class CurveLegend(QWidget):
    """Entries from left to right, on several lines where the width requires it.

    A value's place only ever grows, so that live numbers do not push their neighbours.
    An entry is a switch of its curve: by a click, or by Space where Tab and the arrow
    keys have led to it.

    Signals:
        curve_switched: `off` has changed.
        room_changed: it needs more lines, or fewer, here or in another place.

    Attributes:
        index: of its plot.
        brevity: whose values are left out, by LEFT_OUT; their names stay.
    """

    marks_focus: ClassVar[bool] = True

    curve_switched = Signal()
    room_changed = Signal()

    def __init__(
        self,
        entries: tuple[LegendEntry, ...],
        parent: QWidget | None = None,
        *,
        index: int = 0,
    ) -> None:
        super().__init__(parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.index = index
        self._entries = entries
        self._values: tuple[str | None, ...] = ("",) * len(entries)
        self._widths: list[int] = [0] * len(entries)
        self.brevity = 0
        self._is_tight = False
        self._places: list[QRect] = []
        self._needs: tuple[int, tuple[int, ...]] = (0, ())
        self._at = 0
        self.off: frozenset[Curve] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.explain("")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._arrange()

    def explain(self, sentence: str) -> None:
        """Say in the tooltip what a curve is, before how curves are switched."""
        self.setToolTip(f"{sentence} {_SWITCHING}".strip())

    def rename(self, old: LegendEntry, name: str) -> None:
        """Call a curve something else."""
        entries = tuple(
            replace(entry, name=name) if entry.curve == old.curve else entry
            for entry in self._entries
        )
        if entries != self._entries:
            self._entries = entries
            self._widths = [0] * len(entries)
            self._grow()
            self._arrange()
            self.update()

    @property
    def text(self) -> str:
        """The whole text, for tests and screen readers."""
        return "  ".join(text for text in self._texts() if text)

    def names_shown(self) -> list[tuple[int, str]]:
        """The curves that are named, each with its place among all of them."""
        return [(k, self._entries[k].name) for k in self._shown()]

    def described(self) -> Part:
        """The legend in words: a switch for each curve."""
        shown = self._shown()
        entries = tuple(
            Part(
                self._entries[k].name,
                self._values[k] or "",
                Role.CheckBox,
                QRectF(self._places[k]),
                is_on=self._entries[k].curve not in self.off,
            )
            for k in shown
        )
        at = (self._nearest(shown),) if shown else ()
        name = tr("Curves: {text}", text=self.text)
        return Part(name, "", Role.List, None, entries, at)

    def _nearest(self, shown: list[int]) -> int:
        """The place among the shown ones that the keys have reached."""
        return min(range(len(shown)), key=lambda k: abs(shown[k] - self._at))

    def show_values(self, *values: str | None) -> None:
        """Write one value for each entry; None leaves the entry out."""
        if values == self._values:
            return
        hidden = [value is None for value in self._values]
        self._values = values
        if self._grow() or hidden != [value is None for value in values]:
            self._arrange()
        self.update()

    def set_off(self, off: frozenset[Curve]) -> None:
        """Show these curves as switched off, without emitting a signal."""
        if off != self.off:
            self.off = off
            self.update()

    def keeps_key(self, event: QKeyEvent) -> bool:
        """The keys that it uses where it has the focus."""
        return is_plain(event) and event.key() in (_PRESS, *_MOVES)

    def _switch(self, index: int) -> None:
        self.off ^= {self._entries[index].curve}
        self.update()
        self.curve_switched.emit()

    def _shown(self) -> list[int]:
        return [k for k, value in enumerate(self._values) if value is not None]

    def _texts(self) -> list[str]:
        return [
            "" if value is None else f"{entry.name} {value}".strip()
            for entry, value in zip(self._entries, self._values, strict=True)
        ]

    def set_pad(self, pad: int) -> None:
        """Have every line begin and end so far from the edges."""
        if pad != self.contentsMargins().left():
            self.setContentsMargins(pad, 0, pad, 0)
            self._arrange()

    def set_brevity(self, brevity: int) -> None:
        """Leave out more values, or fewer."""
        if brevity != self.brevity:
            self.brevity = brevity
            self._arrange()

    def set_tight(self, is_tight: bool) -> None:
        """Set the lines as close as letters allow: two stand in a line of a title."""
        if is_tight != self._is_tight:
            self._is_tight = is_tight
            self._arrange()

    @property
    def row(self) -> int:
        """Height of a line."""
        return self._tight_row if self._is_tight else self.loose_row

    @property
    def loose_row(self) -> int:
        """The same where the lines have all the room they want."""
        return QFontMetrics(theme.figures_font(self.font())).height() + grown(
            self, tokens.space("hair")
        )

    @property
    def _tight_row(self) -> int:
        return round(_TIGHT * QFontMetrics(theme.figures_font(self.font())).height())

    def lines_for(self, width: int, brevity: int | None = None) -> int:
        """How many lines the entries take in this width, as brief as that."""
        return 1 + max((line for line, _ in self._flow(width, brevity)), default=0)

    def _flow(self, width: int, brevity: int | None = None) -> list[tuple[int, int]]:
        """Line and left end of each entry."""
        x, line, found = 0, 0, []
        between = grown(self, _BETWEEN)
        for k, value in enumerate(self._values):
            taken = 0 if value is None else self._taken(k, brevity)
            if taken and x > 0 and x + taken > width:
                x, line = 0, line + 1
            found.append((line, x))
            x += taken + between if taken else 0
        return found

    def _taken(self, place: int, brevity: int | None = None) -> int:
        """Width of an entry with its sign."""
        entry, width = self._entries[place], self._widths[place]
        if entry.curve in LEFT_OUT[self.brevity if brevity is None else brevity]:
            width = self._text_width(entry, "")
        return width + grown(self, _SWATCH + _GAP)

    def _printed(self, place: int) -> str:
        """The value that is painted beside the name."""
        is_left_out = self._entries[place].curve in LEFT_OUT[self.brevity]
        return "" if is_left_out else self._values[place] or ""

    def _fonts(self) -> tuple[QFont, QFont]:
        """Of names and of values."""
        plain = theme.figures_font(self.font())
        return plain, theme.figures_font(self.font(), bold=True)

    def _text_width(self, entry: LegendEntry, value: str | None) -> int:
        plain, bold = map(QFontMetrics, self._fonts())
        value = value or ""
        return plain.horizontalAdvance(f"{entry.name} ") + bold.horizontalAdvance(value)

    def _grow(self) -> bool:
        pairs = zip(self._entries, self._values, strict=True)
        now = [self._text_width(*pair) for pair in pairs]
        if all(new <= old for new, old in zip(now, self._widths, strict=True)):
            return False
        self._widths = [max(pair) for pair in zip(now, self._widths, strict=True)]
        return True

    def _arrange(self) -> None:
        self._grow()
        row, room = self.row, self.contentsRect()
        self._places = []
        for k, (line, x) in enumerate(self._flow(room.width())):
            taken = 0 if self._values[k] is None else self._taken(k)
            self._places.append(QRect(room.left() + x, line * row, taken, row))
        lines = self.lines_for(room.width())
        if self.minimumHeight() != lines * row:
            self.setMinimumHeight(lines * row)
            self.updateGeometry()
        # At any width: elsewhere there may be room for more of it by now.
        needs = tuple(self._taken(k, 0) for k in self._shown())
        if (lines, needs) != self._needs:
            self._needs = lines, needs
            self.room_changed.emit()
        self.update()

    def _paint_swatch(
        self, painter: QPainter, place: QRect, entry: LegendEntry
    ) -> None:
        middle, swatch = place.center().y() + 0.5, grown(self, _SWATCH)
        colour = theme.colour(theme.colours_of(self).named(entry.colour))
        if entry.sign == "faint":
            colour.setAlphaF(tokens.opacity("raw_curve"))
        if entry.sign == "points":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(
                QPointF(place.left() + swatch / 2, middle),
                grown(self, tokens.dot("point")),
                grown(self, tokens.dot("point")),
            )
        stroke = "light" if entry.sign == "points" else "line"
        pen = QPen(colour, grown(self, tokens.stroke(stroke)))
        dash = curve_dashes(_DASHED[entry.curve]) if entry.curve in _DASHED else []
        if dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            # One whole period and the next stroke: else a long dash would fill the
            # sign, or look like a short whole line.
            length = (sum(dash) + dash[0]) * pen.widthF()
            pen.setDashPattern([part * min(1.0, swatch / length) for part in dash])
        painter.setPen(pen)
        painter.drawLine(
            QPointF(place.left(), middle), QPointF(place.left() + swatch, middle)
        )

    def _paint_text(
        self, painter: QPainter, room: QRect, entry: LegendEntry, value: str
    ) -> None:
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        colours = theme.colours_of(self)
        plain, bold = self._fonts()
        name = f"{entry.name} "
        painter.setFont(plain)
        painter.setPen(theme.colour(colours.ink2))
        painter.drawText(room, flags, name)
        painter.setFont(bold)
        painter.setPen(theme.colour(colours.ink1))
        start = QFontMetrics(plain).horizontalAdvance(name)
        painter.drawText(room.adjusted(start, 0, 0, 0), flags, value)

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            entries = zip(self._entries, self._texts(), self._places, strict=True)
            for k, (entry, text, place) in enumerate(entries):
                if text:
                    is_off = entry.curve in self.off
                    painter.setOpacity(_FADED if is_off else 1.0)
                    self._paint_swatch(painter, place, entry)
                    room = place.adjusted(grown(self, _SWATCH + _GAP), 0, 0, 0)
                    self._paint_text(painter, room, entry, self._printed(k))
                    if is_off:
                        y = place.center().y() + 1
                        end = self._text_width(entry, self._printed(k))
                        painter.drawLine(place.left(), y, room.left() + end, y)
                    painter.setOpacity(1.0)
                    if k == self._at and self.hasFocus():
                        painter.setPen(focus_pen(self))
                        painter.setBrush(Qt.BrushStyle.NoBrush)
                        painter.drawRect(
                            place.adjusted(
                                -grown(self, tokens.space("thin")),
                                0,
                                grown(self, tokens.space("hair")),
                                -1,
                            )
                        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for k in self._shown():
            if self._places[k].contains(event.position().toPoint()):
                self._at = k
                self._switch(k)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = self._shown()
        if not self.keeps_key(event) or not shown:
            super().keyPressEvent(event)
            return
        place = self._nearest(shown)
        if event.key() == _PRESS:
            self._switch(shown[place])
            tell_current(self)
            return
        step = 1 if event.key() == Qt.Key.Key_Right else -1
        self._at = shown[max(0, min(place + step, len(shown) - 1))]
        self.update()
        tell_current(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._widths = [0] * len(self._widths)
            self._arrange()
