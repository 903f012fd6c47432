"""What is selected: a ring around a unit, a bold line for a weight with its value."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from core.values.parameter import Parameter
from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.quantity import SYMBOLS, edge_value
from gui.panels.network_picture.scene.scene import Scene
from gui.session.selection import Selection
from gui.style import number_format, theme


def ends(scene: Scene, weight: Parameter) -> tuple[QPointF, QPointF]:
    """Where the line of a weight begins and ends."""
    source, target = scene.layout.gap(weight.layer)
    start = QPointF(source.right, source.y_of(weight.source or 0))
    return start, QPointF(target.left, target.y_of(weight.unit))


def paint_edge(painter: QPainter, scene: Scene, weight: Parameter) -> None:
    """A weight that is selected or hovered, in its sign's colour."""
    value = edge_value(scene.view, scene.quantity, weight)
    rgb = (
        scene.colours.negative
        if value is not None and value < 0
        else scene.colours.positive
    )
    start, end = ends(scene, weight)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    selected = weight == scene.view.selection
    halo = theme.colour(scene.colours.selection) if selected else scene.ink
    painter.setPen(QPen(halo, 6.0 if selected else 4.5))
    painter.drawLine(start, end)
    painter.setPen(QPen(theme.colour(rgb), 3.0 if selected else 2.5))
    painter.drawLine(start, end)


def paint_edge_value(painter: QPainter, scene: Scene, weight: Parameter) -> None:
    """The selected weight's value on its line."""
    value = edge_value(scene.view, scene.quantity, weight)
    if value is None:
        return
    start, end = ends(scene, weight)
    font = theme.figures_font(scene.font, scale=1.15, bold=True)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    number = number_format.plain(value)
    text = f"{SYMBOLS[scene.quantity]} = {number}"
    width, height = metrics.horizontalAdvance(text) + 14, metrics.height() + 4
    middle = (start + end) / 2
    x = min(max(middle.x() - width / 2, 2.0), scene.layout.width - width - 2)
    y = middle.y() - height / 2
    columns = scene.layout.columns[weight.layer - 1 : weight.layer + 1]
    if width > abs(end.x() - start.x()) and all(c.rows == 1 for c in columns):
        # Above the line nothing else is painted, and both units stay readable.
        y -= max(column.radius for column in columns) + height / 2 + 4
    box = QRectF(x, y, width, height)
    painter.setPen(QPen(theme.colour(scene.colours.selection), 1.5))
    painter.setBrush(scene.plane)
    painter.drawRoundedRect(box, 5, 5)
    painter.setPen(scene.ink)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def paint_unit_mark(painter: QPainter, scene: Scene, chosen: Selection) -> None:
    """A ring around the selected or hovered unit, or the unit of the bias."""
    column = scene.layout.columns[chosen.layer]
    if chosen.layer == 0 and scene.layout.image is not None:
        return
    selected = chosen == scene.view.selection
    colour = theme.colour(scene.colours.selection) if selected else scene.ink
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(QPen(colour, 2.5 if selected else 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _mark(painter, column, chosen)


def _mark(painter: QPainter, column: LayerColumn, chosen: Selection) -> None:
    y = column.y_of(chosen.unit)
    if column.style == "circles":
        radius = column.radius + min(4.0, 0.5 * column.radius + 1)
        painter.drawEllipse(QPointF(column.x, y), radius, radius)
        return
    height = max(column.pitch, 4.0)
    box = QRectF(column.left - 3, y - height / 2, 2 * column.radius + 6, height)
    painter.drawRect(box)
