"""A line of a plot, as thick and as smooth as the screen or the file asks for."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

_LONGEST: Final = 6_000.0
"""Way of a line, in pixels of the device, up to which it is painted without steps.

The time that this takes goes with the way, and what goes up and down at each pixel is
upright strokes, which have no steps.
"""
_MOST: Final = 1_200
"""The same in points of a line that is painted piece by piece."""
_FEW: Final = 240
"""The same where it is stroked as a whole, in a time that goes with its square, and
where it is noisy."""


class CurveLine(pg.PlotCurveItem):  # type: ignore[misc]
    """Its width is in logical pixels, while a pen of a plot counts those of the device.

    Attributes:
        width: in logical pixels at 100 % of type.
        dash: lengths of strokes and gaps in line widths; none for a whole line.
        is_noisy: whether it goes up and down at each point; with many of these it is a
            hairline, as its ink would cover the plot.
    """

    def __init__(
        self, width: float, dash: Sequence[float] = (), *, is_noisy: bool = False
    ) -> None:
        super().__init__(connect="finite", antialias=False)
        self.width = width
        self.dash = tuple(dash)
        self.is_noisy = is_noisy
        self._measured: object = None
        self._way = (0.0, 0.0)

    def style_as(self, rgb: tuple[int, ...], scale: float) -> None:
        """Take a colour and the scale of type."""
        pen: QPen = pg.mkPen(rgb, width=self.width * scale)
        if self.dash:
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(list(self.dash))
        self.setPen(pen)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None,
    ) -> None:
        x, y = self.getData()
        if x is None:
            return
        usual: QPen = self.opts["pen"]
        is_dashed = bool(usual.dashPattern())
        is_long = len(x) > (_FEW if is_dashed or self.is_noisy else _MOST)
        pen = QPen(usual)
        is_hair = self.is_noisy and is_long
        pen.setWidthF(1.0 if is_hair else usual.widthF() * self._ratio(painter))
        # Pieces cost little where a stroked path costs much, but a dash that began anew
        # at each point could not be told from a line.
        in_pieces = not is_dashed and pen.widthF() > 1.0
        self.opts["segmentedLineMode"] = "on" if in_pieces else "off"
        way = self._way_of(painter, x, y)
        self.opts["antialias"] = not is_long and way <= _LONGEST
        if in_pieces and way > 2 * pen.widthF() * len(x):
            # Square ends would be seen at each bend; short pieces need them.
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        self.opts["pen"] = pen
        try:
            super().paint(painter, option, widget)
        finally:
            self.opts["pen"] = usual

    def _way_of(self, painter: QPainter, x: np.ndarray, y: np.ndarray) -> float:
        """How long the line is, in pixels of the device, to the right and up."""
        if y is not self._measured:
            self._measured = y
            along, up = (float(np.nansum(np.abs(np.diff(c)))) for c in (x, y))
            self._way = along, up
        to_device = painter.deviceTransform()
        along, up = self._way
        return abs(to_device.m11()) * along + abs(to_device.m22()) * up

    def _ratio(self, painter: QPainter) -> float:
        """Pixels of the device for a logical one."""
        logical = self.sceneTransform().m11()
        return abs(painter.deviceTransform().m11() / logical) if logical else 1.0
