"""Beside the outputs: names, bars with figures, the true and the predicted class.

Right is a green tick, wrong a red cross; the true class of a wrong prediction keeps its
tick. An example without a label has a prediction and no mark.
"""

from typing import Final, NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from core.network.numpy.answers import NO_ANSWER
from gui.panels.network_picture.scene.layout import LayerColumn
from gui.panels.network_picture.scene.scene import Scene
from gui.session.view_state import View
from gui.style import theme
from gui.style.number_format import fixed
from gui.widgets.probability_bars import figure, output_range

MARK: Final = 14.0
SHORTEST_BAR: Final = 24.0
FIGURE_SPACE: Final = "\N{FIGURE SPACE}"


def paint_outputs(painter: QPainter, scene: Scene) -> None:
    """Paint names and bars, where a row is high enough for text."""
    column = scene.layout.columns[-1]
    font = theme.figures_font(scene.font, scale=1.15)
    if column.pitch < QFontMetricsF(font).height():
        font = theme.figures_font(scene.font)
    if column.pitch < QFontMetricsF(font).height() * 0.9:
        _paint_winner(painter, scene, column)
        return
    row = _row(scene, font)
    for unit in range(column.count):
        _paint_row(painter, scene, unit, row)


class _Row(NamedTuple):
    """Values that all rows share.

    Attributes:
        names: of all outputs.
        name_width: room for the longest.
        figure_width: room for figures.
        fonts: plain and bold.
        low: value at the left end of a bar.
        high: at the right end.
    """

    names: tuple[str, ...]
    name_width: float
    figure_width: float
    fonts: tuple[QFont, QFont]
    low: float
    high: float


def _row(scene: Scene, font: QFont) -> _Row:
    """Names go without their targets where that would leave no room for bars."""
    bold = theme.figures_font(font, bold=True)
    metrics = QFontMetricsF(bold)
    values = scene.view.trace.output.tolist()
    activation = scene.view.spec.activations[-1]
    texts = [figure(activation, v) for v in (*values, 1.0)]
    figures = max(metrics.horizontalAdvance(t) for t in texts)
    column, bars = scene.layout.columns[-1], scene.layout.bars
    room = bars.right - column.right - figures - MARK - 22
    names = output_labels(scene.view)
    width = max((metrics.horizontalAdvance(n) for n in names), default=0.0)
    if width > room - SHORTEST_BAR:
        names = scene.view.run.dataset.output_names
        width = max((metrics.horizontalAdvance(n) for n in names), default=0.0)
    name_width = max(min(width, room), 0.0)
    return _Row(names, name_width, figures, (font, bold), *_range(scene))


def _range(scene: Scene) -> tuple[float, float]:
    """The range of the outputs and their targets."""
    target, known = scene.view.example.target, scene.view.trace.output
    if target is not None:
        known = np.append(known, target)
    return output_range(scene.view.spec.activations[-1], known)


def output_labels(view: View) -> tuple[str, ...]:
    """The label beside each output: its class, or its name and its target."""
    dataset, target = view.run.dataset, view.example.target
    if dataset.has_classes or target is None:
        return dataset.output_names
    return tuple(
        f"{name} (target {fixed(float(one), 2).strip(FIGURE_SPACE)})"
        for name, one in zip(dataset.output_names, target, strict=True)
    )


def _is_guess(scene: Scene, unit: int) -> bool:
    """Whether this output is the predicted class."""
    has_classes = scene.view.run.dataset.has_classes
    return has_classes and unit == scene.guess


def row_colour(scene: Scene, unit: int) -> QColor | None:
    """Green or red for the true and the predicted class, None for the others."""
    label = scene.view.example.label
    if unit == label:
        colours = scene.colours
        rgb = colours.wrong if _has_no_answer(scene) else colours.right
        return theme.colour(rgb)
    if unit == scene.guess and label is not None:
        return theme.colour(scene.colours.wrong)
    return None


