"""The printed scales below gaps and columns, and the key of the colours."""

from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QTransform,
)

from core.values.words import tr
from gui.panels.network_picture.edges.edge_request import DrawnEdges
from gui.panels.network_picture.edges.edge_tone import tone, tone_name
from gui.panels.network_picture.painters.colour_key import key_end, paint_key
from gui.panels.network_picture.painters.header_painter import room_beside_last
from gui.panels.network_picture.painters.text_metrics import (
    first_fitting,
    fitting_together,
)
from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.quantity import SYMBOLS
from gui.panels.network_picture.scene.scene import LayerScale, Scene
from gui.style import number_format, theme, tokens
from gui.style.picture_pass import for_file
from gui.style.tokens import of_colours

BAR: Final = tokens.fine_length("scale_painter.bar")
BAR_TOP: Final = float(tokens.space("m"))
"""From the columns to the colour bars."""
TEXT_TOP: Final = tokens.fine_length("scale_painter.text_top")
WIDEST_BAR: Final = tokens.fine_length("scale_painter.widest_bar")
BAR_SHARE: Final = 0.72
"""Of a gap."""
OWN_BAR: Final = float(tokens.space("xxl"))
"""Width of the bar of a column's activations."""
KEY_TOP: Final = float(tokens.space("thin"))
KEY_GAP: Final = float(tokens.space("l"))
"""Least distance of the key from the number beside it, or they read as one phrase."""
WIDEST_LIMIT: Final = 0.88
LONGEST_LIMIT: Final = "\N{PLUS-MINUS SIGN}0.00088"
"""As long as a number gets without its symbol."""
WIDEST_BIAS: Final = "+0.0000"
_CENTRE: Final = Qt.AlignmentFlag.AlignHCenter


def paint_bars(painter: QPainter, scene: Scene) -> None:
    """Paint a bar below each gap, and below each column where there is space."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    metrics = QFontMetricsF(scene.font)
    for scale in scene.gap_scales:
        _paint_gap_bar(painter, scene, scale)
    for column in scene.layout.columns[1:]:
        if _has_scale(scene, column):
            _paint_column_bar(painter, scene, column)
    paint_key(painter, scene, _key_rooms(scene, metrics))


def paint_limits(painter: QPainter, scene: Scene) -> None:
    """Paint the numbers of the bars, which most training steps change."""
    painter.setFont(scene.font)
    metrics = QFontMetricsF(scene.font)
    painter.setPen(scene.soft)
    for scale, text in zip(
        scene.gap_scales, _shown_limits(scene, metrics), strict=True
    ):
        left, right = gap_room(scene, scale.layer)
        painter.drawText(_text_box(scene, left, right, metrics), _CENTRE, text)
    painter.setPen(scene.faint)
    half = _half_scale(scene)
    for column in scene.layout.columns[1:]:
        if _has_scale(scene, column):
            box = _text_box(scene, column.x - half, column.x + half, metrics)
            text = scene.activation_scales[column.layer].text
            painter.drawText(box, _CENTRE, f"a {text}")


def _shown_limits(scene: Scene, metrics: QFontMetricsF) -> list[str]:
    """All in the longest form that every gap has room for, so that they compare.

    What is missing or not finite has words of its own, and so have lines of many edges.
    """
    rooms = [_room_of_limit(scene, scale, metrics) for scale in scene.gap_scales]
    choices = [_limit_texts(scale) for scale in scene.gap_scales]
    texts = [
        first_fitting(some, metrics, room)
        for some, room in zip(choices, rooms, strict=True)
    ]
    forms = [_plain_forms(scale) for scale in scene.gap_scales]
    plain = [k for k, text in enumerate(texts) if text in forms[k]]
    together = fitting_together(
        [forms[k] for k in plain], metrics, [rooms[k] for k in plain]
    )
    for k, text in zip(plain, together, strict=True):
        texts[k] = text
    return texts


def _plain_forms(scale: LayerScale) -> list[str]:
    """The limit with and without its symbol."""
    limit = limit_text(scale.limit)
    return [f"{SYMBOLS[scale.quantity]} {limit}", limit]


def _room_of_limit(scene: Scene, scale: LayerScale, metrics: QFontMetricsF) -> float:
    """The width that a gap's number may have: that of the first is beside the key."""
    left, right = gap_room(scene, scale.layer)
    room = right - left - tokens.space("hair") * scene.scale
    beside = _key_rooms(scene, metrics)[0]
    end = key_end(scene, beside, metrics) if scale is scene.gap_scales[0] else None
    if end is None:
        return room
    return min(room, left + right - 2 * (end + KEY_GAP * scene.scale))


