"""Curves as they are painted: above the grid, as thick as the screen is fine, whole."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.style import theme
from gui.style.fonts import scale_of
from gui.widgets.plots.curve_plot import CurvePlot
from tests.gui.support.painted_texts import painted_texts


def plot_of(qtbot: QtBot, scale: float = 1.0) -> CurvePlot:
    plot = CurvePlot("loss", "loss")
    qtbot.addWidget(plot)
    font = QApplication.font()
    font.setPointSizeF(scale * font.pointSizeF())
    plot.setFont(font)
    plot.resize(400, 160)
    plot.set_steps((0.0, 100.0))
    plot.set_heights((-3.0, 103.0))
    return plot


def painted(plot: CurvePlot, ratio: float = 1.0) -> np.ndarray:
    """Brightness of each pixel of the plot on a screen of so many to a point."""
    size = plot.viewport().size() * ratio
    image = QImage(size, QImage.Format.Format_Grayscale8)
    image.setDevicePixelRatio(ratio)
    plot.show()
    plot.viewport().render(image, QPoint())
    rows = np.frombuffer(image.constBits(), np.uint8)
    return rows.reshape(image.height(), -1)[:, : image.width()].astype(float)


def place_of(plot: CurvePlot, step: float, value: float) -> QPointF:
    return plot.getViewBox().mapViewToScene(QPointF(step, value))


def test_no_line_of_the_grid_crosses_a_curve(qtbot: QtBot) -> None:
    plot = plot_of(qtbot)
    line = plot.add_line("curve_train", width=2)
    line.setData(x=np.array([50.0, 50.0]), y=np.array([0.0, 100.0]))
    pixels = painted(plot)
    top, bottom = (place_of(plot, 50, value) for value in (100, 0))
    x = round(top.x())
    rows = slice(round(top.y()) + 2, round(bottom.y()) - 2)
    away = pixels[rows, x + 40]
    assert away.max() - away.min() > 5, "no line of the grid to cross"
    ink = pixels[rows, x - 2 : x + 3].min(axis=1)
    assert ink.max() - ink.min() <= 1


@pytest.mark.parametrize("ratio", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("width", [1.5, 2.0])
def test_a_curve_is_as_thick_as_type_and_screen_ask_for(
    qtbot: QtBot, width: float, scale: float, ratio: float
) -> None:
    plot = plot_of(qtbot, scale)
    line = plot.add_line("curve_train", width=width)
    line.setData(x=np.array([0.0, 100.0]), y=np.array([35.0, 37.0]))
    pixels = painted(plot, ratio)
    middle = round(ratio * place_of(plot, 50, 36).x())
    ground, ink = (pixels.max(), float(theme.colours_of(plot).curve_train[0]))
    reach = round(ratio * place_of(plot, 50, 36).y())
    around = slice(reach - round(6 * ratio), reach + round(6 * ratio))
    shares = (ground - pixels[around, middle - 20 : middle + 20]) / (ground - ink)
    thick = shares.sum(axis=0).mean() / ratio
    assert thick == pytest.approx(width * scale_of(plot.font()), abs=0.1)


def test_a_slanted_curve_has_no_steps(qtbot: QtBot) -> None:
    plot = plot_of(qtbot)
    line = plot.add_line("curve_train", width=2)
    line.setData(x=np.array([0.0, 100.0]), y=np.array([33.0, 47.0]))
    pixels = painted(plot)
    start, end = place_of(plot, 10, 35), place_of(plot, 90, 45)
    part = pixels[
        round(end.y()) - 1 : round(start.y()) + 1, round(start.x()) : round(end.x())
    ]
    assert len(np.unique(part)) > 20


def test_many_batches_leave_the_plot_light(qtbot: QtBot) -> None:
    plot = plot_of(qtbot, 1.5)
    noisy = plot.add_line("curve_train", width=1, is_noisy=True)
    x = np.linspace(0, 100, 300)
    noisy.setData(x=x, y=np.where(np.arange(300) % 2, 80.0, 20.0))
    fine = painted(plot, 3.0)
    top, bottom = (place_of(plot, 50, value).y() for value in (70, 30))
    left, right = (place_of(plot, step, 50).x() for step in (10, 90))
    part = fine[round(3 * top) : round(3 * bottom), round(3 * left) : round(3 * right)]
    assert (part < 128).mean() < 0.5


def test_the_dot_of_the_first_step_is_whole(qtbot: QtBot) -> None:
    plot = plot_of(qtbot)
    points = plot.add_points("curve_test")
    points.setData(x=np.array([0.0, 50.0]), y=np.array([50.0, 50.0]))
    pixels = painted(plot)

    def dot(step: float) -> np.ndarray:
        place = place_of(plot, step, 50)
        x, y = round(place.x()), round(place.y())
        return pixels[y - 5 : y + 6, x - 5 : x + 6] < 200

    assert dot(0).sum() > 20
    assert abs(int(dot(0).sum()) - int(dot(50).sum())) <= 6


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_first_step_is_named_at_any_size_of_type(
    qtbot: QtBot, scale: float
) -> None:
    plot = plot_of(qtbot, scale)
    plot.resize(600, 300)
    plot.show()
    assert "step 0" in {one.text for one in painted_texts(plot)}
