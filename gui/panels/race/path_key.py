"""Which line is which optimiser, where its table has given way to the map."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from core.descriptions.optimizers import OPTIMIZERS
from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.series import SAMPLE, sample_on_map
from gui.widgets.accessible.parts import Part, Role

SEPARATOR: Final = ", "


class PathKey(QWidget):
    """A piece of each line beside its name, on as many rows as they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Ignored, policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Lines"))

    def show_optimizers(self, names: Sequence[str]) -> None:
        """Show these, by their keys in `OPTIMIZERS`."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._fit()
            self.update()

    @property
    def titles(self) -> tuple[str, ...]:
        """What it names, from left to right."""
        return tuple(OPTIMIZERS[name].title for name in self._names)

    def described(self) -> Part:
        """All the names."""
        name = self.accessibleName()
        return Part(name, SEPARATOR.join(self.titles), Role.StaticText)

    def sizeHint(self) -> QSize:
        return QSize(0, self.height())

    def _places(self) -> list[tuple[str, int, int]]:
        """Each key with the left end of its line and its row."""
        scale = scale_of(self.font())
        pad, gap = (round(tokens.space(k) * scale) for k in ("panel_pad", "l"))
        metrics = QFontMetrics(self.font())
        places, x, row = [], pad, 0
        for name, title in zip(self._names, self.titles, strict=True):
            width = self._left_of_name(scale) + metrics.horizontalAdvance(title)
            if x > pad and x + width > self.width() - pad:
                x, row = pad, row + 1
            places.append((name, x, row))
            x += width + gap
        return places

    def _left_of_name(self, scale: float) -> int:
        return round((SAMPLE.width() + tokens.space("s")) * scale)

    def _fit(self) -> None:
        rows = 1 + max((row for _, _, row in self._places()), default=0)
        self.setFixedHeight(rows * self._row_height())

    def _row_height(self) -> int:
        return QFontMetrics(self.font()).height() + grown(self, tokens.space("hair"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        scale, ratio = scale_of(self.font()), self.devicePixelRatioF()
        colours, height = theme.colours_of(self), self._row_height()
        metrics = QFontMetrics(self.font())
        with QPainter(self) as painter:
            painter.setPen(theme.colour(colours.ink2))
            for name, x, row in self._places():
                place = theme.series_of(name)
                line = sample_on_map(place, scale=scale, ratio=ratio)
                middle = (row + 0.5) * height
                top = middle - SAMPLE.height() * scale / 2
                painter.drawPixmap(QPointF(x, top), line)
                base = middle + (metrics.ascent() - metrics.descent()) / 2
                left = x + self._left_of_name(scale)
                painter.drawText(QPointF(left, base), OPTIMIZERS[name].title)
