"""Marks on units that are dead or saturated, where the network's health is known."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.values.parameter import Unit
from core.values.words import tr
from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.scene import Scene
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.number_format import count

STRIP: Final = tokens.fine_length("health_marks.strip")
SIGN_SHARE: Final = 0.45
"""Of a unit's radius, for half of its mark."""


def health_lines(view: View, unit: Unit) -> list[str]:
    """A unit's health as text; empty for a healthy one."""
    health = view.snapshot.health
    if health is None or not 0 < unit.layer <= len(health.layers):
        return []
    flag = health.layer(unit.layer).flag_of(unit.unit)
    looked_at = tr(
        "{examples} sampled training examples", examples=count(health.examples)
    )
    if flag == "dead":
        return [tr("dead: 0 for all {looked_at}", looked_at=looked_at)]
    if flag == "saturated":
        return [
            tr(
                "saturated: slope near 0 for 90 % of the {looked_at}",
                looked_at=looked_at,
            )
        ]
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
            _paint_sign(painter, scene, centre, column.radius, flag)
        else:
            colours = scene.colours
            rgb = colours.warning if flag == "dead" else colours.ink2
            height = max(1.0, column.pitch)
            left = column.left - (STRIP + 1) * scene.scale
            area = QRectF(left, y - height / 2, STRIP * scene.scale, height)
            painter.fillRect(area, theme.colour(rgb))


def _paint_sign(
    painter: QPainter, scene: Scene, centre: QPointF, radius: float, flag: str
) -> None:
    """On the unit: a dead one is empty, a saturated one full or empty."""
    arm = max(SIGN_SHARE * radius, tokens.space("hair"))
    lines = [((-arm, 0.0), (arm, 0.0))]
    if flag == "dead":
        lines = [((-arm, -arm), (arm, arm)), ((-arm, arm), (arm, -arm))]
    # On a ground of its own, since the fill may be as bright as the sign.
    for rgb, width in (
        (scene.colours.plane, tokens.fine_length("health_marks.casing")),
        (scene.colours.warning, tokens.stroke("strong")),
    ):
        pen = QPen(theme.colour(rgb), min(width * scene.scale, 0.45 * width * arm))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for begin, end in lines:
            painter.drawLine(centre + QPointF(*begin), centre + QPointF(*end))
