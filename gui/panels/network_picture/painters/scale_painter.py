"""Headers above the columns and the printed scales below columns and gaps."""

from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen

from gui.panels.network_picture.edges.edge_request import DrawnEdges
from gui.panels.network_picture.edges.tone_map import FULL, MOST, tone_table
from gui.panels.network_picture.scene.layout import TALL, LayerColumn
from gui.panels.network_picture.scene.quantity import SYMBOLS
from gui.panels.network_picture.scene.scene import LayerScale, Scene
from gui.style import number_format, theme

BAR: Final = 8.0
WIDEST_BAR: Final = 130.0
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


def paint_headers(painter: QPainter, scene: Scene) -> None:
    """Paint name, units and activation of each layer, and the edge counts between."""
    font = theme.figures_font(scene.font)
    metrics = QFontMetricsF(font)
    spans = _spans(scene)
    for column, (left, right) in zip(scene.layout.columns, spans, strict=True):
        for line, texts in enumerate(_header_lines(scene, column)):
            font = theme.figures_font(scene.font, bold=line == 0)
            painter.setFont(font)
            painter.setPen(scene.ink if line == 0 else scene.faint)
            room = right - left - 6
            text = _first_fitting(texts, QFontMetricsF(font), room)
            box = QRectF(
                left, 4 + line * metrics.height(), right - left, metrics.height()
            )
            painter.drawText(box, _CENTRE, text)


def _spans(scene: Scene) -> list[tuple[float, float]]:
    """Space for the header of each column, centred on it where possible."""
    columns = scene.layout.columns
    xs = [column.x for column in columns]
    middles = [(a + b) / 2 for a, b in pairwise(xs)]
    spans = []
    for k, x in enumerate(xs):
        half = min(
            [x - m for m in middles[k - 1 : k] if k > 0]
            + [m - x for m in middles[k : k + 1]]
        )
        half = max(half, 0.0)
        spans.append((x - half, x + half))
    image = scene.layout.image
    if image is not None:
        spans[0] = (max(image.x, 0.0), max(image.right, image.x + 40))
    return spans


def _header_lines(scene: Scene, column: LayerColumn) -> tuple[list[str], list[str]]:
    view, layer = scene.view, column.layer
    name = view.spec.layer_name(layer)
    count = number_format.count(column.count)
    short = {"input": "in", "output": "out"}.get(name, f"h{layer}")
    shared = f", {column.to_a_row} to a row" if column.to_a_row > 1 else ""
    if layer == 0:
        shape = view.run.dataset.image_shape
        size = f"{shape[0]} \N{MULTIPLICATION SIGN} {shape[1]}" if shape else ""
        units = f"{count} unit" if column.count == 1 else f"{count} units"
        pixels = f"{size} pixels{shared}" if shape else f"{units}{shared}"
        return [name, short], [pixels, size or count, count, ""]
    activation = view.spec.activations[layer - 1]
    units = "unit" if column.count == 1 else "units"
    long = f"{count} {units}, {activation}{shared}"
    return [name, short], [
        long,
        f"{count} {activation}{shared}",
        f"{count}{shared}",
        count,
        "",
    ]


def _first_fitting(texts: list[str], metrics: QFontMetricsF, room: float) -> str:
    for text in texts:
        if metrics.horizontalAdvance(text) <= room:
            return text
    return metrics.elidedText(texts[-1], Qt.TextElideMode.ElideRight, max(room, 0))


def paint_scales(painter: QPainter, scene: Scene) -> None:
    """Paint a scale below each gap, and below each column where there is space."""
    painter.setFont(theme.figures_font(scene.font))
    metrics = QFontMetricsF(painter.font())
    top = scene.layout.stage.bottom + 8
    for scale in scene.gap_scales:
        _paint_gap_scale(painter, scene, scale, metrics, top)
    for column in scene.layout.columns[1:]:
        if _has_scale(scene, column):
            _paint_column_scale(painter, scene, column, metrics, top)


def _has_scale(scene: Scene, column: LayerColumn) -> bool:
    """Whether a column's own scale has room between those of its gaps."""
    if column.layer == 0:
        return False
    before = scene.layout.columns[column.layer - 1]
    return column.x - before.x >= 3.4 * _half_scale(scene)


def _half_scale(scene: Scene) -> float:
    """Half the width of a column's own scale."""
    return 2 * QFontMetricsF(theme.figures_font(scene.font)).height()


def gap_room(scene: Scene, layer: int) -> tuple[float, float]:
    """Space for the scale of a gap, beside the columns' own scales."""
    source, target = scene.layout.gap(layer)
    half = _half_scale(scene)
    left = source.x + (half if _has_scale(scene, source) else 2)
    return left, target.x - (half if _has_scale(scene, target) else 2)


