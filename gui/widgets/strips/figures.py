"""Figures with their names above them, painted: live numbers move nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.style import theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.widgets.accessible.parts import Part, Role
from gui.widgets.tooltip_picture import TooltipPicture

Tone = Literal["ink1", "ink2", "ink3", "right", "wrong"]
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it is.

    Attributes:
        name: above it.
        parts: texts with their tones, side by side.
        at_end: whether it stands at the right end.
        widest: the longest text that may stand there, whose room is kept.
    """

    name: str
    parts: tuple[tuple[str, Tone], ...]
    at_end: bool = False
    widest: str = ""

    @property
    def text(self) -> str:
        """Its parts as one text."""
        return " ".join(text for text, _ in self.parts)


def figure(name: str, text: str, *, at_end: bool = False, widest: str = "") -> Figure:
    """One in a single tone."""
    return Figure(name, ((text, "ink1"),), at_end, widest)


class Figures(TooltipPicture):
    """Those that find no room are left out whole; all of them are in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self._remark = ""
        self._widest: list[float] = []
        self._hinted = QSize()
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Fixed)

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self._figures

    def text(self) -> str:
        """All that is there to read, a line for each figure, and the remark."""
        lines = [f"{one.name}: {one.text}" for one in self._figures]
        return "\n".join([*lines, self._remark] if self._remark else lines)

    def show_figures(self, figures: Sequence[Figure], remark: str = "") -> None:
        """Show these from left to right; the remark stands in the tooltip alone."""
        figures, self._remark = tuple(figures), remark
        if figures == self._figures:
            return
        names = [one.name for one in self._figures]
        if [one.name for one in figures] != names:
            self._widest = []
        self._figures = figures
        self._measure()
        self.update()

    def described(self) -> Part:
        """Each figure with its name."""
        parts = tuple(Part(one.name, one.text) for one in self._figures)
        return Part(self.accessibleName(), "", Role.Grouping, None, parts)

    def _fonts(self) -> tuple[QFont, QFont]:
        return role_font(self.font(), "label"), role_font(self.font(), "value")

    def _measure(self) -> None:
        """Places only ever grow, so that figures do not shift their neighbours."""
        small, large = (QFontMetricsF(font) for font in self._fonts())
        gap = large.horizontalAdvance(" ")
        widths = []
        for one in self._figures:
            value = sum(large.horizontalAdvance(text) for text, _ in one.parts)
            value += gap * (len(one.parts) - 1)
            kept = large.horizontalAdvance(one.widest)
            widths.append(max(value, kept, small.horizontalAdvance(one.name)))
        if len(self._widest) != len(widths):
            self._widest = widths
        pairs = zip(widths, self._widest, strict=True)
        self._widest = [max(pair) for pair in pairs]
        if self.sizeHint() != self._hinted:
            self._hinted = self.sizeHint()
            self.updateGeometry()

    def _gap(self) -> float:
        return tokens.space("xl") * scale_of(self.font())

    def shown(self) -> tuple[Figure, ...]:
        """Those that there is room for: the question, then what stands at the end."""
        rest = range(1, len(self._figures))
        order = [
            *range(min(1, len(self._figures))),
            *sorted(rest, key=self._is_at_end, reverse=True),
        ]
        room, kept = float(self.width()), list[int]()
        for place in order:
            needed = self._widest[place] + (self._gap() if kept else 0.0)
            if needed <= room:
                room -= needed
                kept.append(place)
        return tuple(self._figures[place] for place in sorted(kept))

    def _is_at_end(self, place: int) -> bool:
        return self._figures[place].at_end

    def _paint_figure(self, painter: QPainter, one: Figure, box: QRectF) -> None:
        colours = theme.colours_of(self)
        small, large = self._fonts()
        flags = _RIGHT if one.at_end else _LEFT
        painter.setFont(small)
        painter.setPen(theme.colour(colours.ink2))
        upper = QRectF(box.x(), box.y(), box.width(), QFontMetricsF(small).height())
        painter.drawText(upper, flags, one.name)
        painter.setFont(large)
        metrics = QFontMetricsF(large)
        gap = metrics.horizontalAdvance(" ")
        widths = [metrics.horizontalAdvance(text) for text, _ in one.parts]
        x = box.x()
        if one.at_end:
            x = box.right() - sum(widths) - gap * (len(widths) - 1)
        for (text, tone), width in zip(one.parts, widths, strict=True):
            painter.setPen(theme.colour(colours.named(tone)))
            place = QRectF(x, upper.bottom(), width + 1, metrics.height())
            painter.drawText(place, _LEFT, text)
            x += width + gap

    def tip_at(self, point: QPointF) -> str:
        """All of them: those without room are read here."""
        del point
        return self.text()

    def sizeHint(self) -> QSize:
        small, large = (QFontMetricsF(font) for font in self._fonts())
        width = sum(self._widest) + self._gap() * max(0, len(self._widest) - 1)
        return QSize(round(width) + 1, round(small.height() + large.height()) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_widest"):
            self._widest = []
            self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        height = float(self.sizeHint().height())
        top = (self.height() - height) / 2
        shown = self.shown()
        widths = {
            id(one): w for one, w in zip(self._figures, self._widest, strict=True)
        }
        left, right = 0.0, float(self.width())
        with QPainter(self) as painter:
            for one in shown:
                width = widths[id(one)]
                if one.at_end:
                    box = QRectF(right - width, top, width, height)
                    right -= width + self._gap()
                else:
                    box = QRectF(left, top, width, height)
                    left += width + self._gap()
                self._paint_figure(painter, one, box)
