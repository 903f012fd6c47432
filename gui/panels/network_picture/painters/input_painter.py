"""The shown example as an image, and its pixels unrolled into a strip of ports.

The strip holds the pixels in reading order, one image row after the other. A faint
fan from each image row to its part of the strip shows which is which.
"""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from core.arrays import ByteArray, FloatArray
from core.data.dataset import Dataset
from core.values.parameter import Parameter
from gui.panels.network_picture.scene.layout import Box, LayerColumn, Layout
from gui.panels.network_picture.scene.scene import Scene
from gui.session.selection import Selection
from gui.style import theme, tokens
from gui.style.in_force import InForce, in_force
from gui.widgets.pictures.grey_image import grey_levels


def rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


class InputPicture:
    """The example's image and strip, scaled once for each example and size.

    Scaling them costs a millisecond, and no step of training changes them.
    """

    def __init__(self) -> None:
        self._inputs: FloatArray | None = None
        self._place: tuple[Layout, float, InForce] | None = None
        self._image = QImage()
        self._strip = QImage()

    def paint(self, painter: QPainter, scene: Scene, ratio: float) -> None:
        """Paint image and strip; nothing for inputs that are not an image."""
        image = scene.layout.image
        dataset = scene.view.run.dataset
        if image is None or dataset.image_shape is None:
            return
        column = scene.layout.columns[0]
        self._renew(scene, image, ratio)
        strip = _strip_box(column)
        painter.drawImage(rect(image).topLeft(), self._image)
        painter.drawImage(strip.topLeft(), self._strip)
        painter.setPen(QPen(scene.faint, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect(image))
        painter.drawRect(strip)
        _mark_pixel(painter, scene, image, column, dataset)

    def _renew(self, scene: Scene, image: Box, ratio: float) -> None:
        inputs = scene.view.trace.inputs
        place = scene.layout, ratio, in_force(dark=scene.dark)
        if inputs is self._inputs and place == self._place:
            return
        self._inputs, self._place = inputs, place
        column = scene.layout.columns[0]
        scale = scene.activation_scales[0]
        pictures = scene.view.run.dataset.pictures(inputs)
        codes, table = scale.codes(pictures.ravel()), scale.table
        box = _strip_box(column)
        starts = np.arange(0, column.count, column.to_a_row)
        counts = np.diff(np.append(starts, column.count))
        means = np.rint(np.add.reduceat(codes, starts) / counts).astype(np.intp)
        pixels = (
            grey_levels(pictures)
            if pictures.ndim > 2
            else table[codes.reshape(pictures.shape)]
        )
        self._image = _scaled(pixels, rect(image), ratio)
        self._strip = _scaled(table[means[:, None]], box, ratio)


def _strip_box(column: LayerColumn) -> QRectF:
    height = column.bottom - column.top
    return QRectF(column.left, column.top, 2 * column.radius, height)


def _scaled(pixels: ByteArray, box: QRectF, ratio: float) -> QImage:
    """(rows, columns, 3) in the size of a box; pixels stay sharp."""
    rows, columns = pixels.shape[:2]
    pixels = np.ascontiguousarray(pixels)
    small = QImage(
        pixels.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888
    )
    size = QSize(round(box.width() * ratio), round(box.height() * ratio))
    large = small.scaled(size.expandedTo(QSize(1, 1))).convertToFormat(
        QImage.Format.Format_RGB32
    )
    large.setDevicePixelRatio(ratio)
    return large


class UnrollingPicture:
    """The fan from the image's rows to the strip, which does not depend on values."""

    def __init__(self) -> None:
        self._shown: tuple[Layout, float, InForce] | None = None
        self._image = QImage()

    def paint(
        self, painter: QPainter, layout: Layout, ratio: float, *, dark: bool
    ) -> None:
        """Paint the fan; nothing for inputs that are not an image."""
        if layout.image is None:
            return
        # Cached as a picture, since thirty smooth lines take a millisecond.
        left = max(layout.image.right, 0.0)
        width = min(layout.columns[0].left, layout.width) - left
        if width <= 0:
            return
        wanted = layout, ratio, in_force(dark=dark)
        if self._shown != wanted:
            self._shown = wanted
            size = QSizeF(width * ratio, layout.height * ratio).toSize()
            self._image = QImage(size, QImage.Format.Format_RGB32)
            self._image.setDevicePixelRatio(ratio)
            self._image.fill(theme.colour(theme.colours(dark=dark).plane))
            with QPainter(self._image) as onto:
                onto.translate(-left, 0)
                paint_unrolling(onto, layout, dark=dark)
        painter.drawImage(QPointF(left, 0), self._image)


def paint_unrolling(painter: QPainter, layout: Layout, *, dark: bool) -> None:
    """The fan from the image to its strip; nothing for inputs that are not one."""
    image, column, rows = layout.image, layout.columns[0], layout.image_rows
    if image is None:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    shade = theme.colour(theme.colours(dark=dark).ink3)
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
    line.setAlpha(60)
    painter.setPen(QPen(line, 1))
    height = column.bottom - column.top
    for k in range(rows + 1):
        left = QPointF(image.right, image.y + image.height * k / rows)
        painter.drawLine(left, QPointF(column.left, column.top + height * k / rows))


def _mark_pixel(
    painter: QPainter,
    scene: Scene,
    image: Box,
    column: LayerColumn,
    dataset: Dataset,
) -> None:
    """The pixel under the cursor, or the selected one, on both sides of the fan."""
    for chosen, colour in (
        (scene.view.selection, theme.colour(scene.colours.selection)),
        (scene.hovered, scene.ink),
    ):
        unit = input_unit(chosen)
        if unit is None:
            continue
        assert dataset.image_shape is not None
        row, at, channel = dataset.pixel_of(unit)
        height = image.height / dataset.image_shape[0]
        width = image.width / dataset.image_shape[1] / dataset.channels
        at = at * dataset.channels + channel
        painter.setPen(QPen(colour, tokens.stroke("line") * scene.scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(image.x + at * width, image.y + row * height, width, height)
        painter.drawRect(box.adjusted(-1, -1, 1, 1))
        y = column.y_of(unit)
        painter.drawLine(
            QPointF(box.right() + 1, box.center().y()), QPointF(column.left, y)
        )
        painter.drawLine(
            QPointF(column.left - tokens.space("thin") * scene.scale, y),
            QPointF(column.right + tokens.space("thin") * scene.scale, y),
        )


def input_unit(selection: Selection | None) -> int | None:
    """The input of a selection: the unit itself, or the source of its weight."""
    unit = selection.origin if isinstance(selection, Parameter) else selection
    return unit.unit if unit is not None and unit.layer == 0 else None
