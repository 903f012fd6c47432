"""Every printed label stands where its printed value is, on every axis."""

import math
from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF
from PySide6.QtWidgets import QApplication

from gui.style import theme
from gui.style.number_input import parse_number
from gui.widgets.plots.curve_plot import StepAxis
from gui.widgets.plots.decades import Decades
from gui.widgets.plots.epoch_axis import EpochAxis
from gui.widgets.plots.epoch_scale import EpochScale
from gui.widgets.plots.field import Field
from gui.widgets.plots.tick_axis import TickAxis
from gui.widgets.plots.ticks import Tick, decade_ticks, linear_ticks, log_ticks
from gui.widgets.plots.value_axis import ValueAxis

ANY = st.floats(allow_nan=True, allow_infinity=True)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
EXPONENT = st.floats(-1000, 1000)


def is_exact(tick: Tick) -> bool:
    """Whether the label says the tick's value, to its last digit."""
    return tick.value == 0 or parse_number(tick.label) == tick.value


@given(FINITE, FINITE, st.integers(2, 12))
@example(2.535, 2.545, 3)
@example(-5.002, -5.0, 6)
@example(1e-320, 3e-320, 4)
@example(-1e308, 1e308, 5)
@example(1e10, 1e10 + 1e-4, 5)
def test_a_linear_label_stands_at_its_value(low: float, high: float, most: int):
    low, high = min(low, high), max(low, high)
    ticks = linear_ticks(low, high, most)
    assert len(ticks) <= most + 1
    assert all(is_exact(tick) and tick.place == tick.value for tick in ticks)
    slack = Decimal("1e-8") * (Decimal(high) - Decimal(low))
    for tick in ticks:
        place = Decimal(tick.place)
        assert Decimal(low) - slack <= place <= Decimal(high) + slack
    labels = [tick.label for tick in ticks]
    assert len(set(labels)) == len(labels)


@given(EXPONENT, st.floats(1e-6, 1000), st.integers(2, 10))
@example(-3.0, 0.2, 5)
@example(300.0, 700.0, 5)
def test_a_log_label_stands_at_its_logarithm(low: float, span: float, most: int):
    ticks = log_ticks(low, low + span, most)
    assert len(ticks) <= most + 1
    for tick in ticks:
        value = parse_number(tick.label)
        assert math.log10(value) == pytest.approx(tick.place, abs=1e-9)
        assert low - 1e-6 <= tick.place <= low + span + 1e-6


@given(st.integers(-30, 20), st.integers(0, 60), st.integers(1, 9))
def test_a_decade_stands_at_its_power(low: int, span: int, most: int):
    ticks = decade_ticks(low, low + span, most)
    assert 0 <= len(ticks) <= most
    assert all(parse_number(t.label) == pytest.approx(10.0**t.place) for t in ticks)


@given(ANY, ANY, st.floats(0, 20))
@example(0.0, 1.0, 1.9999999999999964)
def test_no_range_is_too_much_for_ticks(low: float, high: float, most: float):
    for ticks in (
        linear_ticks(low, high, most),
        linear_ticks(low, high, most, whole=True),
        log_ticks(low, high, most),
        decade_ticks(low, high, most),
    ):
        assert len(ticks) - 1 <= max(most, 1) * (1 + 1e-9)


def read_axis(axis: TickAxis, low: float, high: float) -> list[tuple[float, str]]:
    """What pyqtgraph draws: places and labels."""
    ((spacing, places),) = axis.tickValues(low, high, 300.0)
    return list(zip(places, axis.tickStrings(places, 1.0, spacing), strict=True))


@given(FINITE, FINITE)
@example(2.53, 2.56)
def test_the_value_axis_is_exact(qapp: QApplication, low: float, high: float):
    del qapp
    axis = ValueAxis()
    for place, label in read_axis(axis, min(low, high), max(low, high)):
        assert parse_number(label) == place


@given(st.floats(-400, 400), st.floats(0.01, 500))
def test_the_value_axis_is_exact_in_decades(
    qapp: QApplication, low: float, span: float
):
    del qapp
    axis = ValueAxis()
    axis.set_log(True)
    for place, label in read_axis(axis, low, low + span):
        assert math.log10(parse_number(label)) == pytest.approx(place, abs=1e-9)


@given(st.floats(-1e15, 1e15), st.floats(1, 1e15))
def test_steps_and_epochs_stand_where_they_are(
    qapp: QApplication, low: float, span: float
):
    del qapp
    for place, label in read_axis(StepAxis(), low, low + span):
        assert parse_number(label.removeprefix("step ")) == place
    scale = EpochScale()
    scale.note(0, 0.0, 100)
    scale.note(350, 4.5, 20)
    axis = EpochAxis()
    axis.set_scale(scale)
    for place, label in read_axis(axis, low, low + span):
        epoch = parse_number(label.removeprefix("epoch "))
        assert epoch == pytest.approx(scale.epoch_of(place), rel=1e-9)


def test_numbers_of_epochs_stand_apart_where_epochs_become_shorter(
    qapp: QApplication,
):
    del qapp
    scale = EpochScale()
    scale.note(0, 0.0, 100)
    scale.note(400, 4.0, 5)
    axis = EpochAxis()
    axis.set_scale(scale)
    metrics = QFontMetricsF(QFont())
    ticks = axis.ticks(0.0, 450.0, 900.0)
    assert [tick.value for tick in ticks][:2] == [2.0, 4.0]
    for left, right in pairwise(ticks):
        apart = 2 * (right.place - left.place)
        assert apart > metrics.horizontalAdvance(left.label + right.label) / 2


@given(
    st.lists(FINITE, min_size=4, max_size=4),
    st.booleans(),
    st.integers(2, 6),
)
@example([0.001, 1.0, 10.0, 200.0], True, 5)
@example([-5.0, 1.0, 10.0, 200.0], True, 5)
@example([-1e308, 0.0, 0.0, 1e308], True, 5)
@example([1e-320, 2e-320, 3e-320, 4e-320], False, 5)
def test_a_colour_scale_says_the_height_of_its_colours(
    heights: list[float], is_log: bool, count: int
):
    ends = np.asarray([0.0, 1.0])
    field = Field(ends, ends, np.asarray(heights).reshape(2, 2), is_log)
    for level, label in field.ticks(count):
        assert float(field.levels(parse_number(label))) == level


def test_decades_label_the_places_of_their_values():
    axis = Decades(-7, 2)
    for tick in axis.ticks(5):
        assert axis.place(parse_number(tick.label)) == axis.share(tick.place)


@pytest.mark.parametrize("values", [(-0.005, -0.004), (-3e-9, 2e-9), (2.535, 2.545)])
def test_the_value_axis_has_room_for_its_widest_label(
    qapp: QApplication, values: tuple[float, float]
):
    axis = ValueAxis()
    axis.setRange(*values)
    font = theme.figures_font(qapp.font())
    metrics = QFontMetrics(font)
    axis.fit_width(font)
    widest = max(
        metrics.horizontalAdvance(tick.label)
        for tick in axis.ticks(*values, axis.height())
    )
    assert axis.width() >= widest + 14  # of the panel's pad, beside the gap
