"""The labels of number lines keep out of each other's way, whatever they say."""

import math
from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from gui.panels.number_lines.line_stack import LineStack
from gui.panels.number_lines.lines import Kind, NumberLine
from gui.style import theme, tokens
from gui.widgets.plots.ticks import ticks_that_fit

RANGES = [
    (-1.0, 1.0),
    (-1e-7, 2e-7),
    (1.0, 1.0 + 1e-7),
    (-1e6, -9.9e5),
    (0.0, 1e6),
    (-123456.0, 0.001),
    (-1e300, 1e300),
    (1e-300, 3e-300),
    (math.nan, 1.0),
    (-1.0, math.inf),
]
VALUES = [0.0, -1.5e-7, 1e6, math.nan, math.inf, -math.inf]
WIDTHS = [300, 420, 560, 1000]
GAP = 4.0


def line(low: float, high: float, value: float) -> NumberLine:
    factor = "∂z⁽²⁾₃/∂w⁽²⁾₃,₇₈₃ = 1.000"
    return NumberLine("a", "w⁽²⁾₃,₇₈₃", "a line", value, value, low, high, factor)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("low", "high"), RANGES)
def test_no_two_labels_of_a_number_line_overlap(
    qtbot: QtBot, low: float, high: float, width: int
) -> None:
    stack = LineStack()
    qtbot.addWidget(stack)
    stack.resize(width, 200)
    lines = tuple(line(low, high, value) for value in VALUES)
    stack.show_lines(lines)
    stack.grab()
    width_of = QFontMetricsF(stack.font()).horizontalAdvance
    left, right, _ = stack.axis(0)
    assert left >= width_of(lines[0].symbol)
    ticks = stack.ticks(lines[0], left, right)
    ends = [(x - width_of(t.label) / 2, x + width_of(t.label) / 2) for t, x in ticks]
    for (_, end), (start, _) in pairwise(ends):
        assert start - end >= GAP
    symbol_ends = tokens.space("xs") + width_of(lines[0].symbol)
    assert all(start - symbol_ends >= GAP for start, _ in ends)


def test_the_colours_of_signs_say_nothing_here(qtbot: QtBot) -> None:
    stack = LineStack()
    qtbot.addWidget(stack)
    stack.resize(420, 200)
    kinds: tuple[Kind, ...] = ("parameter", "z", "a", "cost")
    stack.show_lines(
        tuple(NumberLine(kind, kind, kind, 0.2 * k) for k, kind in enumerate(kinds))
    )
    image = stack.grab().toImage()
    dots = [image.pixelColor(stack.marker(row).toPoint()) for row in range(4)]
    colours = theme.colours_of(stack)
    assert dots[0] == theme.colour(colours.selection)
    inks = (colours.ink1, colours.ink2)
    assert all(dot in [theme.colour(ink) for ink in inks] for dot in dots[1:])


@pytest.mark.parametrize("value", VALUES)
def test_the_numbers_of_a_line_have_room_beside_its_axis(
    qtbot: QtBot, value: float
) -> None:
    stack = LineStack()
    qtbot.addWidget(stack)
    stack.resize(560, 200)
    stack.show_lines((line(-1.0, 1.0, value),))
    width_of = QFontMetricsF(stack.font()).horizontalAdvance
    _, right, _ = stack.axis(0)
    assert right < 560 - width_of("∂z⁽²⁾₃/∂w⁽²⁾₃,₇₈₃ = 1.000")


def test_as_many_ticks_as_fit_are_taken() -> None:
    def width_of(label: str) -> float:
        return 10.0 * len(label)

    assert len(ticks_that_fit(0.0, 10.0, 500.0, width_of, most=12)) == 11
    assert len(ticks_that_fit(0.0, 10.0, 100.0, width_of, most=12)) < 7
    assert ticks_that_fit(0.0, math.nan, 500.0, width_of) == ()
