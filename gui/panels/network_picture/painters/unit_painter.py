"""Units: circles filled by their activation, ringed by their bias, or cells of a strip.

The ring starts at twelve o'clock: clockwise and blue for a positive bias, the other way
and orange for a negative one; three quarters of a turn are the layer's bias scale.
"""

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen

from core.arrays import FloatArray
from gui.panels.network_picture.painters.health_marks import paint_health_marks
from gui.panels.network_picture.painters.map_painter import paint_maps
from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.scene import Scene
from gui.style import number_format, theme, tokens
from gui.style.contrast import text_on
from gui.style.fonts import role_font
from gui.style.signed_scale import code_colours, codes_of
from gui.style.tokens import of_colours

BIAS_STRIP: Final = tokens.fine_length("unit_painter.bias_strip")
MOST_FIGURES: Final = 8
"""Units of a layer up to which their activations are printed in them."""
MOST_DIGITS: Final = 5
"""Decimals of a bias' figure for which there is room below a unit."""
FULL_ARC: Final = 270
"""Degrees of an arc for the limit of a layer's bias scale."""


def paint_units(painter: QPainter, scene: Scene) -> None:
    """Paint all columns except the unrolled image."""
    for column in scene.layout.columns:
        if column.layer == 0 and scene.layout.image is not None:
            continue
        if column.style == "maps":
            paint_maps(painter, scene, column)
            _paint_around_maps(painter, scene, column)
        elif column.style == "circles":
            _paint_circles(painter, scene, column)
        else:
            _paint_cells(painter, scene, column)
        paint_health_marks(painter, scene, column)


