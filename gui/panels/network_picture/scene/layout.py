"""Layout of the network picture: columns, image, bars, gaps.

A pure function of the network, the data and the size. Zoom and pan scale the stage;
text keeps its size, so a zoomed picture has space for more of it.
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from core.values.network_spec import NetworkSpec
from gui.style import tokens

SMALLEST_PITCH: Final = tokens.fine_length("layout.smallest_pitch")
"""Logical pixels between two rows of units; closer units share a row.

Lines are a little thicker; with more units in a row there would be holes."""
SMALLEST_CIRCLE_PITCH: Final = tokens.fine_length("layout.smallest_circle_pitch")
SMALLEST_RING_RADIUS: Final = tokens.fine_length("layout.smallest_ring_radius")

PAD_LEFT: Final = float(tokens.space("page"))
PAD_RIGHT: Final = float(tokens.space("l"))
TOP: Final = tokens.fine_length("layout.top")
"""Height of the two lines that name a layer."""
BOTTOM: Final = tokens.fine_length("layout.bottom")
"""Height of the key and of the scales."""
LEAST_ROOM: Final = tokens.fine_length("layout.least_room")
LEAST_IMAGE: Final = tokens.fine_length("layout.least_image")
"""Side of an image, however low the window is."""
WIDE: Final = tokens.fine_length("layout.wide")
"""Width from which image and percentages are larger."""
IMAGE_SHARE: Final = 0.20
WIDE_IMAGE_SHARE: Final = 0.225
DEEP_IMAGE_SHARE: Final = 0.16
"""Of the width, where there are many layers."""
IMAGE_HEIGHT_SHARE: Final = 0.72
FAN: Final = tokens.fine_length("layout.fan")
"""From the image to the column of its pixels."""
STRIP_RADIUS: Final = tokens.fine_length("layout.strip_radius")
FIRST_GAP: Final = 1.12
"""Width of the gap after an image, as a multiple of the other ones."""
UNIT_SHARE: Final = 0.41
"""Radius of a unit as a share of the pitch."""
OUTPUT_SHARE: Final = 0.36
LARGEST_RADIUS: Final = tokens.fine_length("layout.largest_radius")
LARGEST_OUTPUT: Final = tokens.fine_length("layout.largest_output")
LARGEST_MAP: Final = tokens.fine_length("layout.largest_map")
"""Half the side of a unit that shows its response over the plane."""
SMALLEST_MAP: Final = tokens.fine_length("layout.smallest_map")
LARGE_HEIGHT: Final = tokens.fine_length("layout.large_height")
"""Height of the columns from which the largest units grow with the room."""

COMFORTABLE_GAP: Final = tokens.fine_length("layout.comfortable_gap")
BAR_SHARE: Final = 0.09
"""Of the width, for the bar of an output."""
SMALLEST_BAR: Final = float(tokens.space("xl"))
OUTPUT_GAP: Final = float(tokens.space("s"))
"""From the outputs to what is written beside them."""

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
    def has_rings(self) -> bool:
        """Whether a bias is an arc around its unit."""
        return self.style == "circles" and self.radius >= SMALLEST_RING_RADIUS

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
        scale: of all lengths; 1 is 100 %.
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
    scale: float = 1.0

    @property
    def is_wide(self) -> bool:
        return self.width > WIDE * self.scale

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
        scale: of all lengths; 1 is 100 %.
    """

    line: float
    name: float
    figure: float
    input_name: float
    scale: float = 1.0


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
    scale = measures.scale
    pads = (PAD_LEFT + PAD_RIGHT) * scale
    room = max(height - (TOP + BOTTOM) * scale, LEAST_ROOM * scale)
    stage = Box(PAD_LEFT * scale, TOP * scale, width - pads, room)
    image = _image_box(width, stage, image_shape, spec.n_layers, scale)
    left = stage.x
    if measures.input_name:
        left += measures.input_name + tokens.space("s") * scale
    if image is not None:
        left = image.right + FAN * scale
    bars = _bars_box(stage, left, spec.n_layers, measures)
    end = bars.x - OUTPUT_GAP * scale
    sizes = spec.layer_sizes
    if maps:
        radii = _map_radii(stage, (end - left) / len(sizes), sizes, scale)
    else:
        radii = _radii(stage, sizes, scale)
    if image is not None:
        radii[0] = STRIP_RADIUS * scale
    first = FIRST_GAP if image is not None else 1.0
    xs = _column_places(left, end, radii, first)
    is_image = image is not None
    columns = tuple(
        _column((k, n), (xs[k], radii[k]), stage, zoom, strip=k == 0 and is_image)
        for k, n in enumerate(sizes)
    )
    if maps:
        columns = tuple(_with_maps(column) for column in columns)
    if image is not None:
        image = _zoomed(image, zoom)
    rows = image_shape[0] if image_shape is not None else 0
    bars = _zoomed(bars, zoom)
    return Layout(width, height, stage, columns, image, rows, bars, zoom, scale)