def bars_contents(scene: Scene) -> tuple[object, ...]:
    """Everything that the bars and the key depend on beside layout and font."""
    gaps = (
        (scale.layer, scale.missing, tone_name(scale.quantity, scale.edges))
        for scale in scene.gap_scales
    )
    signed = tuple(scale.low < 0 for scale in scene.activation_scales)
    return scene.quantity, signed, *gaps


def _text_box(
    scene: Scene, left: float, right: float, metrics: QFontMetricsF
) -> QRectF:
    y = scene.layout.stage.bottom + TEXT_TOP * scene.scale
    return QRectF(left, y, right - left, metrics.height())


def _key_rooms(scene: Scene, metrics: QFontMetricsF) -> tuple[QRectF, ...]:
    """At the lower left, or at the lower right where the first gap begins there."""
    layout, pad = scene.layout, tokens.space("m") * scene.scale
    height, top = 2 * metrics.height(), layout.stage.bottom + KEY_TOP * scene.scale
    left, last = layout.stage.x, layout.columns[-1]
    end = gap_room(scene, 1)[0]
    if scene.gap_scales:
        widths = _scale_width(scene, scene.gap_scales[0], metrics)
        end = sum(gap_room(scene, 1)) / 2 - widths / 2
    begin = last.x + (_half_scale(scene) if _has_scale(scene, last) else pad)
    if last.y_of(last.count - 1) + last.radius + metrics.height() > top:
        # The lowest output's bias may stand there.
        begin = max(begin, last.x + metrics.horizontalAdvance(WIDEST_BIAS) / 2 + pad)
    return (
        QRectF(left, top, end - pad - left, height),
        QRectF(begin, top, layout.stage.right - begin, height),
    )


def _scale_width(scene: Scene, scale: LayerScale, metrics: QFontMetricsF) -> float:
    """Of a gap, whatever its limit is: the key beside it keeps its place."""
    left, right = gap_room(scene, scale.layer)
    texts = _limit_texts(replace(scale, limit=WIDEST_LIMIT, non_finite=0))
    room = right - left - tokens.space("hair") * scene.scale
    text = first_fitting(texts, metrics, room)
    # What has no room between the columns is not written.
    longest = min(metrics.horizontalAdvance(LONGEST_LIMIT), room)
    width = max(metrics.horizontalAdvance(text), longest)
    return max(width, _bar_width(scene, right - left))


def _bar_width(scene: Scene, room: float) -> float:
    return min(BAR_SHARE * room, WIDEST_BAR * scene.scale)


def _has_scale(scene: Scene, column: LayerColumn) -> bool:
    """Whether a column's own scale has room between those of its gaps."""
    if column.layer == 0:
        return False
    before = scene.layout.columns[column.layer - 1]
    return column.x - before.x >= 3.6 * _half_scale(scene)


def _half_scale(scene: Scene) -> float:
    """Half the width of a column's own scale."""
    return tokens.fine_length("scale_painter.half_column") * scene.scale


def gap_room(scene: Scene, layer: int) -> tuple[float, float]:
    """Space for the scale of a gap, beside the columns' own scales."""
    source, target = scene.layout.gap(layer)
    half, edge = _half_scale(scene), tokens.space("hair") * scene.scale
    left = source.x + (half if _has_scale(scene, source) else edge)
    return left, target.x - (half if _has_scale(scene, target) else edge)


def _paint_gap_bar(painter: QPainter, scene: Scene, scale: LayerScale) -> None:
    left, right = gap_room(scene, scale.layer)
    metrics = QFontMetricsF(scene.font)
    if scale.missing or right - left < metrics.horizontalAdvance(limit_text(1)):
        return
    place = (left + right) / 2, _bar_width(scene, right - left)
    name = tone_name(scale.quantity, scale.edges)
    _paint_bar(painter, scene, place, _tones(name, dark=scene.dark))