def _paint_around_maps(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    if column.layer == 0:
        _paint_input_names(painter, scene, column)
    elif scene.has_biases(column.layer):
        _paint_bias_bars(painter, scene, column)
        before = scene.layout.columns[column.layer - 1]
        width = QFontMetricsF(scene.font).horizontalAdvance("+0.00")
        if column.x - before.x >= 2.2 * width:
            # Otherwise the figures of two columns would hide the edges between them.
            _paint_bias_figures(painter, scene, column)


def _paint_bias_bars(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    """Paint each bias as a colour to the right of its square, on the layer's scale."""
    biases = scene.biases_of(column.layer)
    codes = codes_of(biases, scene.bias_limits[column.layer - 1])
    colours = code_colours(dark=scene.dark)[codes].tolist()
    side = 2 * column.radius
    for unit, colour in enumerate(colours):
        top = column.y_of(unit) - column.radius
        bar = QRectF(column.right + 1, top, BIAS_STRIP, side + 1)
        painter.fillRect(bar, QColor.fromRgb(colour))


def ring_width(radius: float) -> float:
    least = tokens.fine_length("unit_painter.least_ring")
    widest = tokens.fine_length("unit_painter.widest_ring")
    return min(max(radius * 0.22, least), widest)


def _paint_circles(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    values = scene.view.trace.layer(column.layer)
    scale = scene.activation_scales[column.layer]
    colours = scale.colours(values)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(Qt.PenStyle.NoPen)
    # A disc on a disc: an outline takes Qt 50 % longer.
    half = 0.6 if column.radius >= 6 else 0.4
    centres = [QPointF(column.x, column.y_of(unit)) for unit in range(column.count)]
    painter.setBrush(scene.faint)
    for centre in centres:
        painter.drawEllipse(centre, column.radius + half, column.radius + half)
    for centre, colour in zip(centres, colours, strict=True):
        painter.setBrush(colour)
        painter.drawEllipse(centre, column.radius - half, column.radius - half)
    if scene.has_biases(column.layer):
        if column.has_rings:
            _paint_bias_rings(painter, scene, column)
        else:
            _paint_bias_strip(painter, scene, column)
    is_output = column is scene.layout.columns[-1]
    has_room = QFontMetricsF(scene.font).height() <= 1.2 * column.radius
    if not is_output and has_room and _has_few_units(scene):
        _paint_figures(painter, scene, column, values, colours)
    if column.layer == 0:
        _paint_input_names(painter, scene, column)
    elif scene.has_biases(column.layer):
        _paint_bias_figures(painter, scene, column)


def _has_few_units(scene: Scene) -> bool:
    """Whether numbers in the circles can be read, and are no columns of zeros."""
    layout = scene.layout
    inner = layout.columns[1 if layout.image is not None else 0 : -1]
    return all(column.count <= MOST_FIGURES for column in inner)


def _paint_input_names(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    font = role_font(scene.font, "read", strong=True)
    metrics = QFontMetricsF(font)
    if column.pitch < metrics.height():
        return
    painter.setFont(font)
    painter.setPen(scene.ink)
    for unit in range(column.count):
        name = scene.view.run.dataset.input_name(unit)
        width = metrics.horizontalAdvance(name)
        y = column.y_of(unit) - metrics.height() / 2
        x = column.left - tokens.space("s") * scene.scale - width
        box = QRectF(x, y, width + 1, metrics.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)


def _paint_bias_rings(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    biases = scene.biases_of(column.layer)
    limit = scene.bias_limits[column.layer - 1]
    width = ring_width(column.radius)
    radius = column.radius + 0.2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for unit, bias in enumerate(biases.tolist()):
        share = -bias / limit
        if not np.isfinite(share):
            continue
        rgb = scene.colours.positive if bias > 0 else scene.colours.negative
        pen = QPen(theme.colour(rgb), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        y = column.y_of(unit)
        box = QRectF(column.x - radius, y - radius, 2 * radius, 2 * radius)
        painter.drawArc(box, 90 * 16, round(min(max(share, -1.0), 1.0) * FULL_ARC * 16))


def _paint_figures(
    painter: QPainter,
    scene: Scene,
    column: LayerColumn,
    values: FloatArray,
    colours: list[QColor],
) -> None:
    painter.setFont(scene.font)
    for unit, value in enumerate(values.tolist()):
        painter.setPen(theme.colour(text_on(theme.rgb_of(colours[unit]))))
        half = 2 * column.radius
        y = column.y_of(unit)
        box = QRectF(column.x - half, y - half, 2 * half, 2 * half)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, brief(value))


def brief(value: float) -> str:
    """A number of at most four characters and a sign, for inside a circle."""
    if not np.isfinite(value):
        return "nan"
    size = abs(value)
    digits = 2 if size < 0.995 else 1 if size < 100 else 0
    text = number_format.plain(value, digits)
    return "0" if text == "0.00" else text.replace("0.", ".", 1) if size < 1 else text


def _paint_bias_figures(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    """Write the bias below each circle, where rows are far enough apart."""
    font = scene.font
    metrics = QFontMetricsF(font)
    room = column.pitch - 2 * column.radius - ring_width(column.radius)
    if room < metrics.height() + 1:
        return
    digits = _digits_of(scene.bias_limits[column.layer - 1])
    if digits > MOST_DIGITS:
        return
    painter.setFont(font)
    top = column.radius + ring_width(column.radius) / 2
    backdrop = scene.plane
    backdrop.setAlpha(170)
    around = tokens.space("close") * scene.scale
    most = tokens.space("hair") * scene.scale
    above = min((room - metrics.height()) / 2, most)
    for unit, bias in enumerate(scene.biases_of(column.layer).tolist()):
        text = number_format.signed(bias, digits)
        width = metrics.horizontalAdvance(text) + around
        y = column.y_of(unit) + top + above
        box = QRectF(column.x - width / 2, y, width, metrics.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(backdrop)
        painter.drawRoundedRect(
            box.adjusted(0, 1, 0, -1), tokens.space("thin"), tokens.space("thin")
        )
        painter.setPen(scene.ink)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _digits_of(limit: float) -> int:
    """Decimals with which a tenth of the limit is no zero; at least two."""
    return max(2, 1 - math.floor(math.log10(limit)))


def _row_means(column: LayerColumn, values: FloatArray) -> FloatArray:
    if column.to_a_row == 1:
        return values
    starts = np.arange(0, column.count, column.to_a_row)
    counts = np.diff(np.append(starts, column.count))
    means: FloatArray = (np.add.reduceat(values, starts) / counts).astype(np.float32)
    return means


def paint_strip(
    painter: QPainter,
    box: QRectF,
    column: LayerColumn,
    codes: np.ndarray,
    table: np.ndarray,
) -> None:
    """One cell a row, coloured by code out of a (256, 3) table."""
    pixels = np.ascontiguousarray(table[codes][:, None, :])
    image = QImage(pixels.tobytes(), 1, column.rows, 3, QImage.Format.Format_RGB888)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.drawImage(box, image)


def _paint_cells(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    scale = scene.activation_scales[column.layer]
    means = _row_means(column, scene.view.trace.layer(column.layer))
    box = QRectF(column.left, column.top, 2 * column.radius, column.bottom - column.top)
    paint_strip(painter, box, column, scale.codes(means), scale.table)
    painter.setPen(QPen(scene.faint, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    if scene.has_biases(column.layer):
        _paint_bias_strip(painter, scene, column)


def _paint_bias_strip(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    """For units too small for rings: biases as a strip of colours to their right."""
    means = _row_means(column, scene.biases_of(column.layer))
    codes = codes_of(means, scene.bias_limits[column.layer - 1])
    box = QRectF(column.right + 1, column.top, BIAS_STRIP, column.bottom - column.top)
    paint_strip(painter, box, column, codes, _code_table(dark=scene.dark))


@of_colours
def _code_table(*, dark: bool) -> theme.ByteTable:
    """(256, 3) of the codes on a signed scale."""
    colours = code_colours(dark=dark)
    channels = [(colours >> 16) & 255, (colours >> 8) & 255, colours & 255]
    return np.stack(channels, axis=1).astype(np.uint8)
