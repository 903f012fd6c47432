"""What blue, orange and the biases' marks mean, in words of what the edges show."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from core.values.words import tr
from gui.panels.network_picture.painters.text_metrics import first_fitting
from gui.panels.network_picture.scene.quantity import SIGN_WORDS
from gui.panels.network_picture.scene.scene import Scene
from gui.style import theme, tokens

DASH: Final = tokens.fine_length("colour_key.dash")
DASH_WIDTH: Final = tokens.fine_length("colour_key.dash_width")
GAP: Final = float(tokens.space("close"))
BETWEEN: Final = float(tokens.space("panel_pad"))
ARCS: Final = tr("arc on a unit: its bias")
BARS: Final = tr("bar beside a unit: its bias")
ARCS_AND_BARS: Final = tr("arc on or bar beside a unit: its bias")
BRIEF_ARCS: Final = tr("arc: bias")
BRIEF_BARS: Final = tr("bar: bias")
BRIEF_BOTH: Final = tr("arc or bar: bias")
ARCS_OF_NUDGES: Final = tr("arc: nudge of the bias")
BARS_OF_NUDGES: Final = tr("bar: nudge of the bias")
ARCS_AND_BARS_OF_NUDGES: Final = tr("arc or bar: nudge of the bias")


def key_end(scene: Scene, room: QRectF, metrics: QFontMetricsF) -> float | None:
    """Where the words end at the right in this room; None where they do not fit."""
    widths = _widths(scene, metrics)
    for width in (_line_width(scene, widths), max(widths)):
        if width <= room.width():
            return room.x() + width
    return None


def paint_key(painter: QPainter, scene: Scene, rooms: tuple[QRectF, ...]) -> None:
    """Paint it into the first room that is wide enough, on one line or on two."""
    metrics = QFontMetricsF(scene.font)
    widths = _widths(scene, metrics)
    line = _line_width(scene, widths)
    painter.setFont(scene.font)
    for room in rooms:
        upper, lower = room.topLeft(), QPointF(room.x(), room.center().y())
        if room.width() >= line:
            beside = QPointF(line - widths[1], 0)
            _paint_words(painter, scene, (lower, lower + beside), room)
            _paint_biases(painter, scene, room, metrics)
            return
        if room.width() >= max(widths):
            _paint_words(painter, scene, (upper, lower), room)
            return


def _widths(scene: Scene, metrics: QFontMetricsF) -> list[float]:
    """Of each word with its dash."""
    lead = (DASH + GAP) * scene.scale
    words = SIGN_WORDS[scene.quantity]
    return [lead + metrics.horizontalAdvance(word) for word in words]


def _line_width(scene: Scene, widths: list[float]) -> float:
    return sum(widths) + BETWEEN * scene.scale


def _paint_words(
    painter: QPainter, scene: Scene, places: tuple[QPointF, QPointF], room: QRectF
) -> None:
    """Paint each word behind a dash of its colour, from its upper left corner."""
    height = room.height() / 2
    signs = scene.colours.positive, scene.colours.negative
    words = SIGN_WORDS[scene.quantity]
    for word, rgb, place in zip(words, signs, places, strict=True):
        pen = QPen(theme.colour(rgb), DASH_WIDTH * scene.scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        begin = place + QPointF(0, height / 2)
        end = begin + QPointF(DASH * scene.scale, 0)
        painter.drawLine(begin, end)
        painter.setPen(scene.soft)
        left = end.x() + GAP * scene.scale
        text = QRectF(left, place.y(), room.width(), height)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, word)


def _paint_biases(
    painter: QPainter, scene: Scene, room: QRectF, metrics: QFontMetricsF
) -> None:
    """What the biases' marks are, where some unit has one and there is room."""
    columns = [c for c in scene.layout.columns if scene.has_biases(c.layer)]
    # Circles that are large enough have a ring, and all others a bar.
    are_rings = {column.has_rings for column in columns}
    if not are_rings:
        return
    texts = [_bias_text(scene, are_rings), _brief_bias_text(are_rings)]
    text = first_fitting(texts, metrics, room.width())
    if text:
        painter.setPen(scene.faint)
        line = QRectF(room.x(), room.y(), room.width(), room.height() / 2)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)


def _bias_text(scene: Scene, are_rings: set[bool]) -> str:
    texts = ARCS, BARS, ARCS_AND_BARS
    if scene.quantity == "nudges":
        texts = ARCS_OF_NUDGES, BARS_OF_NUDGES, ARCS_AND_BARS_OF_NUDGES
    arcs, bars, both = texts
    return both if len(are_rings) == 2 else arcs if True in are_rings else bars


def _brief_bias_text(are_rings: set[bool]) -> str:
    """The marks alone: what the edges show is said below it for biases, too."""
    both = len(are_rings) == 2
    return BRIEF_BOTH if both else BRIEF_ARCS if True in are_rings else BRIEF_BARS
