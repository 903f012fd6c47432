"""Units as small pictures of their response over the plane, with their biases."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.scene import Scene
from gui.session.example_point import point_of
from gui.session.plane_points import place_in
from gui.style import theme, tokens


def paint_maps(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    """Paint a square for each unit, with a mark at the shown example."""
    maps = scene.maps.of(column.layer) if scene.maps is not None else None
    point = point_of(scene.view.run.dataset, scene.view.example)
    side = 2 * column.radius
    ratio = painter.device().devicePixelRatio()
    # One to one where the picture has the size of the square.
    exact = maps is not None and maps.side == round(side * ratio)
    image = maps.image(ratio if exact else 1.0) if maps is not None else None
    for unit in range(column.count):
        x, y = column.left, column.y_of(unit) - column.radius
        if image is None or maps is None:
            painter.fillRect(QRectF(x, y, side, side), scene.plane)
        elif exact:
            corner = QPointF(round(x * ratio) / ratio, round(y * ratio) / ratio)
            painter.drawImage(corner, image, maps.place(unit))
        else:
            painter.drawImage(QRectF(x, y, side, side), image, maps.place(unit))
    _paint_frames(painter, scene, column)
    if point is not None and side >= 24:
        _paint_example(painter, scene, column, place_in(point, side))


def _paint_frames(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(QPen(scene.faint, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    side = 2 * column.radius
    top = column.radius
    painter.drawRects(
        [
            QRectF(column.left, column.y_of(unit) - top, side, side)
            for unit in range(column.count)
        ]
    )


def _paint_example(
    painter: QPainter, scene: Scene, column: LayerColumn, at: tuple[float, float]
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    x, y = column.left + at[0], at[1] - column.radius
    for rgb, width in (
        (scene.colours.plane, tokens.fine_length("map_painter.casing")),
        (scene.colours.selection, tokens.fine_length("map_painter.ring")),
    ):
        painter.setPen(QPen(theme.colour(rgb), width * scene.scale))
        for unit in range(column.count):
            painter.drawEllipse(
                QPointF(x, column.y_of(unit) + y),
                tokens.dot("unit") * scene.scale,
                tokens.dot("unit") * scene.scale,
            )
