"""What the mouse reads and chooses in a plot, the keys do, too."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.widgets.plots.contour_map import ContourMap
from gui.widgets.plots.curve_plot import CurvePlot
from gui.widgets.plots.field import Field

KEY = Qt.Key


@pytest.fixture
def field_map(qtbot: QtBot) -> ContourMap:
    shown = ContourMap()
    qtbot.addWidget(shown)
    x = np.linspace(-2.0, 2.0, 41)
    shown.show_field(Field(x, x, x[None] ** 2 + x[:, None] ** 2, unit="f"))
    shown.resize(400, 300)
    shown.show()
    return shown


def test_arrows_and_enter_choose_a_place_of_a_map(field_map: ContourMap) -> None:
    chosen: list[tuple[float, float]] = []
    field_map.place_chosen.connect(lambda x, y: chosen.append((x, y)))
    QTest.keyClick(field_map, KEY.Key_Return)
    assert chosen == []
    for key in (KEY.Key_Left, KEY.Key_Right, KEY.Key_Right, KEY.Key_Up, KEY.Key_Return):
        QTest.keyClick(field_map, key)
    assert chosen == [pytest.approx((0.2, 0.1))]


def test_plus_and_minus_zoom_a_map(field_map: ContourMap) -> None:
    zooms: list[float] = []
    field_map.zoom_requested.connect(zooms.append)
    QTest.keyClick(field_map, KEY.Key_Plus)
    QTest.keyClick(field_map, KEY.Key_Minus)
    assert zooms == [1.0, -1.0]


def test_arrows_read_a_curve_step_by_step(qtbot: QtBot) -> None:
    plot = CurvePlot("loss", "loss")
    qtbot.addWidget(plot)
    plot.set_steps((0.0, 50.0))
    read: list[float | None] = []
    plot.step_hovered.connect(read.append)
    for key in (
        KEY.Key_Left,
        KEY.Key_Left,
        KEY.Key_Home,
        KEY.Key_Right,
        KEY.Key_Escape,
    ):
        QTest.keyClick(plot, key)
    assert read == [49.0, 48.0, 0.0, 1.0, None]
