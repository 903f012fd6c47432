"""The shown example as an image, and its pixels unrolled into a strip of ports.

The strip holds the pixels in reading order, one image row after the other. A faint
fan from each image row to its part of the strip shows which is which.
"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from gui import theme
from gui.network_picture.layout import Box, Column, Layout
from gui.network_picture.scene import Scene
from gui.network_picture.unit_painter import paint_strip
from gui.selection import Selection


def rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def paint_input(painter: QPainter, scene: Scene) -> None:
    """Image and strip; nothing for inputs that are no image."""
    image = scene.layout.image
    shape = scene.view.run.dataset.image_shape
    if image is None or shape is None:
        return
    column = scene.layout.columns[0]
    codes = scene.activation_scales[0].codes(scene.view.trace.inputs)
    grey = np.ascontiguousarray(codes.astype(np.uint8).reshape(shape))
    picture = QImage(
        grey.data, shape[1], shape[0], shape[1], QImage.Format.Format_Grayscale8
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.drawImage(rect(image), picture)
    painter.setPen(QPen(scene.faint, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect(image))
    _paint_ports(painter, scene, column, codes)
    _mark_pixel(painter, scene, image, column, shape[1])


def _paint_ports(
    painter: QPainter, scene: Scene, column: Column, codes: np.ndarray
) -> None:
    starts = np.arange(0, column.count, column.to_a_row)
    counts = np.diff(np.append(starts, column.count))
    means = np.rint(np.add.reduceat(codes, starts) / counts).astype(np.intp)
    box = QRectF(column.left, column.top, 2 * column.radius, column.bottom - column.top)
    paint_strip(painter, box, column, means, theme.grey_table())
    painter.setPen(QPen(scene.faint, 1))
    painter.drawRect(box)


class UnrollingPicture:
    """The fan from the image's rows to the strip, which no new values change."""

    def __init__(self) -> None:
        self._shown: tuple[Layout, float, bool] | None = None
        self._image = QImage()

    def paint(
        self, painter: QPainter, layout: Layout, ratio: float, *, dark: bool
    ) -> None:
        """Nothing for inputs that are no image."""
        if layout.image is None:
            return
        # Its own picture, since thirty smooth lines take a millisecond.
        left = max(layout.image.right, 0.0)
        width = min(layout.columns[0].left, layout.width) - left
        if width <= 0:
            return
        if self._shown != (layout, ratio, dark):
            self._shown = (layout, ratio, dark)
            size = QSizeF(width * ratio, layout.height * ratio).toSize()
            self._image = QImage(size, QImage.Format.Format_RGB32)
            self._image.setDevicePixelRatio(ratio)
            self._image.fill(theme.colour(theme.plane_colour(dark=dark)))
            with QPainter(self._image) as onto:
                onto.translate(-left, 0)
                _paint_unrolling(onto, layout, dark=dark)
        painter.drawImage(QPointF(left, 0), self._image)


def _paint_unrolling(painter: QPainter, layout: Layout, *, dark: bool) -> None:
    image, column, rows = layout.image, layout.columns[0], layout.image_rows
    if image is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    shade = theme.colour(theme.faint_ink_colour(dark=dark))
    shade.setAlpha(26)
    painter.setBrush(shade)
    painter.setPen(Qt.PenStyle.NoPen)
    outline = [
        QPointF(image.right, image.y),
        QPointF(column.left, column.top),
        QPointF(column.left, column.bottom),
        QPointF(image.right, image.bottom),
    ]
    painter.drawPolygon(QPolygonF(outline))
    line = QColor(shade)
    line.setAlpha(80)
    painter.setPen(QPen(line, 1))
    height = column.bottom - column.top
    for k in range(rows + 1):
        left = QPointF(image.right, image.y + image.height * k / rows)
        painter.drawLine(left, QPointF(column.left, column.top + height * k / rows))


def _mark_pixel(
    painter: QPainter, scene: Scene, image: Box, column: Column, columns: int
) -> None:
    """The pixel under the cursor, or the selected one, on both sides of the fan."""
    for chosen, colour in (
        (scene.view.selection, theme.colour(theme.SELECTED)),
        (scene.hovered, scene.ink),
    ):
        unit = input_unit(chosen)
        if unit is None:
            continue
        row, at = divmod(unit, columns)
        cell = image.width / columns
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(image.x + at * cell, image.y + row * cell, cell, cell)
        painter.drawRect(box.adjusted(-1, -1, 1, 1))
        y = column.y_of(unit)
        painter.drawLine(
            QPointF(box.right() + 1, box.center().y()), QPointF(column.left, y)
        )
        painter.drawLine(QPointF(column.left - 3, y), QPointF(column.right + 3, y))


def input_unit(selection: Selection | None) -> int | None:
    """The input that a selection means: itself, or where its weight comes from."""
    if selection is None:
        return None
    if selection.kind == "weight" and selection.layer == 1:
        return selection.source
    if selection.kind == "unit" and selection.layer == 0:
        return selection.unit
    return None
