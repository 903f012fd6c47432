"""The picture under the units: every edge of every gap, drawn without Qt.

It is drawn on a thread of its own, since the first picture at a new size takes tens to
hundreds of milliseconds.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.values.parameter import Unit
from gui.panels.network_picture.edges.edge_request import (
    DrawnEdges,
    EdgeRequest,
    LayerInk,
    Pixels,
)
from gui.panels.network_picture.edges.edge_tone import Shade, tone_name
from gui.panels.network_picture.edges.fan_transform import InkArray, PortRow
from gui.panels.network_picture.edges.layer_edges import (
    LayerEdgesGeometry,
    LayerEdgesRaster,
)
from gui.panels.network_picture.edges.parallel import run_parallel, run_serial
from gui.panels.network_picture.edges.partial_redraw import PartialRedraw
from gui.panels.network_picture.edges.pooling import pooled_ink
from gui.panels.network_picture.edges.tone_map import (
    FULL,
    paint_ink,
    sign_exponent,
    tone_table,
)
from gui.panels.network_picture.scene.layout import LayerColumn, Layout
from gui.panels.network_picture.scene.quantity import Quantity, edge_values
from gui.style import theme, tokens
from gui.style.signed_scale import FINE_STEPS, SteadyScale, largest_size, moment

DIMMED: Final = tokens.opacity("dimmed_edges")
"""Strength of edges that do not belong to the selected unit."""
HAZIEST: Final = 0.7
"""Mean optical depth of a gap above which all of its edges are drawn fainter."""

LARGE_POOL: Final = 1_000_000
"""From this many edges on, two cores pool them faster than one."""


@dataclass(frozen=True, slots=True)
class Focus:
    """The edges of one gap that stay bright; None in both dims the whole gap."""

    target: int | None = None
    source: int | None = None


@dataclass(slots=True)
class LayerEdges:
    """One gap's raster, its scale, and its last drawing.

    Attributes:
        limit: |value| of an edge that is drawn in full colour.
        gain: what its ink is multiplied by, below 1 where it would hide itself.
        non_finite: edges whose value is not finite, which are not drawn.
    """

    raster: LayerEdgesRaster
    to_a_row: tuple[int, int]
    ink: InkArray
    scale: SteadyScale
    limit: float = 1.0
    gain: float = 1.0
    non_finite: int = 0


RunJobs = Callable[[Sequence[Callable[[], None]]], None]
"""Runs jobs that are independent of each other."""


@dataclass(slots=True, eq=False)
class _Work:
    """The parts of one gap to redraw; `parts` are indices into the whole picture.

    Attributes:
        strength: of edges without focus; below 1 beside a selected edge.
        layer: that they lead to.
    """

    gap: LayerEdges
    layer: int
    values: FloatArray
    focus: Focus | None
    parts: list[int]
    quantity: Quantity
    strength: float


class EdgePicture:
    """All gaps of one layout in one image. It is used by one thread at a time.

    Two arrays of pixels take turns, so that the last picture stays whole while the next
    one is drawn. While training needs the cores only some parts of a picture are
    redrawn at a time, on one core; all of them as soon as it does not.
    """

    def __init__(self, *, has_ground: bool = True) -> None:
        """Make it.

        Args:
            has_ground: whether it is opaque, on the plane.
        """
        self._has_ground = has_ground
        self._gaps: tuple[LayerEdges, ...] = ()
        self._parts: tuple[tuple[int, int], ...] = ()
        self._turns = PartialRedraw(0)
        self._built_for: EdgeRequest | None = None
        self._scope: tuple[object, ...] = ()
        self._pixels: Pixels = np.zeros((1, 1), np.uint32)
        self._spare = self._pixels

    @property
    def gaps(self) -> tuple[LayerEdges, ...]:
        """What was drawn last, gap after gap."""
        return self._gaps

    def draw(
        self, request: EdgeRequest, superseded: Callable[[], bool]
    ) -> DrawnEdges | None:
        """The picture of a request; None when `superseded` became true meanwhile."""
        begun = time.perf_counter()
        if not self._build(request, superseded):
            return None
        parts = self._turns.all
        is_next = not self._settle_scope(request) and request.playing
        if is_next and request.cores_busy:
            parts = self._turns.choose()
            self._spare[:] = self._pixels
        self._draw_parts(request, parts)
        if superseded():
            self._scope = ()
            return None
        self._pixels, self._spare = self._spare, self._pixels
        inks = tuple(LayerInk(g.limit, g.non_finite) for g in self._gaps)
        seconds = time.perf_counter() - begun
        return DrawnEdges(request, self._pixels, inks, seconds, self._turns.steps)

    def _build(self, request: EdgeRequest, superseded: Callable[[], bool]) -> bool:
        """Build what a new size, zoom or network needs; False when superseded."""
        old = self._built_for
        if request.same_place(old):
            if old is not None and request.look != old.look:
                self._clear(request)
            return True
        self._built_for = None
        layout, gaps = request.layout, []
        size = _size(request)
        for layer in range(1, len(layout.columns)):
            if superseded():
                return False
            gaps.append(_gap(layout, layer, size, request.ratio))
        self._gaps = tuple(gaps)
        self._parts = tuple(
            (place, part)
            for place, gap in enumerate(gaps)
            for part in range(gap.raster.n_parts)
        )
        self._turns = PartialRedraw(len(self._parts))
        self._clear(request)
        return not superseded()

    def _clear(self, request: EdgeRequest) -> None:
        """New pixels in the background colour, of which only the gaps will change."""
        plane = self._ground(dark=request.dark)
        width, height = _size(request)
        self._pixels, self._spare = (
            np.full((height, width), plane, np.uint32) for _ in range(2)
        )
        self._built_for = request

    def _ground(self, *, dark: bool) -> np.uint32:
        return plane_pixel(dark=dark) if self._has_ground else np.uint32(0)

    def _settle_scope(self, request: EdgeRequest) -> bool:
        """Reset the scale after a change of what is shown.

        Returns:
            Whether there was one.
        """
        run_id, place = request.view.run.run_id, (request.layout, request.ratio)
        scope = (run_id, request.quantity, request.focus, request.look, place)
        if scope == self._scope:
            return False
        self._scope = scope
        for gap in self._gaps:
            gap.scale.reset()
        return True

    def _draw_parts(self, request: EdgeRequest, chosen: list[int]) -> None:
        """Redraw some parts of some gaps; on one core while training needs them."""
        focuses = focuses_of(request.focus, len(self._gaps))
        how, works = (request.quantity, request.strength), []
        for place, gap in enumerate(self._gaps):
            parts = [k for k in chosen if self._parts[k][0] == place]
            values = edge_values(request.view, request.quantity, place + 1)
            if values is None:
                first, stop = gap.raster.place.columns
                self._spare[:, first:stop] = self._ground(dark=request.dark)
            elif parts:
                works.append(_Work(gap, place + 1, values, focuses[place], parts, *how))
        if request.cores_busy:
            for work in works:
                begun = time.thread_time()
                self._do([work], run_serial, request)
                self._turns.note_cost(work.parts, time.thread_time() - begun)
        else:
            self._do(works, run_parallel, request)
        self._turns.note_step(chosen, request.view.snapshot.step)

    def _do(self, works: list[_Work], run: RunJobs, request: EdgeRequest) -> None:
        now = moment(playing=request.playing)
        # Handing over a small job takes longer than the job.
        small = all(work.values.size < LARGE_POOL for work in works)
        brief = run_serial if small else run
        brief([partial(_measure, work, request, now) for work in works])
        run([job for work in works for job in _pooling(work)])
        brief([partial(_settle, work) for work in works])
        run([job for work in works for job in self._raster_jobs(work)])
        run([partial(self._colour, work.gap, request.dark) for work in works])

    def _raster_jobs(self, work: _Work) -> list[Callable[[], None]]:
        numbers = [self._parts[k][1] for k in work.parts]
        return work.gap.raster.jobs(work.gap.ink, numbers)

    def _colour(self, gap: LayerEdges, dark: bool) -> None:
        exponent = sign_exponent(gap.raster.mean_overlap)
        table = tone_table(dark=dark, exponent=exponent, has_ground=self._has_ground)
        first, stop = gap.raster.place.columns
        if stop > first:
            out = self._spare[:, first:stop]
            raster = gap.raster
            full = FULL / gap.gain
            paint_ink(raster.ink(), full, table, out, raster.columns_per_sample)


def _size(request: EdgeRequest) -> tuple[int, int]:
    """Width and height in device pixels."""
    layout, ratio = request.layout, request.ratio
    return round(layout.width * ratio), round(layout.height * ratio)


def _gap(layout: Layout, layer: int, size: tuple[int, int], ratio: float) -> LayerEdges:
    source, target = layout.gap(layer)
    place = LayerEdgesGeometry(
        _ports(source, ratio),
        _ports(target, ratio),
        source.right * ratio,
        target.left * ratio,
        *size,
        ratio,
        layout.scale,
    )
    ink = np.zeros((target.rows, source.rows), np.complex64)
    to_a_row = (target.to_a_row, source.to_a_row)
    return LayerEdges(LayerEdgesRaster(place), to_a_row, ink, SteadyScale(FINE_STEPS))


def plane_pixel(*, dark: bool) -> np.uint32:
    """0xffRRGGBB of the plane."""
    r, g, b = theme.colours(dark=dark).plane
    return np.uint32(0xFF000000 | r << 16 | g << 8 | b)


def focuses_of(chosen: Unit | None, n_layers: int) -> list[Focus | None]:
    """The edges of each gap that stay bright when a unit is selected."""
    if chosen is None:
        return [None] * n_layers
    return [
        Focus(
            chosen.unit if k + 1 == chosen.layer else None,
            chosen.unit if k == chosen.layer else None,
        )
        for k in range(n_layers)
    ]


def _measure(work: _Work, request: EdgeRequest, now: float | None) -> None:
    """Update the scale of a gap, and leave out what is not finite, or not a number."""
    gap = work.gap
    gap.non_finite = 0
    shared = _shared_limit(work, request)
    largest = max(float(work.values.max()), -float(work.values.min()))
    if not np.isfinite(largest):
        work.values, gap.non_finite = _finite(work.values)
        largest = largest_size(work.values)
    gap.limit = gap.scale.update(largest, now) if shared is None else shared


def _shared_limit(work: _Work, request: EdgeRequest) -> float | None:
    """The limit that other pictures have, too; None for what only this one shows."""
    view, layer = request.view, work.layer
    limits, playing = view.run.colour_limits, view.snapshot.playing
    if work.quantity == "weights":
        weights = view.params[layer - 1][0]
        return limits.of("weights", layer, weights, playing=playing)
    gradient = view.snapshot.gradient
    if work.quantity == "nudges" and gradient is not None:
        return limits.of("nudges", layer, gradient[layer - 1][0], playing=playing)
    return None


def _shade(work: _Work) -> Shade:
    return Shade(tone_name(work.quantity, work.values.size), work.gap.limit)


def _pooling(work: _Work) -> list[Callable[[], None]]:
    """Pool the ink of a gap's edges, in parts that can run in parallel."""
    gap, values, shade = work.gap, work.values, _shade(work)
    parts = 2 if values.size > LARGE_POOL else 1
    borders = [len(gap.ink) * k // parts for k in range(parts + 1)]
    per = gap.to_a_row[0]
    return [
        partial(
            pooled_ink, values[a * per : b * per], gap.to_a_row, gap.ink[a:b], shade
        )
        for a, b in pairwise(borders)
    ]


def _settle(work: _Work) -> None:
    """Dim edges without focus, and all of them where they would hide each other."""
    gap, focus = work.gap, work.focus
    gap.gain = min(1.0, HAZIEST / max(gap.raster.mean_ink(gap.ink), 1e-30))
    if focus is None:
        gap.gain *= work.strength
        return
    gap.ink *= np.float32(DIMMED * gap.gain)
    gap.gain = 1.0
    if focus != Focus():
        gap.ink += _isolated(gap, work.values, focus)


def _ports(column: LayerColumn, ratio: float) -> PortRow:
    return PortRow(column.first_y * ratio, column.pitch * ratio, column.rows)


def _finite(values: FloatArray) -> tuple[FloatArray, int]:
    """The values with 0 in place of non-finite ones, and the count of those."""
    finite = np.isfinite(values)
    return np.where(finite, values, np.float32(0)), int((~finite).sum())


def _isolated(gap: LayerEdges, values: FloatArray, focus: Focus) -> InkArray:
    """Ink of the focused unit's edges alone, which cross no others."""
    shade = Shade("other_layers", gap.limit)
    per_target, per_source = gap.to_a_row
    alone = np.zeros_like(gap.ink)
    if focus.target is not None:
        row = values[focus.target : focus.target + 1]
        place = focus.target // per_target
        pooled_ink(row, (1, per_source), alone[place : place + 1], shade)
    if focus.source is not None:
        column = values[:, focus.source : focus.source + 1]
        place = focus.source // per_source
        pooled_ink(column, (per_target, 1), alone[:, place : place + 1], shade)
    return alone
