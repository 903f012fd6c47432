"""The picture under the units: every edge of every gap, drawn without Qt.

It is drawn on a thread of its own, since the first picture at a new size takes tens to
hundreds of milliseconds.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from core.network_spec import FloatArray
from gui import theme
from gui.network_picture.edge_request import DrawnEdges, EdgeRequest, GapInk, Pixels
from gui.network_picture.fan_transform import InkArray, PortRow
from gui.network_picture.gap_raster import GapPlace, GapRaster
from gui.network_picture.layout import Column
from gui.network_picture.pooling import pooled_ink
from gui.network_picture.quantity import edge_values
from gui.network_picture.side_by_side import side_by_side
from gui.network_picture.tone import paint_ink, prevalence, tone_table
from gui.selection import Selection
from gui.signed_scale import SteadyScale

DIMMED: Final = 0.12
"""Share of their usual strength that is left to edges not of the selected unit."""
DENSE_REFERENCE: Final = 3.0
"""Times the mean ink of a gap: what full colour stands for among many edges."""

LARGE_POOL: Final = 1_000_000
"""Edges from which two cores pool them faster than one."""


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
    """All gaps of one layout in one image. It is used by one thread at a time.

    Two arrays of pixels take turns, so that the last picture stays whole while the next
    one is drawn.
    """

    def __init__(self) -> None:
        self._gaps: tuple[Gap, ...] = ()
        self._built_for: EdgeRequest | None = None
        self._scope: tuple[object, ...] = ()
        self._pixels: Pixels = np.zeros((1, 1), np.uint32)
        self._spare = self._pixels

    def draw(
        self, request: EdgeRequest, superseded: Callable[[], bool]
    ) -> DrawnEdges | None:
        """The picture of a request; None when `superseded` came true meanwhile."""
        begun = time.perf_counter()
        if not self._build(request, superseded):
            return None
        self._settle_scope(request)
        view, gaps = request.view, self._gaps
        numbers = range(1, len(gaps) + 1)
        values = [edge_values(view, request.quantity, layer) for layer in numbers]
        focuses = focuses_of(request.focus, len(gaps))
        self._draw_values(values, focuses, dark=request.dark)
        if superseded():
            return None
        self._pixels, self._spare = self._spare, self._pixels
        inks = tuple(GapInk(g.reference, g.raster.exact, g.strays) for g in gaps)
        seconds = time.perf_counter() - begun
        return DrawnEdges(request, self._pixels, inks, seconds)

    def _build(self, request: EdgeRequest, superseded: Callable[[], bool]) -> bool:
        """Build what a new size, zoom or network needs; False when superseded."""
        old = self._built_for
        if request.same_place(old):
            if old is not None and request.dark != old.dark:
                self._clear(request)
            return True
        self._built_for = None
        layout, gaps = request.layout, []
        size = _size(request)
        for layer in range(1, len(layout.columns)):
            if superseded():
                return False
            gaps.append(_gap(layout.gap(layer), size, request.ratio))
        self._gaps = tuple(gaps)
        self._clear(request)
        return not superseded()

    def _clear(self, request: EdgeRequest) -> None:
        """New pixels in the plane's colour, which only the gaps will change."""
        plane = plane_pixel(dark=request.dark)
        width, height = _size(request)
        self._pixels, self._spare = (
            np.full((height, width), plane, np.uint32) for _ in range(2)
        )
        self._built_for = request

    def _settle_scope(self, request: EdgeRequest) -> None:
        """Let the next values decide alone after a change of what is shown."""
        run_id, place = request.view.run.run_id, (request.layout, request.ratio)
        scope = (run_id, request.quantity, request.focus, place)
        if scope != self._scope:
            self._scope = scope
            for gap in self._gaps:
                gap.scale.reset()

    def _draw_values(
        self,
        values: list[FloatArray | None],
        focuses: list[Focus | None],
        *,
        dark: bool,
    ) -> None:
        """Draw the values of each gap's edges, (n_out, n_in) each."""
        now = time.monotonic()
        known = []
        for gap, value, focus in zip(self._gaps, values, focuses, strict=True):
            if value is None:
                first, stop = gap.raster.place.columns
                self._spare[:, first:stop] = plane_pixel(dark=dark)
            else:
                known.append((gap, value, focus))
        side_by_side([job for gap, value, _ in known for job in _pooling(gap, value)])
        for gap, value, focus in known:
            _settle(gap, value, focus, now)
        drawn = [gap for gap, _, _ in known]
        side_by_side([job for gap in drawn for job in gap.raster.jobs(gap.ink)])
        side_by_side([partial(self._colour, gap, dark) for gap in drawn])

    def _colour(self, gap: Gap, dark: bool) -> None:
        table = tone_table(dark=dark, exponent=prevalence(gap.raster.crowd))
        first, stop = gap.raster.place.columns
        if stop > first:
            out = self._spare[:, first:stop]
            raster = gap.raster
            paint_ink(raster.ink(), gap.reference, table, out, raster.together)


def _size(request: EdgeRequest) -> tuple[int, int]:
    """Width and height in device pixels."""
    layout, ratio = request.layout, request.ratio
    return round(layout.width * ratio), round(layout.height * ratio)


def _gap(columns: tuple[Column, Column], size: tuple[int, int], ratio: float) -> Gap:
    source, target = columns
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
    return Gap(GapRaster(place), to_a_row, ink, SteadyScale())


def plane_pixel(*, dark: bool) -> np.uint32:
    """0xffRRGGBB of the plane."""
    r, g, b = theme.plane_colour(dark=dark)
    return np.uint32(0xFF000000 | r << 16 | g << 8 | b)


def focuses_of(chosen: Selection | None, n_layers: int) -> list[Focus | None]:
    """What stays bright in each gap when a unit is selected."""
    if chosen is None:
        return [None] * n_layers
    return [
        Focus(
            chosen.unit if k + 1 == chosen.layer else None,
            chosen.unit if k == chosen.layer else None,
        )
        for k in range(n_layers)
    ]


def _pooling(gap: Gap, values: FloatArray) -> list[Callable[[], None]]:
    """Pool the values of a gap's edges, in parts that may run side by side."""
    parts = 2 if values.size > LARGE_POOL else 1
    borders = [len(gap.ink) * k // parts for k in range(parts + 1)]
    per = gap.to_a_row[0]
    return [
        partial(pooled_ink, values[a * per : b * per], gap.to_a_row, gap.ink[a:b])
        for a, b in pairwise(borders)
    ]


def _settle(gap: Gap, values: FloatArray, focus: Focus | None, now: float) -> None:
    """Leave out what is no finite number, dim what has no focus, settle the scale."""
    gap.strays = 0
    if not np.isfinite(gap.ink.view(np.float32)).all():
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
