"""Painters take any value: not finite, huge, tiny, or none at all."""

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.protocol.side_jobs.descents import GradientAngle
from gui.panels.descents.gradient_arrows import GradientArrows
from gui.panels.network_picture.painters.unit_painter import brief
from gui.panels.number_lines.line_stack import LineStack
from gui.panels.number_lines.lines import NumberLine
from gui.panels.playground.line_canvas import LineAxes
from gui.panels.playground.plane_picture import boundaries, read_classes
from gui.style.colours import region_table
from gui.style.number_format import signed
from gui.widgets.plots.contour_map import ContourMap
from gui.widgets.plots.field import Field, PathLine
from gui.widgets.plots.function_curve import FunctionCurve, FunctionPlot
from gui.widgets.plots.ranges import finite_range
from gui.widgets.plots.surface_view import SurfaceView

VALUES = (math.nan, math.inf, -math.inf, 1e308, -1e308, 1e-320, 0.0, -0.0)
GRIDS = [
    np.full((3, 3), math.nan),
    np.full((3, 3), 1e308),
    np.asarray([[-1e308, 0, 1e308], [math.inf, -math.inf, math.nan], [1, 2, 3]]),
    np.linspace(1e-320, 9e-320, 9).reshape(3, 3),
    np.zeros((3, 3)),
]


def painted(widget: QWidget, qtbot: QtBot) -> QImage:
    """Drawn without a word of Python or Qt; any of them fails the test."""
    qtbot.addWidget(widget)
    widget.resize(420, 320)
    image = widget.grab().toImage()
    assert not image.isNull()
    return image


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("heights", GRIDS)
@pytest.mark.parametrize("ends", [(-1.0, 1.0), (-1e308, 1e308), (1e-320, 9e-320)])
def test_maps_and_surfaces_take_any_heights(
    qtbot: QtBot, heights: np.ndarray, is_log: bool, ends: tuple[float, float]
):
    axis = np.asarray([ends[0], ends[0] / 2 + ends[1] / 2, ends[1]])
    field = Field(axis, axis, heights, is_log, unit="loss")
    points = [[0.0, 0.0], [3e38, -3e38], [math.nan, 0.0]]
    paths = (
        PathLine(np.asarray(points), (9, 9, 9)),
        PathLine(np.empty((0, 2)), (0,) * 3),
    )
    for widget in (ContourMap(), SurfaceView()):
        widget.show_field(field)
        widget.show_paths(paths, (math.nan, math.inf))
        painted(widget, qtbot)
        widget.show_paths(paths, (0.0, 0.0))
        painted(widget, qtbot)
    assert math.isfinite(field.height_at_level(0.5))


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("high", [1.0, math.inf, 1e308, math.nan])
def test_number_lines_take_any_value(qtbot: QtBot, value: float, high: float):
    stack = LineStack()
    line = NumberLine("parameter", "w", "a weight", value, value, -high, high)
    stack.show_lines((line, replace(line, kind="z"), replace(line, kind="cost")))
    painted(stack, qtbot)


@pytest.mark.parametrize("value", VALUES)
def test_the_curve_of_a_function_takes_any_height(qtbot: QtBot, value: float):
    curve = FunctionCurve()
    x = np.linspace(0, 10, 5)
    y = np.asarray([0.0, value, 1.0, -value, 0.5])
    top = value if math.isfinite(value) else 1.0
    curve.show_plot(FunctionPlot(x, y, (0.0, top), "x", (0.0, 10.0), (0.0, top), 3.0))
    painted(curve, qtbot)


@pytest.mark.parametrize("full", VALUES)
@pytest.mark.parametrize("batch", [0.0, 1.0, math.nan])
def test_gradients_of_any_length_are_arrows_or_none(
    qtbot: QtBot, full: float, batch: float
):
    arrows = GradientArrows()
    arrows.show_compared(GradientAngle(1, 100, 10, full, batch, 0.5, 0.1))
    painted(arrows, qtbot)


@pytest.mark.parametrize("n_classes", [1, 2, 3, 10, 12, 25])
def test_a_plane_has_colours_for_any_number_of_classes(n_classes: int):
    rng = np.random.default_rng(0)
    output = rng.normal(size=(n_classes, 8, 8)).astype(np.float32)
    output[0, 0] = [math.nan, math.inf, -math.inf, 1e38, -1e38, 0, 0, 1e-40]
    classes, confidence = read_classes(output, output, "softmax")
    table = region_table(dark=True)
    assert table[classes % len(table), 255].shape == (8, 8)
    assert confidence.shape == (8, 8)
    assert boundaries(output).shape[1] == 4


@pytest.mark.parametrize("value", VALUES)
def test_figures_of_units_take_any_value(value: float):
    assert brief(value)
    assert signed(value, 2)


def test_places_on_a_line_are_finite_for_any_value():
    axes = LineAxes(QRectF(0, 0, 100, 100), -1.0, 1.0)
    assert np.isfinite(axes.place(np.zeros(len(VALUES)), np.asarray(VALUES))).all()
    low, high = finite_range([np.asarray(VALUES), np.empty(0)])
    assert -math.inf < low < high < math.inf
    assert finite_range([np.asarray([math.nan])]) == (0.0, 0.0)
