import numpy as np
import pytest

from core.data.point_space import LIMIT
from core.experiment.model import DataSettings
from core.network.numpy.forward import forward_trace
from core.values.network_spec import NetworkSpec
from gui.panels.playground.plane_picture import PlaneRequest, draw_plane, read_classes
from gui.session.responses import MOST_UNITS, ResponseRequest, grid, respond, side_for
from gui.session.view_state import View
from tests.gui.support.plane_views import half_planes, plane_view
from tests.gui.support.sample_views import sample_params


def request_of(view: View, side: int = 30) -> ResponseRequest:
    space = view.run.dataset.space
    assert space is not None
    return ResponseRequest(view.spec, view.params, space.features, 2, side)


@pytest.mark.parametrize("row", [0, 7, 29])
def test_responses_are_what_the_network_answers_at_each_point(row: int):
    view = plane_view(DataSettings("spiral", features=("x1", "x1*x2", "sin(x2)")))
    responses = respond(request_of(view))
    column = 11
    point = grid(2, 30)[:, row * 30 + column]
    space = view.run.dataset.space
    assert space is not None
    trace = forward_trace(view.spec, view.params, space.inputs(point[None])[0])
    for layer in range(view.spec.n_layers + 1):
        found = responses.layers[layer]
        assert found is not None
        assert found.shape == (view.spec.layer_sizes[layer], 30, 30)
        np.testing.assert_allclose(
            found[:, row, column], trace.layer(layer), rtol=1e-4, atol=1e-6
        )


def test_the_first_row_is_the_top_of_the_plane_and_the_first_column_its_left():
    x1, x2 = grid(2, 3)
    np.testing.assert_allclose(x1[:3], [-4, 0, 4])
    np.testing.assert_allclose(x2[::3], [4, 0, -4])
    assert grid(1, 4).tolist() == [[-4.5, -1.5, 1.5, 4.5]]
    assert LIMIT == 6


def test_layers_with_more_units_than_can_be_told_apart_keep_no_responses():
    spec = NetworkSpec((2, MOST_UNITS + 1, 2), ("relu", "softmax"))
    request = ResponseRequest(spec, sample_params(spec), ("x1", "x2"), 2, 25)
    layers = respond(request).layers
    assert [layer is None for layer in layers] == [False, True, False]


def test_wide_networks_get_a_coarser_plane_while_playing():
    small = NetworkSpec((2, 8, 8, 2), ("tanh", "tanh", "softmax"))
    wide = NetworkSpec((2, 1000, 1000, 2), ("tanh", "tanh", "softmax"))
    assert side_for(small, playing=True) == 200
    assert side_for(wide, playing=True) == 25
    assert side_for(wide, playing=False) == 50


def test_a_network_that_parts_the_plane_colours_its_halves():
    view = plane_view(hidden=(), params=half_planes())
    picture = draw_plane(PlaneRequest(request_of(view, 40), True, False))
    left, right = picture.pixels[20, 3], picture.pixels[20, 36]
    assert left >> 16 & 255 > left & 255  # orange
    assert right & 255 > right >> 16 & 255  # blue
    np.testing.assert_allclose(picture.lines[:, ::2], 0.5, atol=1e-6)
    assert len(picture.lines) == 39


def test_discrete_regions_have_the_full_colour_at_the_boundary():
    view = plane_view(hidden=(), params=half_planes(0.1))
    sure = draw_plane(PlaneRequest(request_of(view, 40), True, True)).pixels
    unsure = draw_plane(PlaneRequest(request_of(view, 40), True, False)).pixels
    assert len(np.unique(sure)) == 2
    assert len(np.unique(unsure)) > 10


def test_confidence_is_the_lead_of_the_largest_output():
    output = np.array([[0.7, 0.1], [0.2, 0.45], [0.1, 0.45]], np.float32)
    classes, confidence = read_classes(output, output, "softmax")
    assert classes.tolist() == [0, 1]
    np.testing.assert_allclose(confidence, [0.5, 0.0], atol=1e-6)
    apart = np.array([[1.0], [-1.0]], np.float32)
    _, halved = read_classes(apart, apart, "tanh")
    assert halved.tolist() == [1.0]
