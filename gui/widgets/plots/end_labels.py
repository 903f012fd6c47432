"""Names beside the ends of a plot's curves, so that no colour has to be looked up."""

from collections.abc import Sequence
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QGraphicsSimpleTextItem

from gui.style import theme, tokens
from gui.style.contrast import name_colour
from gui.style.lengths import grown

GAP: Final = tokens.space("s")
APART: Final = tokens.length("end_labels.apart")


def pushed_apart(
    heights: Sequence[float], apart: float, top: float, bottom: float
) -> list[float]:
    """Places of labels near these heights, none closer to another than `apart`.

    Args:
        heights: in pixels from the top.
        apart: least distance of two.
        top: the first place there is.
        bottom: the last one.
    """
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    places = [0.0] * len(heights)
    last = top - apart
    for k in order:
        last = places[k] = max(heights[k], last + apart, top)
    highest = bottom
    for k in reversed(order):
        places[k] = min(places[k], highest)
        highest = places[k] - apart
    return places


class EndLabels:
    """The labels of one plot, placed in its scene."""

    def __init__(self, plot: pg.PlotWidget, box: pg.ViewBox) -> None:
        self._plot = plot
        self._box = box
        self._ends: list[tuple[str, str, QPointF]] = []
        self._reach = 0.0
        self._items: list[QGraphicsSimpleTextItem] = []

    def width(self, font: QFont) -> int:
        """Room at the right of the plot for the longest label."""
        names = ["train", *(name for name, _, _ in self._ends)]
        widest = max(map(QFontMetrics(font).horizontalAdvance, names))
        return widest + 2 * grown(self._plot, GAP)

    def show_ends(self, ends: list[tuple[str, str, QPointF]], reach: float) -> None:
        """Name the curves at their ends.

        Args:
            ends: name and token of each curve with its last point, as drawn.
            reach: where the last of all curves ends, those without a name too.
        """
        self._ends, self._reach = ends, reach
        self.place()

    def restyle(self, font: QFont) -> None:
        for item in self._items:
            item.setFont(font)
        self.place()

    def place(self) -> None:
        """Put the labels beside the ends that are in sight."""
        if not self._ends and not self._items:
            return
        box = self._box
        area: QRectF = box.sceneBoundingRect()
        places = [box.mapViewToScene(point) for _, _, point in self._ends]
        shown = [k for k, p in enumerate(places) if _is_beside(area, p)]
        self._fill(len(shown))
        if not self._items:
            return
        metrics = QFontMetrics(self._items[0].font())
        half = metrics.height() / 2
        heights = [places[k].y() for k in shown]
        scale = metrics.height() / APART
        middles = pushed_apart(
            heights, APART * max(1.0, scale), area.top(), area.bottom() - half / 2
        )
        # A curve that ends earlier than another has its name beside it, not on it.
        reach = box.mapViewToScene(QPointF(self._reach, 0)).x()
        left = max([min(reach, area.right()), *(places[k].x() for k in shown)])
        colours = theme.colours_of(self._plot)
        for item, k, middle in zip(self._items, shown, middles, strict=False):
            name, token, _ = self._ends[k]
            item.setText(name)
            rgb = name_colour(colours.named(token), colours)
            item.setBrush(theme.colour(rgb))
            item.setPos(left + grown(self._plot, GAP), middle - half)
        for k, item in enumerate(self._items):
            item.setVisible(k < len(shown))

    def _fill(self, count: int) -> None:
        while len(self._items) < count:
            item = QGraphicsSimpleTextItem()
            item.setFont(theme.figures_font(self._plot.font()))
            item.setZValue(30)
            self._plot.scene().addItem(item)
            self._items.append(item)


def _is_beside(area: QRectF, place: QPointF) -> bool:
    """Whether an end is in the picture; heights beyond it are pushed to its edge."""
    return area.left() <= place.x() <= area.right() + 1
