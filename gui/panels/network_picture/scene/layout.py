"""Layout of the network picture: columns, image, bars, gaps.

A pure function of the network, the data and the size. Zoom and pan scale the stage;
text keeps its size, so a zoomed picture has space for more of it.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from core.values.network_spec import NetworkSpec

SMALLEST_PITCH: Final = 1.2
"""Logical pixels between two rows of units; closer units share a row.

Lines are a little thicker; with more units in a row there would be holes."""
SMALLEST_CIRCLE_PITCH: Final = 7.0
LARGEST_RADIUS: Final = 17.0
LARGEST_MAP: Final = 30.0
"""Half the side of a unit that shows its response over the plane."""
SMALLEST_MAP: Final = 9.0

COMFORTABLE_GAP: Final = 75.0
TALL: Final = 420.0
"""Height from which the scales have a second line."""

Style = Literal["circles", "cells", "maps"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in logical pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def contains(self, x: float, y: float) -> bool:
        return self.x <= x < self.right and self.y <= y < self.bottom


@dataclass(frozen=True, slots=True)
class LayerColumn:
    """One layer's units, top to bottom.

    Attributes:
        layer: 0 is the input.
        count: units of the layer.
        to_a_row: units that share a row, 1 when every unit has its own.
        x: middle of the column.
        first_y: middle of the first row.
        pitch: distance of two rows.
        radius: half the width of a unit.
        style: circles, cells of a strip where circles have no room, or squares with
            the unit's response over the plane.
    """

    layer: int
    count: int
    to_a_row: int
    x: float
    first_y: float
    pitch: float
    radius: float
    style: Style

    @property
    def rows(self) -> int:
        return -(-self.count // self.to_a_row)

    @property
    def left(self) -> float:
        """Where edges arrive."""
        return self.x - self.radius

    @property
    def right(self) -> float:
        """Where edges leave."""
        return self.x + self.radius

    @property
    def top(self) -> float:
        return self.first_y - self.pitch / 2

    @property
    def bottom(self) -> float:
        return self.first_y + (self.rows - 0.5) * self.pitch

    @property
    def row_positions(self) -> npt.NDArray[np.float64]:
        return self.first_y + self.pitch * np.arange(self.rows, dtype=np.float64)

    def y_of(self, unit: int) -> float:
        return self.first_y + (unit // self.to_a_row) * self.pitch

    def row_of(self, unit: int) -> int:
        return unit // self.to_a_row

    def units_of(self, row: int) -> range:
        """The units that share a row."""
        first = row * self.to_a_row
        return range(first, min(first + self.to_a_row, self.count))


@dataclass(frozen=True, slots=True)
class Zoom:
    """The stage scaled by `factor`, then moved by (dx, dy)."""

    factor: float = 1.0
    dx: float = 0.0
    dy: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole picture in logical pixels of the widget.

    Attributes:
        stage: what zoom moves; headers are above it, scales below.
        image: the shown example, or None when it is no image.
        image_rows: rows of pixels in it.
        bars: names and bars of the outputs.
    """

    width: float
    height: float
    stage: Box
    columns: tuple[LayerColumn, ...]
    image: Box | None
    image_rows: int
    bars: Box
    zoom: Zoom

    def gap(self, layer: int) -> tuple[LayerColumn, LayerColumn]:
        """The columns before and after the weights of computed layer `layer`."""
        return self.columns[layer - 1], self.columns[layer]


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes of text in logical pixels.

    Attributes:
        line: height of a line of text.
        name: width of the longest class name.
        figure: width of an output in figures, with the mark and the room around it.
        input_name: width of the longest name of an input that is drawn as a circle.
    """

    line: float
    name: float
    figure: float
    input_name: float


def lay_out(
    spec: NetworkSpec,
    image_shape: tuple[int, int] | None,
    size: tuple[float, float],
    measures: Measures,
    zoom: Zoom = Zoom(),
    *,
    maps: bool = False,
) -> Layout:
    """Place everything.

    Args:
        spec: the network.
        image_shape: rows and columns of an example that is an image.
        size: width and height of the widget.
        measures: what type needs.
        zoom: the zoom of the stage.
        maps: draw units as squares where they are large enough.
    """
    width, height = size
    margin = 10.0 if width < 640 else 18.0
    foot_lines = 2 if height >= TALL else 1
    head, foot = 2 * measures.line + 8, foot_lines * measures.line + 24
    stage = Box(margin, head, width - 2 * margin, max(height - head - foot, 40.0))
    image = _image_box(stage, image_shape, spec.n_layers)
    left = stage.x + measures.input_name + 6
    if image is not None:
        left = image.right + min(max(0.045 * width, 12.0), 60.0)
    bars = _bars_box(stage, left, spec.n_layers, measures)
    sizes = spec.layer_sizes
    largest = LARGEST_RADIUS
    if maps:
        # At least a third of the width is for the edges.
        largest = min(LARGEST_MAP, 0.31 * (bars.x - left) / len(sizes))
    radii = [_radius(stage.height / n, largest) for n in sizes]
    if image is not None:
        radii[0] = 4.0
    xs = _column_places(left, bars.x - 12, radii, sizes)
    is_image = image is not None
    columns = tuple(
        _column(
            (k, sizes[k]), (xs[k], radii[k]), stage, zoom, strip=k == 0 and is_image
        )
        if not maps
        else _with_maps(_column((k, sizes[k]), (xs[k], radii[k]), stage, zoom))
        for k in range(len(sizes))
    )
    if image is not None:
        image = _zoomed(image, zoom)
    rows = image_shape[0] if image_shape is not None else 0
    bars = _zoomed(bars, zoom)
    return Layout(width, height, stage, columns, image, rows, bars, zoom)


def _bars_box(stage: Box, left: float, n_gaps: int, measures: Measures) -> Box:
    """Names and figures get the width they need; bars get what the gaps can spare."""
    type_width = min(measures.name, 0.2 * stage.width) + measures.figure
    spare = stage.right - left - type_width - n_gaps * COMFORTABLE_GAP
    bar = min(max(spare, 0.0), 0.13 * stage.width, 170.0)
    width = type_width + (bar if bar >= 20 else 0.0)
    return Box(stage.right - width, stage.y, width, stage.height)


def _image_box(
    stage: Box, image_shape: tuple[int, int] | None, n_layers: int
) -> Box | None:
    if image_shape is None:
        return None
    rows, columns = image_shape
    share = 0.19 if n_layers <= 4 else 0.16
    room = max(min(stage.width * share, stage.height * 0.62), 28.0)
    cell = room / max(rows, columns)
    cell = float(int(cell)) if cell >= 2 else cell
    width, height = cell * columns, cell * rows
    return Box(stage.x, stage.y + (stage.height - height) / 2, width, height)


def _with_maps(column: LayerColumn) -> LayerColumn:
    large = column.style == "circles" and column.radius >= SMALLEST_MAP
    return replace(column, style="maps") if large else column


def _radius(pitch: float, largest: float) -> float:
    if pitch >= SMALLEST_CIRCLE_PITCH:
        return min(0.4 * pitch, largest)
    return 6.0


def _column_places(
    left: float, right: float, radii: list[float], sizes: tuple[int, ...]
) -> list[float]:
    """Centres of the columns; a gap with more edges gets more space."""
    weights = [
        1.0 + 0.16 * max(0.0, float(np.log10(a * b)) - 2) for a, b in pairwise(sizes)
    ]
    free = max(right - left - 2 * sum(radii), 10.0 * len(weights))
    xs = [left + radii[0]]
    for k, weight in enumerate(weights):
        step = free * weight / sum(weights)
        xs.append(xs[-1] + radii[k] + step + radii[k + 1])
    return xs


def _column(
    layer_and_count: tuple[int, int],
    x_and_radius: tuple[float, float],
    stage: Box,
    zoom: Zoom,
    *,
    strip: bool = False,
) -> LayerColumn:
    (layer, count), (x, radius) = layer_and_count, x_and_radius
    base_pitch = stage.height / count
    largest = stage.height / 2.6 if strip or count < 4 else stage.height / 6
    base_pitch = min(base_pitch, largest)
    height = base_pitch * count * zoom.factor
    to_a_row = max(1, int(np.ceil(count * SMALLEST_PITCH / height)))
    rows = -(-count // to_a_row)
    pitch = height / rows
    circles = pitch >= SMALLEST_CIRCLE_PITCH and not strip
    x, middle = _moved(x, stage.y + stage.height / 2, zoom)
    first = middle - height / 2 + pitch / 2
    half = radius * zoom.factor if not circles else _zoomed_radius(radius, pitch, zoom)
    style: Style = "circles" if circles else "cells"
    return LayerColumn(layer, count, to_a_row, x, first, pitch, half, style)


def _zoomed_radius(radius: float, pitch: float, zoom: Zoom) -> float:
    return min(max(radius * zoom.factor, 2.5), 0.4 * pitch)


def _moved(x: float, y: float, zoom: Zoom) -> tuple[float, float]:
    return x * zoom.factor + zoom.dx, y * zoom.factor + zoom.dy


def _zoomed(box: Box, zoom: Zoom) -> Box:
    x, y = _moved(box.x, box.y, zoom)
    return Box(x, y, box.width * zoom.factor, box.height * zoom.factor)
