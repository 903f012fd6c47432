"""Where a perceptron has no answer every panel says so, and none shows a class."""

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from core.arrays import HostParams
from core.experiment.model import ONE_OUTPUT, DataSettings
from core.network.numpy.answers import NO_ANSWER
from gui.panels.network_picture.description import answer
from gui.panels.network_picture.headline import headline
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.panels.network_picture.painters.output_painter import mark_of
from gui.panels.playground.description import answer_text
from gui.panels.playground.plane_panel import PlanePanel
from gui.session.view_state import View
from gui.style import theme
from tests.gui.support.network_pictures import pixels_of
from tests.gui.support.plane_views import half_planes, plane_view, shown_panel

ONE = DataSettings(name="gaussians", outputs=ONE_OUTPUT)
SILENT: HostParams = ((np.zeros((1, 2), np.float32), np.zeros(1, np.float32)),)


def perceptron(params: HostParams) -> View:
    data = ONE if len(params[-1][1]) == 1 else DataSettings(name="gaussians")
    return plane_view(data, (), params, None, "step", "perceptron")


def pixels_in(panel: PlanePanel | NetworkPanel, colour: tuple[int, int, int]) -> int:
    apart = pixels_of(panel.grab().toImage())[..., :3].astype(int) - np.array(colour)
    return int(np.count_nonzero(np.abs(apart).max(axis=-1) < 3))


@pytest.mark.parametrize("discrete", [False, True])
def test_the_plane_is_in_no_classs_colour_where_nothing_is_answered(
    qtbot: QtBot, discrete: bool
) -> None:
    panel = shown_panel(qtbot, perceptron(SILENT))
    panel.canvas.set_discrete(on=discrete)
    qtbot.waitUntil(
        lambda: (
            panel.canvas.picture is not None
            and panel.canvas.picture.request.discrete == discrete
        )
    )
    picture = panel.canvas.picture
    assert picture is not None
    plane = theme.colours(dark=picture.request.dark).plane
    red, green, blue = plane
    assert np.all(picture.pixels == 0xFF000000 | red << 16 | green << 8 | blue)


def test_two_units_that_both_fire_leave_the_plane_neutral_between(
    qtbot: QtBot,
) -> None:
    weights = np.array([[1, 0], [0, 1]], np.float32)
    both = ((weights, np.zeros(2, np.float32)),)
    picture = shown_panel(qtbot, perceptron(both)).canvas.picture
    assert picture is not None
    side = len(picture.pixels)
    # x1 > 0 fires the first and x2 > 0 the second; rows go downwards.
    corners = picture.pixels[[[1, 1], [side - 2, side - 2]], [[1, side - 2]] * 2]
    assert corners[0, 1] == corners[1, 0]
    assert len(set(corners.ravel().tolist())) == 3


def test_every_text_says_that_there_is_no_answer() -> None:
    view = perceptron(SILENT)
    assert view.trace.predicted == NO_ANSWER
    assert answer_text(view, (2.0, 1.0)) == "(2.00, 1.00): no answer"
    assert headline(view).startswith("no answer")
    assert answer(view).startswith("no answer, true class ")
    sure = perceptron(half_planes())
    assert answer_text(sure, (3.0, 1.0)).startswith("(3.00, 1.00): rose")


def test_no_cross_stands_beside_an_output_that_was_not_answered(qtbot: QtBot) -> None:
    assert mark_of(1, 1, NO_ANSWER) == "none"
    assert mark_of(0, 1, NO_ANSWER) is None
    assert [mark_of(own, 1, 0) for own in (0, 1)] == ["wrong", "right"]
    assert mark_of(1, None, 1) is None
    view = perceptron(SILENT)
    view = replace(view, example=replace(view.example, label=1))
    panel = NetworkPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 480)
    panel.show()
    panel.set_view(view)
    wrong = theme.colours_of(panel).wrong
    assert pixels_in(panel, wrong) == 0
