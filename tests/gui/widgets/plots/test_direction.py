"""A plot is the same in a language that is written from the right."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.network.numpy.activations.table import ACTIVATIONS
from gui.panels.experiment_form.choice_plots import plot_of_activation
from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.plots.function_curve import FunctionCurve


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Turns the application round until the end of the test."""
    yield lambda: qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def function_curve() -> QWidget:
    curve = FunctionCurve(None, height=150)
    curve.show_plot(plot_of_activation(ACTIVATIONS["tanh"]))
    return curve


def curve_plot() -> QWidget:
    plot = CurvePlot("loss", "loss")
    plot.set_steps((0.0, 100.0))
    return plot


@pytest.mark.parametrize("make", [function_curve, curve_plot])
def test_its_numbers_stand_where_they_stand_in_other_languages(
    qtbot: QtBot, mirrored: Callable[[], None], make: Callable[[], QWidget]
):
    pictures = []
    for _ in range(2):
        widget = make()
        qtbot.addWidget(widget)
        widget.resize(340, 160)
        pictures.append(widget.grab().toImage())
        mirrored()
    assert pictures[0] == pictures[1]