def _has_no_answer(scene: Scene) -> bool:
    """The true class is then what was not answered, and nothing was in its place."""
    return scene.guess == NO_ANSWER


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
    y = column.y_of(unit)
    font = row.fonts[guessed or colour is not None]
    painter.setFont(font)
    left = column.right + 8
    if colour is not None:
        right = unit == scene.view.example.label and not _has_no_answer(scene)
        _paint_mark(painter, QPointF(left + MARK / 2, y), colour, right=right)
    left += MARK + 4
    height = min(column.pitch, 40.0)
    painter.setPen(scene.ink)
    name = QFontMetricsF(font).elidedText(
        row.names[unit],
        Qt.TextElideMode.ElideRight,
        row.name_width + 1,
    )
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(
        QRectF(left, y - height / 2, row.name_width + 2, height), middle, name
    )
    left += row.name_width + 8
    text = figure(scene.view.spec.activations[-1], value)
    room = QRectF(left, y - height / 2, bars.right - left, height)
    painter.setPen(scene.ink if guessed or colour is not None else scene.faint)
    painter.drawText(room, middle | Qt.AlignmentFlag.AlignRight, text)
    track = room.adjusted(0, 0, -row.figure_width - 8, 0)
    if track.width() >= 12:
        _paint_bar(painter, scene, track, unit, row)


def _paint_bar(
    painter: QPainter, scene: Scene, track: QRectF, unit: int, row: _Row
) -> None:
    value = float(scene.view.trace.output[unit])
    thickness = min(track.height() * 0.5, 14.0)
    track = QRectF(
        track.x(), track.center().y() - thickness / 2, track.width(), thickness
    )
    empty = scene.faint
    empty.setAlpha(50)
    painter.fillRect(track, empty)
    if not np.isfinite(value):
        return
    target, low, high = scene.view.example.target, row.low, row.high
    zero = track.x() + track.width() * (0 - low) / (high - low)
    end = track.x() + track.width() * (value - low) / (high - low)
    bar = QRectF(min(zero, end), track.y(), abs(end - zero), thickness)
    guessed = _is_guess(scene, unit)
    fill = row_colour(scene, unit) or (scene.ink if guessed else scene.faint)
    painter.fillRect(bar, fill)
    if target is not None:
        at = track.x() + track.width() * (float(target[unit]) - low) / (high - low)
        mark = QRectF(at - 1, track.y() - 3, 2, thickness + 6)
        painter.fillRect(mark, theme.colour(scene.colours.right))


def _paint_mark(
    painter: QPainter, centre: QPointF, colour: QColor, *, right: bool
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    pen = QPen(colour, 2.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    x, y = centre.x(), centre.y()
    if right:
        points = [QPointF(x - 5, y), QPointF(x - 1.5, y + 4), QPointF(x + 5.5, y - 5)]
        painter.drawPolyline(points)
    else:
        painter.drawLine(QPointF(x - 4.5, y - 4.5), QPointF(x + 4.5, y + 4.5))
        painter.drawLine(QPointF(x - 4.5, y + 4.5), QPointF(x + 4.5, y - 4.5))


def _paint_winner(painter: QPainter, scene: Scene, column: LayerColumn) -> None:
    """Too many classes for rows of text: prediction and true class in figures."""
    names = output_labels(scene.view)
    output = scene.view.trace.output
    label = scene.view.example.label
    guess = scene.view.trace.strongest
    activation = scene.view.spec.activations[-1]
    lines = [f"{names[guess]} {figure(activation, float(output[guess]))}"]
    if label is not None and label != guess:
        lines.append(f"{names[label]} {figure(activation, float(output[label]))}")
    painter.setFont(theme.figures_font(scene.font, bold=True))
    height = painter.fontMetrics().height()
    units = [guess] if label is None else [guess, label]
    for line, unit in zip(lines, units, strict=False):
        y = column.y_of(unit)
        painter.setPen(row_colour(scene, unit) or scene.ink)
        room = QRectF(
            column.right + 10, y - height / 2, scene.layout.bars.width, height
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, line)
