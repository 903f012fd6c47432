"""What is selected: a ring around a unit, a bold line for a weight."""

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.values.parameter import Parameter
from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.quantity import edge_value
from gui.panels.network_picture.scene.scene import Scene
from gui.session.selection import Selection
from gui.style import theme, tokens

RING_GAP: Final = float(tokens.space("xs"))
"""From a unit to the ring around it."""
HOVER_RING: Final = 1.5
HALO: Final = tokens.fine_length("selection_painter.halo")
LINE: Final = tokens.fine_length("selection_painter.line")


def ends(scene: Scene, weight: Parameter) -> tuple[QPointF, QPointF]:
    """Where the line of a weight begins and ends."""
    source, target = scene.layout.gap(weight.layer)
    start = QPointF(source.right, source.y_of(weight.source or 0))
    return start, QPointF(target.left, target.y_of(weight.unit))


def paint_edge(painter: QPainter, scene: Scene, weight: Parameter) -> None:
    """A weight that is selected or hovered, in its sign's colour."""
    value = edge_value(scene.view, scene.quantity, weight)
    rgb = colour_of_value(scene, value)
    start, end = ends(scene, weight)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    selected = weight == scene.view.selection
    halo = theme.colour(scene.colours.selection) if selected else scene.ink
    painter.setPen(QPen(halo, (HALO if selected else 0.75 * HALO) * scene.scale))
    painter.drawLine(start, end)
    painter.setPen(QPen(theme.colour(rgb), LINE * scene.scale))
    painter.drawLine(start, end)


def colour_of_value(scene: Scene, value: float | None) -> theme.Rgb:
    """Of its sign; a value that is 0 or not known has none."""
    if value is None or not value or np.isnan(value):
        return scene.colours.ink3
    return scene.colours.negative if value < 0 else scene.colours.positive


def paint_unit_mark(painter: QPainter, scene: Scene, chosen: Selection) -> None:
    """A ring around the selected or hovered unit, or the unit of the bias."""
    column = scene.layout.columns[chosen.layer]
    if chosen.layer == 0 and scene.layout.image is not None:
        return
    selected = chosen == scene.view.selection
    colour = theme.colour(scene.colours.selection) if selected else scene.ink
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    width = tokens.size("selection_ring") if selected else HOVER_RING
    painter.setPen(QPen(colour, width * scene.scale))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _mark(painter, column, chosen, scene.scale)


def _mark(
    painter: QPainter, column: LayerColumn, chosen: Selection, scale: float
) -> None:
    y = column.y_of(chosen.unit)
    if column.style == "circles":
        radius = column.radius + min(RING_GAP * scale, 0.5 * column.radius + 1)
        painter.drawEllipse(QPointF(column.x, y), radius, radius)
        return
    height = max(column.pitch, tokens.space("xs") * scale)
    box = QRectF(
        column.left - tokens.space("thin") * scale,
        y - height / 2,
        2 * column.radius + tokens.space("close") * scale,
        height,
    )
    painter.drawRect(box)