def paint_lag(painter: QPainter, scene: Scene, drawn: DrawnEdges | None) -> None:
    """Paint at the upper right which earlier steps the edges are from."""
    if drawn is None:
        return
    metrics = QFontMetricsF(scene.font)
    room = room_beside_last(scene)
    first, last = (number_format.count(step) for step in drawn.steps)
    texts = [tr("edges of step {first}", first=first), tr("older edges")]
    if drawn.is_mixed:
        texts = [
            tr("edges of steps {first} to {last}", first=first, last=last),
            tr("edges from step {first}", first=first),
            *texts,
        ]
    text = first_fitting(texts, metrics, room.width())
    width = metrics.horizontalAdvance(text)
    box = QRectF(room.right() - width, room.y(), width, room.height())
    painter.fillRect(box, scene.plane)
    painter.setFont(scene.font)
    painter.setPen(scene.faint)
    painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)


def limit_text(limit: float) -> str:
    """Plus-minus a round number, e.g. "±0.5"."""
    large = 1000 <= limit < 1e6
    digits = number_format.count(round(limit)) if large else number_format.short(limit)
    return f"\N{PLUS-MINUS SIGN}{digits}"


def _limit_texts(scale: LayerScale) -> list[str]:
    """The value of full colour, and what cannot be seen; longest wording first."""
    if scale.missing:
        return [tr("no gradient yet"), tr("none")]
    texts = _plain_forms(scale)
    if scale.non_finite:
        lost = number_format.count(scale.non_finite)
        return [
            tr("{text}, {lost} not finite", text=texts[0], lost=lost),
            tr("{lost} not finite", lost=lost),
            tr("{lost} nan", lost=lost),
        ]
    if scale.to_a_line > 1:
        texts.insert(
            0,
            tr(
                "{text}, {to_a_line} to a line",
                text=texts[0],
                to_a_line=scale.to_a_line,
            ),
        )
    return texts


def _paint_bar(
    painter: QPainter, scene: Scene, place: tuple[float, float], image: QImage
) -> None:
    """A bar around `middle`, `width` wide, coloured by an image of one row."""
    middle, width = place
    y = scene.layout.stage.bottom + BAR_TOP * scene.scale
    box = QRectF(middle - width / 2, y, width, BAR * scene.scale)
    radius = tokens.radius("data") * scene.scale
    if for_file() is not None:
        _paint_bar_for_file(painter, box, image, radius)
        return
    brush = QBrush(image)
    shape = QTransform.fromTranslate(box.x(), box.y())
    shape.scale(width / image.width(), box.height() / image.height())
    brush.setTransform(shape)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    painter.drawRoundedRect(box, radius, radius)


def _paint_bar_for_file(
    painter: QPainter, box: QRectF, image: QImage, radius: float
) -> None:
    """The same without a brush, which Qt does not place rightly in an SVG file."""
    outline = QPainterPath()
    outline.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    painter.drawImage(box, image)
    painter.restore()


@of_colours
def _tones(name: str, *, dark: bool) -> QImage:
    """One edge from the limit of negative values over 0 to that of positive ones."""
    t = np.linspace(-1, 1, 129)
    shown = tone(name)
    opacity = (shown.opacity(np.abs(t)) / shown.opacity(np.ones(1)))[:, None]
    colours = theme.colours(dark=dark)
    sign = np.where(t[:, None] < 0, colours.negative, colours.positive)
    mixed = np.asarray(colours.plane) * (1 - opacity) + sign * opacity
    pixels = np.ascontiguousarray(np.rint(mixed).astype(np.uint8))
    form = QImage.Format.Format_RGB888
    return QImage(pixels.tobytes(), len(pixels), 1, 3 * len(pixels), form).copy()


def _paint_column_bar(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    scale = scene.activation_scales[column.layer]
    row = np.ascontiguousarray(scale.table[None])
    image = QImage(row.data, 256, 1, 768, QImage.Format.Format_RGB888)
    _paint_bar(painter, scene, (column.x, OWN_BAR * scene.scale), image)
