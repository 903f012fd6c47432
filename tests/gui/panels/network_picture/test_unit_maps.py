"""Units of the network picture that show their response over the plane."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.experiment.model import DataSettings
from core.values.parameter import Unit
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.panels.network_picture.scene.activation_scale import ActivationScales
from gui.panels.network_picture.scene.layout import SMALLEST_MAP
from gui.panels.network_picture.scene.unit_maps import _Drawing
from gui.session.responses import ResponseRequest, grid
from gui.style.signed_scale import round_up
from tests.gui.support.network_pictures import canvas_pixels, shown_panel, unit_point
from tests.gui.support.plane_views import plane_view
from tests.gui.support.sample_views import sample_view


def quarters(panel: NetworkPanel, layer: int, unit: int) -> list[list[int]]:
    """The colours in the middles of the upper left, upper right, ... quarter."""
    layout = panel.canvas.layout_shown
    assert layout is not None
    column = layout.columns[layer]
    pixels = canvas_pixels(panel)
    found = []
    for up in (-0.5, 0.5):
        for across in (-0.5, 0.5):
            x = column.x + across * column.radius
            y = column.y_of(unit) + up * column.radius
            found.append(pixels[round(y), round(x)].tolist())
    return found


def test_an_inputs_picture_is_blue_where_it_is_positive(qtbot: QtBot):
    data = DataSettings("xor", features=("x1", "x2", "x1*x2"))
    panel = shown_panel(qtbot, plane_view(data))
    signs = [[q[2] > q[0] for q in quarters(panel, 0, unit)] for unit in range(3)]
    assert signs[0] == [False, True, False, True]
    assert signs[1] == [True, True, False, False]
    assert signs[2] == [False, True, True, False]


def test_a_hidden_units_picture_is_its_response(qtbot: QtBot):
    weights = np.array([[3, 0], [0, -3]], np.float32)
    out = np.zeros((2, 2), np.float32)
    params = ((weights, np.zeros(2, np.float32)), (out, np.zeros(2, np.float32)))
    panel = shown_panel(qtbot, plane_view(hidden=(2,), params=params))
    first = [q[2] > q[0] for q in quarters(panel, 1, 0)]
    second = [q[2] > q[0] for q in quarters(panel, 1, 1)]
    assert first == [False, True, False, True]
    assert second == [False, False, True, True]


@pytest.mark.parametrize("side", [7, 24, 50])
def test_the_scale_of_pictures_does_not_depend_on_their_size(side: int):
    view = plane_view(hidden=(2,))
    space = view.run.dataset.space
    assert space is not None
    # The highest point is a corner, which small pictures have no pixel for.
    corner = grid(2, 100).max()
    weights = np.full((2, 2), 1.0001 * 20 / (2 * corner), np.float32)
    params = ((weights, np.zeros(2, np.float32)), *view.params[1:])
    spec = replace(view.spec, activations=("relu", "softmax"))
    request = ResponseRequest(spec, params, space.features, 2, 100)
    drawn = _Drawing(request, (side,) * 3, ActivationScales(), dark=True, playing=False)
    layer = drawn().of(1)
    assert layer is not None
    assert layer.scale.high == round_up(1.0001 * 20) > 20


def test_units_that_are_too_small_for_a_picture_stay_circles(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view(hidden=(8, 40)))
    layout = panel.canvas.layout_shown
    assert layout is not None
    assert [c.style for c in layout.columns] == ["maps", "maps", "circles", "maps"]
    assert layout.columns[1].radius >= SMALLEST_MAP


def test_units_on_images_stay_circles(qtbot: QtBot):
    layout = shown_panel(qtbot, sample_view()).canvas.layout_shown
    assert layout is not None
    assert all(c.style != "maps" for c in layout.columns)


def test_a_click_on_a_picture_selects_its_unit(qtbot: QtBot):
    panel = shown_panel(qtbot, plane_view(hidden=(8,)))
    with qtbot.waitSignal(panel.selection_made) as made:
        at = unit_point(panel, 1, 5)
        QTest.mouseClick(panel.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert made.args == [Unit(1, 5)]
