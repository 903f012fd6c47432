"""The names of the layers: above their columns, or above the example's image."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from core.network.numpy.activations.table import ACTIVATIONS
from core.values.words import tr
from gui.panels.network_picture.painters.text_metrics import (
    first_fitting,
    fitting_together,
    title_font,
)
from gui.panels.network_picture.scene.layout import LayerColumn, Layout
from gui.panels.network_picture.scene.scene import Scene
from gui.style import number_format, tokens

GAP: Final = float(tokens.space("close"))
"""From the names to what they are above."""
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


def paint_headers(painter: QPainter, scene: Scene) -> None:
    """Paint the name of each layer, and below it its units and its activation."""
    strong = title_font(scene.font)
    line = QFontMetricsF(scene.font).height()
    boxes = header_boxes(scene.layout, line)
    lines = [_header_lines(scene, column) for column in scene.layout.columns]
    # Boxes touch where columns are close, and two names would read as one.
    rooms = [_room_in(box, scene.scale) for box in boxes]
    for row, (font, ink) in enumerate(((strong, scene.ink), (scene.font, scene.faint))):
        metrics = QFontMetricsF(font)
        choices = [both[row] for both in lines]
        # "Hidden 1" beside "H2" would look like two kinds of layers.
        texts = [
            first_fitting(choices[0], metrics, rooms[0]),
            *fitting_together(choices[1:], metrics, rooms[1:]),
        ]
        painter.setFont(font)
        painter.setPen(ink)
        for text, box in zip(texts, boxes, strict=True):
            place = QRectF(box.x(), box.y() + row * line, box.width(), line)
            painter.drawText(place, _CENTRE, text)


def room_beside_last(scene: Scene) -> QRectF:
    """What is free on the second line of the last layer's name, to the right of it."""
    metrics = QFontMetricsF(scene.font)
    box = header_boxes(scene.layout, metrics.height())[-1]
    texts = _header_lines(scene, scene.layout.columns[-1])[1]
    width = metrics.horizontalAdvance(
        first_fitting(texts, metrics, _room_in(box, scene.scale))
    )
    left = box.center().x() + width / 2 + 2 * GAP * scene.scale
    right = scene.layout.stage.right
    return QRectF(left, box.center().y(), right - left, metrics.height())


def _room_in(box: QRectF, scale: float) -> float:
    return box.width() - GAP * scale


def header_boxes(layout: Layout, line: float) -> list[QRectF]:
    """Where the two lines of each layer stand."""
    height, gap = 2 * line, GAP * layout.scale
    boxes = []
    for column, (left, right) in zip(layout.columns, _spans(layout), strict=True):
        top = column.top
        if column.layer == 0 and layout.image is not None:
            top = layout.image.y
        y = round(top - gap - height)
        # In a zoomed picture what they are above may be anywhere.
        if layout.zoom.factor > 1 or y < layout.stage.y:
            y = round(layout.stage.y - gap - height)
        boxes.append(QRectF(round(left), y, round(right - left), height))
    return boxes


def _spans(layout: Layout) -> list[tuple[float, float]]:
    """Space for the header of each column, centred on it where possible."""
    xs = [column.x for column in layout.columns]
    middles = [(a + b) / 2 for a, b in pairwise(xs)]
    spans = []
    for k, x in enumerate(xs):
        half = min(
            [x - m for m in middles[k - 1 : k] if k > 0]
            + [m - x for m in middles[k : k + 1]]
        )
        half = max(half, 0.0)
        spans.append((x - half, x + half))
    image = layout.image
    if image is not None:
        least = tokens.length("header_painter.least_width") * layout.scale
        spans[0] = (max(image.x, 0.0), max(image.right, image.x + least))
    return spans


def _header_lines(scene: Scene, column: LayerColumn) -> tuple[list[str], list[str]]:
    """The choices for both lines, the longest wording first."""
    view, layer = scene.view, column.layer
    name = view.spec.layer_name(layer).capitalize()
    short = f"H{layer}"
    if layer in (0, view.spec.n_layers):
        short = tr("In") if layer == 0 else tr("Out")
    count = number_format.count(column.count)
    shared = (
        tr(", {to_a_row} share a row", to_a_row=column.to_a_row)
        if column.to_a_row > 1
        else ""
    )
    if layer == 0:
        shape = view.run.dataset.image_shape
        sizes = () if shape is None else view.run.dataset.picture_shape
        size = " \N{MULTIPLICATION SIGN} ".join(map(str, sizes))
        if shape:
            return [name, short], [f"{size}{shared}", size, count]
        inputs = number_format.counted(column.count, "input")
        # Its circles hold other numbers than the file.
        scaled = tr("{inputs}, scaled", inputs=inputs)
        own = [scaled] if view.run.dataset.has_own_inputs else []
        return [name, short], [*own, inputs, count]
    activation = ACTIVATIONS[view.spec.activations[layer - 1]].title
    long = f"{count} \N{MIDDLE DOT} {activation}"
    return [name, short], [f"{long}{shared}", long, f"{count}{shared}", count]
