"""What the lines of the network picture stand for."""

from types import SimpleNamespace
from typing import cast

import numpy as np

from gui.panels.network_picture.scene.quantity import edge_values, values_at
from gui.session.view_state import View


def test_the_signal_of_a_network_that_has_diverged_is_infinite_and_no_error() -> None:
    weights = np.array([[1e30, 2.0]], np.float32)
    trace = SimpleNamespace(layer=lambda _layer: np.array([1e30, 0.5], np.float32))
    view = cast("View", SimpleNamespace(params=[(weights, None)], trace=trace))
    expected = [[np.inf, 1.0]]
    np.testing.assert_array_equal(edge_values(view, "signal", 1), expected)
    units = sources = np.array([0])
    np.testing.assert_array_equal(
        values_at(view, "signal", 1, units, sources), [np.inf]
    )
