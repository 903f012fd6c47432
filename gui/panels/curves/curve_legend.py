"""The line above a plot: each curve's name, and its value at the mouse pointer."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.style import theme

_SWATCH: Final = 16
_GAP: Final = 6
_BETWEEN: Final = 12
_MARGIN: Final = 4


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """A curve's name and sign, and the token of its colour."""

    name: str
    colour: str
    sign: Literal["line", "points", "faint"] = "line"


class CurveLegend(QWidget):
    """Entries from left to right, on several lines where the width requires it.

    A value's place only ever grows, so that live numbers do not push their neighbours.
    """

    def __init__(
        self, entries: tuple[LegendEntry, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entries = entries
        self._values: tuple[str | None, ...] = ("",) * len(entries)
        self._widths: list[int] = [0] * len(entries)
        self._places: list[QRect] = []
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._arrange()

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
            for entry, text, place in zip(
                self._entries, self._texts(), self._places, strict=True
            ):
                if text:
                    self._paint_swatch(painter, place, entry)
                    painter.setPen(self.palette().windowText().color())
                    painter.drawText(
                        place.adjusted(_SWATCH + _GAP, 0, 0, 0), flags, text
                    )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._widths = [0] * len(self._widths)
            self._arrange()
