"""The network picture in words, and its edges by keys."""

from dataclasses import replace

import numpy as np

from core.values.parameter import Parameter, Unit
from gui.panels.network_picture.description import network_part
from gui.panels.network_picture.readout import readout_of
from gui.panels.network_picture.scene.keyboard_navigation import entered
from gui.panels.network_picture.scene.layout import Layout, Measures, lay_out
from gui.session.view_state import View
from gui.widgets.accessible.parts import found
from tests.gui.support.sample_views import sample_view


def layout_of(view: View) -> Layout:
    shape = view.run.dataset.image_shape
    return lay_out(view.spec, shape, (800.0, 500.0), Measures(16, 60, 50, 0))


def test_layers_units_and_edges_say_what_the_readout_says() -> None:
    view = sample_view()
    picture = network_part(view, layout_of(view))
    assert len(picture.parts) == view.spec.n_layers + 1
    for selection, path in (
        (Unit(1, 2), (1, 2)),
        (Parameter(1, 2), (1, 2, 0)),
        (Parameter(1, 2, 5), (1, 2, 6)),
    ):
        chosen = replace(view, selection=selection)
        assert network_part(chosen, layout_of(view)).current == path
        part = found(picture, path)
        assert part is not None
        assert part.value == ", ".join(readout_of(view, selection).numbers)


def test_a_unit_has_an_edge_for_each_unit_before_it_and_its_bias() -> None:
    view = sample_view()
    for layer, (weights, _) in enumerate(view.params, start=1):
        unit = found(network_part(view, layout_of(view)), (layer, 0))
        assert unit is not None
        assert len(unit.parts) == weights.shape[1] + 1


def test_enter_goes_to_the_largest_edge_and_back() -> None:
    view = sample_view()
    edge = entered(view, Unit(1, 1))
    assert isinstance(edge, Parameter)
    largest = np.argmax(np.abs(view.params[0][0][1]))
    assert edge == Parameter(1, 1, int(largest))
    assert entered(view, edge) == Unit(1, 1)
    assert entered(view, Unit(0, 3)) is None
