"""What is under the cursor, found by geometry: nothing is stored per edge."""

from typing import Final

import numpy as np

from core.data.dataset import Dataset
from core.values.parameter import Parameter, Unit
from gui.panels.network_picture.edges.fan_transform import FloatVector
from gui.panels.network_picture.painters.unit_painter import (
    BIAS_STRIP,
    ring_width,
)
from gui.panels.network_picture.scene.layout import Box, LayerColumn, Layout
from gui.panels.network_picture.scene.quantity import Places, Quantity, values_at
from gui.session.selection import Selection
from gui.session.view_state import View

REACH: Final = 4.0
"""Distance in logical pixels within which an edge can be hit."""
TIE: Final = 1.5
"""Among edges within this distance of the nearest the largest one is hit."""


def selection_at(
    layout: Layout, view: View, quantity: Quantity, x: float, y: float
) -> Selection | None:
    """The pixel, unit, bias or edge at (x, y) in logical pixels, or None."""
    if layout.image is not None and view.run.dataset.image_shape is not None:
        pixel = _pixel_at(layout.image, view.run.dataset, x, y)
        if pixel is not None:
            return Unit(0, pixel)
    for column in layout.columns:
        has_biases = column.layer > 0 and view.spec.has_bias(column.layer)
        found = _unit_at(column, x, y, has_biases=has_biases)
        if found is not None:
            return found
    output = layout.columns[-1]
    if layout.bars.x <= x < layout.bars.right and output.top <= y < output.bottom:
        row = min(int((y - output.top) / output.pitch), output.rows - 1)
        return Unit(output.layer, output.units_of(row)[0])
    return _edge_at(layout, view, quantity, x, y)


def _pixel_at(image: Box, dataset: Dataset, x: float, y: float) -> int | None:
    """The input; a coloured pixel has red at its left, and blue at its right."""
    if not image.contains(x, y) or dataset.image_shape is None:
        return None
    rows, columns = dataset.image_shape
    row = min(int((y - image.y) / image.height * rows), rows - 1)
    n_cells = columns * dataset.channels
    cell = min(int((x - image.x) / image.width * n_cells), n_cells - 1)
    return dataset.input_at(row, *divmod(cell, dataset.channels))


def _unit_at(
    column: LayerColumn, x: float, y: float, *, has_biases: bool
) -> Selection | None:
    if not column.top <= y < column.bottom:
        return None
    row = min(int((y - column.top) / column.pitch), column.rows - 1)
    units = column.units_of(row)
    part = (y - column.top) / column.pitch - row
    unit = units[min(int(part * column.to_a_row), len(units) - 1)]
    dx, dy = x - column.x, y - column.y_of(unit)
    if not column.has_rings:
        in_strip = column.radius < dx <= column.radius + BIAS_STRIP + 1
        if has_biases and in_strip:
            return Parameter(column.layer, unit)
        return Unit(column.layer, unit) if abs(dx) <= column.radius + 1 else None
    distance = float(np.hypot(dx, dy))
    half_ring = ring_width(column.radius) / 2
    if has_biases and abs(distance - column.radius) <= half_ring:
        return Parameter(column.layer, unit)
    if distance <= column.radius:
        return Unit(column.layer, unit)
    below = column.radius < dy < column.pitch - column.radius
    if has_biases and below and abs(dx) < 20 and column.pitch > 40:
        return Parameter(column.layer, unit)
    return None


def _edge_at(
    layout: Layout, view: View, quantity: Quantity, x: float, y: float
) -> Selection | None:
    for layer in range(1, len(layout.columns)):
        source, target = layout.gap(layer)
        if source.right < x < target.left:
            return _edge_in_gap(layout, view, quantity, (layer, x, y))
    return None


def _edge_in_gap(
    layout: Layout, view: View, quantity: Quantity, where: tuple[int, float, float]
) -> Selection | None:
    """For each target the nearest source row; the largest of the nearest edges."""
    layer, x, y = where
    source, target = layout.gap(layer)
    t = (x - source.right) / (target.left - source.right)
    ends = target.row_positions
    wanted = (y - t * ends) / (1 - t)
    near = np.rint((wanted - source.first_y) / source.pitch)
    candidates = np.clip(near[:, None] + np.array([-1, 0, 1]), 0, source.rows - 1)
    starts = source.first_y + source.pitch * candidates
    slope = (ends[:, None] - starts) / (target.left - source.right)
    distance = np.abs((1 - t) * starts + t * ends[:, None] - y) / np.hypot(1, slope)
    nearest = float(distance.min())
    if nearest > REACH:
        return None
    rows, places = np.nonzero(distance <= nearest + TIE)
    units, sources = _sharing(
        (target, source), (rows.astype(np.intp), candidates[rows, places])
    )
    values = values_at(view, quantity, layer, units, sources)
    if values is None:
        values = view.params[layer - 1][0][units, sources]
    best = int(np.argmax(np.nan_to_num(np.abs(values))))
    return Parameter(layer, int(units[best]), int(sources[best]))


def _sharing(
    columns: tuple[LayerColumn, LayerColumn], rows: tuple[Places, FloatVector]
) -> tuple[Places, Places]:
    """All edges (unit, source) between the given pairs of rows."""
    target, source = columns
    inner_t, inner_s = np.meshgrid(
        np.arange(target.to_a_row), np.arange(source.to_a_row), indexing="ij"
    )
    first_t = rows[0][:, None] * target.to_a_row
    first_s = rows[1].astype(np.intp)[:, None] * source.to_a_row
    units = np.minimum(first_t + inner_t.ravel()[None], target.count - 1).ravel()
    sources = np.minimum(first_s + inner_s.ravel()[None], source.count - 1).ravel()
    return units, sources
