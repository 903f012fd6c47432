"""Beside the outputs: names, bars with figures, the true and the predicted class.

Right is a green tick, wrong a red cross; the true class of a wrong prediction keeps its
tick. Where the network has no answer nothing was wrongly answered: the true class has a
dash in plain ink, and the panel's headline says "no answer". An example without a label
has a prediction and no mark.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from core.network.numpy.answers import NO_ANSWER, class_of, output_for
from gui.panels.network_picture.painters.text_metrics import (
    COLUMN_GAP,
    MARK,
    MARK_GAP,
    figure_role,
    output_labels,
    title_font,
)
from gui.panels.network_picture.scene.layout import OUTPUT_GAP, Box, LayerColumn
from gui.panels.network_picture.scene.scene import Scene
from gui.session.own_units import output_figure
from gui.style import theme, tokens
from gui.style.fonts import role_font
from gui.widgets.probability_bars import figure, output_range

BAR: Final = float(tokens.space("s"))
"""Height of a bar."""
SHORTEST_BAR: Final = float(tokens.space("xl"))
CLOSEST: Final = 0.8
"""Between two rows, in lines of text: heads and tails of letters do not touch then."""


def paint_outputs(painter: QPainter, scene: Scene) -> None:
    """Paint names and bars, where a row is high enough for text."""
    column, font = scene.layout.columns[-1], scene.font
    line = QFontMetricsF(font).height()
    if column.pitch < CLOSEST * line:
        _paint_winner(painter, scene, column)
        return
    roles = ("read", figure_role(wide=scene.layout.is_wide))
    if column.pitch < QFontMetricsF(role_font(font, roles[1])).height():
        roles = ("label", "label")
    row = _row(scene, roles)
    for unit in range(column.count):
        _paint_row(painter, scene, unit, row)


class _Row(NamedTuple):
    """Values that all rows share.

    Attributes:
        names: of all outputs.
        name_width: room for the longest.
        figure_width: room for figures.
        fonts: of names, plain and strong.
        figure_fonts: of figures, plain and strong.
        low: value at the left end of a bar.
        high: at the right end.
    """

    names: tuple[str, ...]
    name_width: float
    figure_width: float
    fonts: tuple[QFont, QFont]
    figure_fonts: tuple[QFont, QFont]
    low: float
    high: float


def _fonts(scene: Scene, role: str) -> tuple[QFont, QFont]:
    plain = role_font(scene.font, role)
    plain.setWeight(QFont.Weight.Normal)
    if role == "label":
        return plain, title_font(scene.font)
    return plain, role_font(scene.font, role, strong=True)


def _row(scene: Scene, roles: tuple[str, str]) -> _Row:
    """Names go without their targets where that would leave no room for bars."""
    fonts, figure_fonts = (_fonts(scene, role) for role in roles)
    metrics, figures = QFontMetricsF(fonts[1]), QFontMetricsF(figure_fonts[1])
    values = scene.view.trace.output.tolist()
    activation = scene.view.spec.activations[-1]
    dataset = scene.view.run.dataset
    texts = [
        output_figure(dataset, activation, unit, value)
        for unit, value in enumerate(values)
    ]
    texts.append(figure(activation, 1.0))
    figure_width = max(figures.horizontalAdvance(t) for t in texts)
    column, bars, scale = scene.layout.columns[-1], scene.layout.bars, scene.scale
    room = bars.right - column.right - figure_width
    room -= OUTPUT_GAP * scale + (MARK + MARK_GAP + COLUMN_GAP) * scale
    names = output_labels(scene.view)
    width = max((metrics.horizontalAdvance(n) for n in names), default=0.0)
    if width > room - SHORTEST_BAR * scale:
        names = scene.view.run.dataset.output_names
        width = max((metrics.horizontalAdvance(n) for n in names), default=0.0)
    name_width = max(min(width, room), 0.0)
    return _Row(names, name_width, figure_width, fonts, figure_fonts, *_range(scene))


def _range(scene: Scene) -> tuple[float, float]:
    """The range of the outputs and their targets."""
    target, known = scene.view.example.target, scene.view.trace.output
    if target is not None:
        known = np.append(known, target)
    return output_range(scene.view.spec.activations[-1], known)


def _is_guess(scene: Scene, unit: int) -> bool:
    """Whether this output is the predicted class."""
    has_classes = scene.view.run.dataset.has_classes
    return has_classes and _class_of(scene, unit) == scene.guess


def _class_of(scene: Scene, unit: int) -> int:
    return class_of(unit, scene.view.spec.n_outputs)


def row_colour(scene: Scene, unit: int) -> QColor | None:
    """Green or red for the true and the predicted class, None for the others."""
    label, own = scene.view.example.label, _class_of(scene, unit)
    if own == label:
        if _has_no_answer(scene):
            return None
        return theme.colour(scene.colours.right)
    if own == scene.guess and label is not None:
        return theme.colour(scene.colours.wrong)
    return None


def _has_no_answer(scene: Scene) -> bool:
    """Nothing is then right, and nothing was answered that could be wrong."""
    return scene.guess == NO_ANSWER


Kind = Literal["right", "wrong", "none"]


def mark_of(own: int, label: int | None, guess: int) -> Kind | None:
    """The mark beside an output; None for one that is neither true nor predicted.

    Args:
        own: the class of the output.
        label: the true class.
        guess: the predicted class, or NO_ANSWER.
    """
    if label is None:
        return None
    if own == label:
        return "none" if guess == NO_ANSWER else "right"
    return "wrong" if own == guess else None


def _paint_row(
    painter: QPainter,
    scene: Scene,
    unit: int,
    row: _Row,
) -> None:
    column, bars = scene.layout.columns[-1], scene.layout.bars
    value = float(scene.view.trace.output[unit])
    guessed = _is_guess(scene, unit)
    colour = row_colour(scene, unit)
    y, scale = column.y_of(unit), scene.scale
    is_strong = guessed or colour is not None
    left = column.right + OUTPUT_GAP * scale
    label = scene.view.example.label
    mark = mark_of(_class_of(scene, unit), label, scene.guess)
    if mark is not None:
        middle = QPointF(left + MARK * scale / 2, y)
        _paint_mark(painter, middle, (colour or scene.soft, scale), mark)
    left += (MARK + MARK_GAP) * scale
    tallest = tokens.fine_length("output_painter.tallest_row")
    height = max(min(column.pitch, tallest * scale), _line(row))
    font = row.fonts[is_strong]
    painter.setFont(font)
    painter.setPen(scene.ink if is_strong else scene.soft)
    name = QFontMetricsF(font).elidedText(
        row.names[unit],
        Qt.TextElideMode.ElideRight,
        row.name_width + 1,
    )
    middle_line = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(
        QRectF(
            left,
            y - height / 2,
            row.name_width + tokens.space("hair") * scene.scale,
            height,
        ),
        middle_line,
        name,
    )
    left += row.name_width + COLUMN_GAP * scale
    activation = scene.view.spec.activations[-1]
    text = output_figure(scene.view.run.dataset, activation, unit, value)
    room = QRectF(left, y - height / 2, bars.right - left, height)
    painter.setFont(row.figure_fonts[is_strong])
    painter.setPen(scene.ink if is_strong else scene.faint)
    painter.drawText(room, middle_line | Qt.AlignmentFlag.AlignRight, text)
    track = room.adjusted(0, 0, -row.figure_width - COLUMN_GAP * scale, 0)
    if track.width() >= SHORTEST_BAR * scale / 2:
        _paint_bar(painter, scene, track, unit, row)


def _line(row: _Row) -> float:
    """Height of a line of names and figures: a lower box would cut them."""
    fonts = (*row.fonts, *row.figure_fonts)
    return max(QFontMetricsF(font).height() for font in fonts)


def _paint_bar(
    painter: QPainter, scene: Scene, track: QRectF, unit: int, row: _Row
) -> None:
    value = float(scene.view.trace.output[unit])
    scale = scene.scale
    thickness = min(track.height() * 0.5, BAR * scale)
    radius = tokens.radius("data") * scale
    track = QRectF(
        track.x(), track.center().y() - thickness / 2, track.width(), thickness
    )
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(scene.colours.control))
    painter.drawRoundedRect(track, radius, radius)
    if not np.isfinite(value):
        return
    target, low, high = scene.view.example.target, row.low, row.high
    zero = track.x() + track.width() * (0 - low) / (high - low)
    end = track.x() + track.width() * (value - low) / (high - low)
    bar = QRectF(min(zero, end), track.y(), abs(end - zero), thickness)
    guessed = _is_guess(scene, unit)
    fill = row_colour(scene, unit) or (scene.ink if guessed else scene.faint)
    painter.setBrush(fill)
    painter.drawRoundedRect(bar, radius, radius)
    if target is not None:
        at = track.x() + track.width() * (float(target[unit]) - low) / (high - low)
        over = tokens.space("thin") * scale
        mark = QRectF(
            at - scale,
            track.y() - over,
            2 * scale,
            thickness + 2 * over,
        )
        painter.fillRect(mark, theme.colour(scene.colours.right))


def _paint_mark(
    painter: QPainter, centre: QPointF, look: tuple[QColor, float], mark: Kind
) -> None:
    """Paint a tick, a cross or a dash in a colour and a scale."""
    colour, scale = look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    pen = QPen(colour, tokens.stroke("line") * scale)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for stroke in _STROKES[mark]:
        painter.drawPolyline([centre + QPointF(x, y) * scale for x, y in stroke])


_STROKES: Final[Mapping[Kind, Sequence[Sequence[tuple[float, float]]]]] = {
    "right": [[(-5.0, 0.0), (-1.5, 4.0), (5.5, -5.0)]],
    "wrong": [[(-4.0, -4.0), (4.0, 4.0)], [(-4.0, 4.0), (4.0, -4.0)]],
    "none": [[(-4.0, 0.0), (4.0, 0.0)]],
}


def _paint_winner(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    """Too many classes for rows of text: prediction and true class in figures.

    Of the others the names, the first and the last before all: as many as have room.
    """
    names = output_labels(scene.view)
    output = scene.view.trace.output
    label = scene.view.example.label
    if label is not None:
        label = output_for(label, scene.view.spec.n_outputs)
    # With a network that has no answer only the true class is named.
    guess = scene.view.trace.strongest
    if _has_no_answer(scene) and label is not None:
        guess = label
    activation = scene.view.spec.activations[-1]
    shown = [guess] if label in (None, guess) else [guess, label]
    of = scene.view.run.dataset
    plain, strong = _fonts(scene, "label")
    height = QFontMetricsF(strong).height()
    left = column.right + tokens.space("row") * scene.scale
    middles = [column.y_of(unit) for unit in shown]
    places = _apart(middles, height, scene.layout.stage)
    for unit, middle in zip(shown, list(places), strict=True):
        figures = output_figure(of, activation, unit, float(output[unit]))
        colour = row_colour(scene, unit) or scene.ink
        _paint_text(
            painter,
            scene,
            (left, middle),
            (strong, colour),
            f"{names[unit]} {figures}",
        )
    for unit in _named(column):
        y = column.y_of(unit)
        if unit not in shown and all(abs(y - place) >= height for place in places):
            places.append(y)
            _paint_text(painter, scene, (left, y), (plain, scene.soft), names[unit])


def _apart(middles: list[float], height: float, stage: Box) -> list[float]:
    """Of one line or two, moved by so much that none lies on the other."""
    if len(middles) == 1 or abs(middles[0] - middles[1]) >= height:
        return middles
    centre = sum(middles) / 2
    centre = max(stage.y + height, min(centre, stage.bottom - height))
    above = -height / 2 if middles[0] <= middles[1] else height / 2
    return [centre + above, centre - above]


def _named(column: LayerColumn) -> list[int]:
    """The outputs in the order in which their names are given room."""
    if column.to_a_row > 1:
        return []
    return [0, column.count - 1, *range(1, column.count - 1)]


def _paint_text(
    painter: QPainter,
    scene: Scene,
    place: tuple[float, float],
    look: tuple[QFont, QColor],
    text: str,
) -> None:
    """Beside an output, its middle at `place`."""
    (x, y), (font, colour) = place, look
    painter.setFont(font)
    painter.setPen(colour)
    height = QFontMetricsF(font).height()
    room = QRectF(x, y - height / 2, scene.layout.bars.width, height)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