def _paint_gap_scale(
    painter: QPainter,
    scene: Scene,
    scale: LayerScale,
    metrics: QFontMetricsF,
    top: float,
) -> None:
    left, right = gap_room(scene, scale.layer)
    width = min(right - left - 6, WIDEST_BAR)
    middle = (left + right) / 2
    if not scale.missing:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=True)
        _paint_bar(
            painter, scene, QRectF(middle - width / 2, top, width, BAR), _tones(scene)
        )
    texts = [_limit_texts(scene, scale)]
    if scene.layout.height >= TALL:
        texts.append(_edge_texts(scene, scale))
    for line, choices in enumerate(texts):
        y = top + BAR + 3 + line * metrics.height()
        box = QRectF(left, y, right - left, metrics.height())
        painter.setPen(scene.ink if line == 0 else scene.faint)
        text = _first_fitting(choices, metrics, right - left - 4)
        painter.drawText(box, _CENTRE, text)


def paint_lag(painter: QPainter, scene: Scene, drawn: DrawnEdges | None) -> None:
    """Paint below the bars which earlier steps the edges are from."""
    if drawn is None:
        return
    font = theme.figures_font(scene.font)
    metrics = QFontMetricsF(font)
    left = scene.layout.columns[-1].x + _half_scale(scene)
    room = scene.layout.width - 10 - left
    first, last = (number_format.count(step) for step in drawn.steps)
    texts = [f"edges of step {first}", "older edges", ""]
    if drawn.is_mixed:
        texts = [
            f"edges of steps {first} to {last}",
            f"edges from step {first}",
            *texts,
        ]
    text = _first_fitting(texts, metrics, room)
    y = scene.layout.stage.bottom + 8 + BAR + 3
    painter.setFont(font)
    painter.setPen(scene.faint)
    box = QRectF(left, y, room, metrics.height())
    painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)


def limit_text(limit: float) -> str:
    """Plus-minus a round number, e.g. "±0.5"."""
    large = 1000 <= limit < 1e6
    digits = number_format.count(round(limit)) if large else number_format.short(limit)
    return f"\N{PLUS-MINUS SIGN}{digits}"


def _limit_texts(scene: Scene, scale: LayerScale) -> list[str]:
    """The value of full colour, longest wording first."""
    symbol = SYMBOLS[scale.quantity]
    if scale.missing:
        return ["no gradient yet", "none"]
    limit = limit_text(scale.reference)
    texts = [f"{symbol} {limit}", limit]
    if scale.is_sum:
        texts[0] = f"sum of {symbol} {limit}"
        texts[1] = f"\N{GREEK CAPITAL LETTER SIGMA} {limit}"
        texts.insert(0, f"sum of {symbol} in a pixel {limit}")
    return texts


def _edge_texts(scene: Scene, scale: LayerScale) -> list[str]:
    """How many edges are drawn and how, longest wording first."""
    count = number_format.count(scale.edges)
    if scale.non_finite:
        non_finite = number_format.count(scale.non_finite)
        told = f"{non_finite} not finite"
        return [f"{non_finite} of {count} edges are not finite", told]
    if scale.isolated:
        return [f"one unit's of {count} edges", "one unit's", ""]
    texts = [f"{count} edge" if scale.edges == 1 else f"{count} edges", count, ""]
    if scale.to_a_line > 1:
        shared = f"{scale.to_a_line} to a line"
        texts = [f"{count} edges, {shared}", f"{count}, {shared}", shared, *texts]
    return texts


def _paint_bar(painter: QPainter, scene: Scene, box: QRectF, image: QImage) -> None:
    painter.drawImage(box, image)
    painter.setPen(QPen(scene.faint, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)


def _tones(scene: Scene) -> QImage:
    return _bar_image(dark=scene.dark)


@cache
def _bar_image(*, dark: bool) -> QImage:
    """The tone map from full negative over nothing to full positive."""
    depth = np.linspace(-1, 1, 129)
    codes = np.rint(255 * np.sqrt(np.abs(depth) * (FULL / MOST))).astype(np.intp)
    places = np.where(depth < 0, codes * 256, codes)
    pixels = np.ascontiguousarray(tone_table(dark=dark)[places])
    width, form = len(pixels), QImage.Format.Format_RGB32
    return QImage(pixels.tobytes(), width, 1, 4 * width, form).copy()


def _paint_column_scale(
    painter: QPainter,
    scene: Scene,
    column: LayerColumn,
    metrics: QFontMetricsF,
    top: float,
) -> None:
    scale = scene.activation_scales[column.layer]
    row = np.ascontiguousarray(scale.table[None])
    image = QImage(row.data, 256, 1, 768, QImage.Format.Format_RGB888)
    _paint_bar(painter, scene, QRectF(column.x - 20, top, 40, BAR), image)
    box = QRectF(column.x - 40, top + BAR + 3, 80, metrics.height())
    painter.setPen(scene.ink)
    painter.drawText(box, _CENTRE, f"a {scale.text}")
    if scene.layout.height >= TALL and scene.has_biases(column.layer):
        limit = limit_text(scene.bias_limits[column.layer - 1])
        painter.setPen(scene.faint)
        box.translate(0, metrics.height())
        painter.drawText(box, _CENTRE, f"b {limit}")
