"""Marks on units that are dead or saturated, where the network's health is known."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.values.parameter import Unit
from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.scene import Scene
from gui.session.view_state import View
from gui.style import theme
from gui.style.number_format import count

SMALLEST_SIGN_RADIUS: Final = 4.0
STRIP: Final = 3.0


def health_lines(view: View, unit: Unit) -> list[str]:
    """A unit's health as text; empty for a healthy one."""
    health = view.snapshot.health
    if health is None or not 0 < unit.layer <= len(health.layers):
        return []
    flag = health.layer(unit.layer).flag_of(unit.unit)
    looked_at = f"{count(health.examples)} sampled training examples"
    if flag == "dead":
        return [f"dead: 0 for all {looked_at}"]
    if flag == "saturated":
        return [f"saturated: slope near 0 for 90 % of the {looked_at}"]
    return []


def paint_health_marks(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    """A cross on dead units, a flat line on saturated ones; ticks beside cells."""
    health = scene.view.snapshot.health
    if health is None or column.layer == 0 or column.layer > len(health.layers):
        return
    layer = health.layer(column.layer)
    for unit in range(column.count):
        flag = layer.flag_of(unit)
        if flag is None:
            continue
        y = column.y_of(unit)
        if column.style == "circles":
            centre = QPointF(column.x, y)
            _paint_badge(painter, scene, centre, column.radius, flag)
        else:
            rgb = scene.colours.wrong if flag == "dead" else scene.colours.warning
            height = max(1.0, column.pitch)
            area = QRectF(column.left - STRIP - 1, y - height / 2, STRIP, height)
            painter.fillRect(area, theme.colour(rgb))


def _paint_badge(
    painter: QPainter, scene: Scene, centre: QPointF, radius: float, flag: str
) -> None:
    """At the upper left, away from the start of the bias ring at the top."""
    size = min(max(0.6 * radius, 4.0), 8.0)
    at = QPointF(centre.x() - 0.75 * radius, centre.y() - 0.75 * radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(
        theme.colour(scene.colours.wrong if flag == "dead" else scene.colours.warning)
    )
    painter.drawEllipse(at, size, size)
    if size < SMALLEST_SIGN_RADIUS:
        return
    arm = 0.5 * size
    painter.setPen(QPen(scene.plane, max(1.4, 0.25 * size)))
    if flag == "dead":
        painter.drawLine(at + QPointF(-arm, -arm), at + QPointF(arm, arm))
        painter.drawLine(at + QPointF(-arm, arm), at + QPointF(arm, -arm))
    else:
        painter.drawLine(at + QPointF(-arm, 0), at + QPointF(arm, 0))
