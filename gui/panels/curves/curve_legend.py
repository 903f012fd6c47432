"""The line above a plot: each curve's name, and its value at the mouse pointer."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.panels.curves.metric_curves import Curve
from gui.style import theme
from gui.widgets.focus.key_policy import is_plain

_SWATCH: Final = 16
_GAP: Final = 6
_BETWEEN: Final = 12
_MARGIN: Final = 4
_FADED: Final = 0.4
_PRESS: Final = Qt.Key.Key_Space
_MOVES: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right)


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
    """

    curve_switched = Signal()

    def __init__(
        self, entries: tuple[LegendEntry, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = entries
        self._values: tuple[str | None, ...] = ("",) * len(entries)
        self._widths: list[int] = [0] * len(entries)
        self._places: list[QRect] = []
        self._at = 0
        self.off: frozenset[Curve] = frozenset()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(
            "Click a name to hide its curve or to show it again. With the keyboard: "
            "Tab leads here, the arrow keys to a name, and Space switches its curve."
        )
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._arrange()

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

    def show_values(self, *values: str | None) -> None:
        """Write one value for each entry; None leaves the entry out."""
        if values == self._values:
            return
        hidden = [value is None for value in self._values]
        self._values = values
        self.setAccessibleName(self.text)
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

    def _grow(self) -> bool:
        metrics = QFontMetrics(theme.figures_font(self.font()))
        now = [metrics.horizontalAdvance(text) for text in self._texts()]
        if all(new <= old for new, old in zip(now, self._widths, strict=True)):
            return False
        self._widths = [max(pair) for pair in zip(now, self._widths, strict=True)]
        return True

    def _arrange(self) -> None:
        self._grow()
        row = QFontMetrics(theme.figures_font(self.font())).height() + 2
        x, y = _MARGIN, 0
        self._places = []
        for value, text_width in zip(self._values, self._widths, strict=True):
            width = 0 if value is None else text_width + _SWATCH + _GAP
            if width and x > _MARGIN and x + width > self.width():
                x, y = _MARGIN, y + row
            self._places.append(QRect(x, y, width, row))
            x += width + _BETWEEN if width else 0
        if self.minimumHeight() != y + row:
            self.setMinimumHeight(y + row)
            self.updateGeometry()
        self.update()

    def _paint_swatch(
        self, painter: QPainter, place: QRect, entry: LegendEntry
    ) -> None:
        middle = place.center().y() + 0.5
        colour = theme.colour(theme.colours_of(self).named(entry.colour))
        if entry.sign == "faint":
            colour.setAlpha(110)
        if entry.sign == "points":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(QPointF(place.left() + _SWATCH / 2, middle), 3.5, 3.5)
        painter.setPen(QPen(colour, 1 if entry.sign == "points" else 2.5))
        painter.drawLine(
            QPointF(place.left(), middle), QPointF(place.left() + _SWATCH, middle)
        )

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setFont(theme.figures_font(self.font()))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            entries = zip(self._entries, self._texts(), self._places, strict=True)
            for k, (entry, text, place) in enumerate(entries):
                if text:
                    is_off = entry.curve in self.off
                    painter.setOpacity(_FADED if is_off else 1.0)
                    self._paint_swatch(painter, place, entry)
                    painter.setPen(self.palette().windowText().color())
                    room = place.adjusted(_SWATCH + _GAP, 0, 0, 0)
                    painter.drawText(room, flags, text)
                    if is_off:
                        y = place.center().y() + 1
                        end = painter.fontMetrics().horizontalAdvance(text)
                        painter.drawLine(place.left(), y, room.left() + end, y)
                    painter.setOpacity(1.0)
                    if k == self._at and self.hasFocus():
                        painter.setPen(
                            QPen(theme.colour(theme.colours_of(self).selection), 1)
                        )
                        painter.setBrush(Qt.BrushStyle.NoBrush)
                        painter.drawRect(place.adjusted(-3, 0, 2, -1))

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
        at = min(shown, key=lambda k: abs(k - self._at))
        if event.key() == _PRESS:
            self._switch(at)
            return
        step = 1 if event.key() == Qt.Key.Key_Right else -1
        self._at = shown[max(0, min(shown.index(at) + step, len(shown) - 1))]
        self.update()

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
