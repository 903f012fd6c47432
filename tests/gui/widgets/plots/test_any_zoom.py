"""However far the wheel turns, a plot of curves can be painted."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.plots.ranges import (
    LOG_BOUND,
    PLOT_BOUND,
    VALUE_BOUND,
    bounded_range,
    fitted_range,
)


def plot_of(qtbot: QtBot, values: list[float], *, is_log: bool) -> CurvePlot:
    plot = CurvePlot("loss", "loss")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.set_log(is_log)
    line = plot.add_line("curve_train")
    plot.set_steps((0.0, 16.0))
    drawn = plot.drawn(np.asarray(values))
    finite = drawn[np.isfinite(drawn)]
    if len(finite):
        fitted = fitted_range(
            float(finite.min()), float(finite.max()), None, is_log=is_log
        )
        plot.set_heights(fitted)
    line.setData(x=np.arange(len(values), dtype=float), y=drawn)
    plot.show()
    return plot


def turn(plot: CurvePlot, at: QPoint, times: int, direction: int) -> None:
    place = QPointF(at)
    for _ in range(times):
        event = QWheelEvent(
            place,
            QPointF(plot.mapToGlobal(at)),
            QPoint(),
            QPoint(0, 1200 * direction),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(plot.viewport(), event)


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("direction", [1, -1])
@pytest.mark.parametrize("at", [QPoint(20, 150), QPoint(200, 150)])
def test_the_wheel_stops_where_no_axis_could_be_drawn(
    qtbot: QtBot, is_log: bool, direction: int, at: QPoint
):
    plot = plot_of(qtbot, [0.5, 0.25, 2.0], is_log=is_log)
    turn(plot, at, 300, direction)
    plot.grab()
    bound = LOG_BOUND if is_log else PLOT_BOUND
    assert all(math.isfinite(end) for end in (*plot.steps, *plot.heights))
    assert all(abs(end) <= bound for end in plot.heights)
    assert plot.steps[0] < plot.steps[1]
    assert plot.heights[0] < plot.heights[1]


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize(
    "values",
    [
        [],
        [math.nan, math.inf],
        [1e308, -1e308],
        [1e-320, 3e-320],
        [0.0, 0.0],
        [math.nan, 1.0, math.inf, -1.0],
    ],
)
def test_a_plot_paints_any_values(qtbot: QtBot, values: list[float], is_log: bool):
    plot = plot_of(qtbot, values, is_log=is_log)
    assert not plot.grab().isNull()
    plot.show_marks(1.0, [(value, "curve_test") for value in values])
    assert not plot.grab().isNull()


@pytest.mark.parametrize("low", [0.0, 1e308, -1e308, 1e-320, math.inf, -math.inf])
@pytest.mark.parametrize("high", [0.0, 1e308, 1e-320, 1.0, math.inf])
def test_a_bounded_range_is_finite_and_not_empty(low: float, high: float):
    found = bounded_range(low, high, VALUE_BOUND)
    assert found is not None
    assert -math.inf < found[0] < found[1] < math.inf


def test_no_number_bounds_no_range():
    assert bounded_range(math.nan, 1.0, VALUE_BOUND) is None
    assert bounded_range(0.0, math.nan, VALUE_BOUND) is None
