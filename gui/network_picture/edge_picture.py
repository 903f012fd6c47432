"""The image under the units: every edge of every gap, redrawn only when it changed."""

import time
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtGui import QImage, QPainter

from core.network_spec import FloatArray
from gui import theme
from gui.network_picture.fan_transform import InkArray, PortRow
from gui.network_picture.gap_raster import GapPlace, GapRaster
from gui.network_picture.input_painter import paint_unrolling
from gui.network_picture.layout import Column, Layout
from gui.network_picture.pooling import pooled_ink
from gui.network_picture.side_by_side import side_by_side
from gui.network_picture.tone import Pixels, paint_ink, prevalence, tone_table
from gui.signed_scale import SteadyScale

DIMMED: Final = 0.12
"""Share of their usual strength that is left to edges not of the selected unit."""
DENSE_REFERENCE: Final = 3.0
"""Times the mean ink of a gap: what full colour stands for among many edges."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The edges of one gap that stay bright; None in both dims the whole gap."""

    target: int | None = None
    source: int | None = None


@dataclass(slots=True)
class Gap:
    """One gap's raster, its scale, and what was drawn last.

    Attributes:
        reference: sum of |value| over a pixel that is drawn in full colour.
        strays: edges whose value is no finite number, which are not drawn.
    """

    raster: GapRaster
    to_a_row: tuple[int, int]
    ink: InkArray
    scale: SteadyScale
    reference: float = 1.0
    largest: float = 0.0
    strays: int = 0


class EdgePicture:
    """All gaps of one layout in one image.

    Attributes:
        image: device pixels of the whole widget, plane colour where no edge is.
    """

    def __init__(self) -> None:
        self.gaps: tuple[Gap, ...] = ()
        self._layout: Layout | None = None
        self._ratio = 1.0
        self._pixels: Pixels = np.zeros((1, 1), np.uint32)
        self._ground: Pixels | None = None
        self._ground_dark = False
        self.image = QImage()

    def set_layout(self, layout: Layout, ratio: float) -> None:
        """Build what a new size, zoom or network needs."""
        if layout == self._layout and ratio == self._ratio:
            return
        self._layout, self._ratio = layout, ratio
        width, height = round(layout.width * ratio), round(layout.height * ratio)
        scales = [gap.scale for gap in self.gaps]
        n_gaps = len(layout.columns) - 1
        if len(scales) != n_gaps:
            scales = [SteadyScale() for _ in range(n_gaps)]
        for scale in scales:
            scale.reset()
        self.gaps = tuple(
            self._gap(layout.gap(k + 1), (width, height), scales[k])
            for k in range(n_gaps)
        )
        self._pixels = np.zeros((height, width), np.uint32)
        self._ground = None
        self.image = QImage(
            self._pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32
        )
        self.image.setDevicePixelRatio(ratio)

    def _gap(
        self,
        columns: tuple[Column, Column],
        size: tuple[int, int],
        scale: SteadyScale,
    ) -> Gap:
        source, target = columns
        ratio = self._ratio
        place = GapPlace(
            _ports(source, ratio),
            _ports(target, ratio),
            source.right * ratio,
            target.left * ratio,
            *size,
            ratio,
        )
        ink = np.zeros((target.rows, source.rows), np.complex64)
        to_a_row = (target.to_a_row, source.to_a_row)
        return Gap(GapRaster(place), to_a_row, ink, scale)

    def reset_scales(self) -> None:
        """Let the next values decide alone, as after a change of what is shown."""
        for gap in self.gaps:
            gap.scale.reset()

    def draw(
        self,
        values: list[FloatArray | None],
        focuses: list[Focus | None],
        *,
        dark: bool,
    ) -> None:
        """Draw the values of each gap's edges, (n_out, n_in) each."""
        self._restore_ground(dark=dark)
        now = time.monotonic()
        known = [
            (gap, value, focus)
            for gap, value, focus in zip(self.gaps, values, focuses, strict=True)
            if value is not None
        ]
        side_by_side([partial(_gather, *parts, now) for parts in known])
        drawn = [gap for gap, _, _ in known]
        side_by_side([job for gap in drawn for job in gap.raster.jobs(gap.ink)])
        side_by_side([partial(self._colour, gap, dark) for gap in drawn])

    def _restore_ground(self, *, dark: bool) -> None:
        if self._layout is None:
            return
        if self._ground is None or self._ground_dark != dark:
            self.image.fill(theme.colour(theme.plane_colour(dark=dark)))
            painter = QPainter(self.image)
            paint_unrolling(painter, self._layout, dark=dark)
            painter.end()
            self._ground, self._ground_dark = self._pixels.copy(), dark
        else:
            np.copyto(self._pixels, self._ground)

    def _colour(self, gap: Gap, dark: bool) -> None:
        table = tone_table(dark=dark, exponent=prevalence(gap.raster.crowd))
        first, stop = gap.raster.place.columns
        if stop > first:
            out = self._pixels[:, first:stop]
            paint_ink(gap.raster.ink(), gap.reference, table, out)


def _gather(gap: Gap, values: FloatArray, focus: Focus | None, now: float) -> None:
    """Pool the values of a gap's edges and settle its scale."""
    values, gap.strays = _finite(values)
    pooled_ink(values, gap.to_a_row, gap.ink)
    wanted = _reference(gap, gap.ink)
    if focus == Focus():
        gap.ink *= np.float32(DIMMED)
    elif focus is not None:
        alone = _isolated(gap, values, focus)
        own = _reference(gap, alone)
        gap.ink *= np.float32(DIMMED * min(own / max(wanted, 1e-30), 1))
        gap.ink += alone
        wanted = own
    gap.reference = gap.scale.update(wanted, now)


def _ports(column: Column, ratio: float) -> PortRow:
    return PortRow(column.first_y * ratio, column.pitch * ratio, column.rows)


def _finite(values: FloatArray) -> tuple[FloatArray, int]:
    """The values with 0 for those that are no finite numbers, and their count."""
    if np.isfinite(np.dot(values.ravel(), values.ravel())):
        return values, 0
    finite = np.isfinite(values)
    return np.where(finite, values, np.float32(0)), int((~finite).sum())


def _reference(gap: Gap, ink: InkArray) -> float:
    gap.largest = float((ink.real + ink.imag).max())
    return max(gap.raster.mean_ink(ink) * DENSE_REFERENCE, gap.largest)


def _isolated(gap: Gap, values: FloatArray, focus: Focus) -> InkArray:
    """Ink of the focused unit's edges alone."""
    per_target, per_source = gap.to_a_row
    alone = np.zeros_like(gap.ink)
    if focus.target is not None:
        row = values[focus.target : focus.target + 1]
        place = focus.target // per_target
        pooled_ink(row, (1, per_source), alone[place : place + 1])
    if focus.source is not None:
        column = values[:, focus.source : focus.source + 1]
        place = focus.source // per_source
        pooled_ink(column, (per_target, 1), alone[:, place : place + 1])
    return alone