def _bars_box(stage: Box, left: float, n_gaps: int, measures: Measures) -> Box:
    """Names and figures get the width they need; bars get what the gaps can spare."""
    type_width = min(measures.name, 0.2 * stage.width) + measures.figure
    gaps = n_gaps * COMFORTABLE_GAP * measures.scale
    spare = stage.right - left - type_width - gaps
    bar = min(max(spare, 0.0), BAR_SHARE * stage.width)
    width = type_width + (bar if bar >= SMALLEST_BAR * measures.scale else 0.0)
    return Box(stage.right - width, stage.y, width, stage.height)


def _image_box(
    width: float,
    stage: Box,
    image_shape: tuple[int, int] | None,
    n_layers: int,
    scale: float,
) -> Box | None:
    if image_shape is None:
        return None
    rows, columns = image_shape
    share = WIDE_IMAGE_SHARE if width > WIDE * scale else IMAGE_SHARE
    if n_layers > 4:
        share = DEEP_IMAGE_SHARE
    room = max(
        min(width * share, stage.height * IMAGE_HEIGHT_SHARE), LEAST_IMAGE * scale
    )
    cell = room / max(rows, columns)
    # Whole pixels of a fine screen.
    cell = int(2 * cell) / 2 if cell >= 1 else cell
    side = cell * columns
    return Box(stage.x, stage.y + (stage.height - cell * rows) / 2, side, cell * rows)


def _with_maps(column: LayerColumn) -> LayerColumn:
    large = column.style == "circles" and column.radius >= SMALLEST_MAP
    return replace(column, style="maps") if large else column


def _growth(stage: Box, scale: float) -> float:
    """How much larger than usual the largest units are in a large room."""
    return scale * max(1.0, stage.height / (LARGE_HEIGHT * scale))


def _radii(stage: Box, sizes: tuple[int, ...], scale: float) -> list[float]:
    growth = _growth(stage, scale)
    hidden = [
        _radius(stage.height / n, UNIT_SHARE, LARGEST_RADIUS * growth, scale)
        for n in sizes[:-1]
    ]
    pitch, largest = stage.height / sizes[-1], LARGEST_OUTPUT * growth
    return [*hidden, _radius(pitch, OUTPUT_SHARE, largest, scale)]


def _map_radii(
    stage: Box, each: float, sizes: tuple[int, ...], scale: float
) -> list[float]:
    # At least a third of the width is for the edges.
    largest = min(LARGEST_MAP * _growth(stage, scale), 0.31 * each)
    return [_radius(stage.height / n, UNIT_SHARE, largest, scale) for n in sizes]


def _radius(pitch: float, share: float, largest: float, scale: float) -> float:
    if pitch >= SMALLEST_CIRCLE_PITCH:
        return min(share * pitch, largest)
    return tokens.space("close") * scale


def _column_places(
    left: float, right: float, radii: list[float], first_gap: float
) -> list[float]:
    """Centres of the columns; the first gap may have more space than the others."""
    weights = [first_gap] + [1.0] * (len(radii) - 2)
    free = max(right - left - 2 * sum(radii), tokens.space("row") * len(weights))
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
    if not strip:
        # One or two units stand nearer to each other than the height would let them.
        base_pitch = min(base_pitch, stage.height / 3)
    height = base_pitch * count * zoom.factor
    to_a_row = -(-count // max(1, int(height / SMALLEST_PITCH)))
    rows = -(-count // to_a_row)
    pitch = height / rows
    circles = pitch >= SMALLEST_CIRCLE_PITCH and not strip
    x, middle = _moved(x, stage.y + stage.height / 2, zoom)
    first = middle - height / 2 + pitch / 2
    half = radius * zoom.factor if not circles else _zoomed_radius(radius, pitch, zoom)
    style: Style = "circles" if circles else "cells"
    return LayerColumn(layer, count, to_a_row, x, first, pitch, half, style)


def _zoomed_radius(radius: float, pitch: float, zoom: Zoom) -> float:
    return min(max(radius * zoom.factor, tokens.dot("small")), 0.4 * pitch)


def _moved(x: float, y: float, zoom: Zoom) -> tuple[float, float]:
    return x * zoom.factor + zoom.dx, y * zoom.factor + zoom.dy


def _zoomed(box: Box, zoom: Zoom) -> Box:
    x, y = _moved(box.x, box.y, zoom)
    return Box(x, y, box.width * zoom.factor, box.height * zoom.factor)
