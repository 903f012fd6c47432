"""Colours of activations, for whatever a network comes to."""

import numpy as np
import pytest

from gui.panels.network_picture.scene.activation_scale import (
    UNBOUNDED,
    ActivationScales,
)

MOST = float(np.finfo(np.float32).max)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ([np.inf, -np.inf, np.nan, 0.0], [255, 0, 128, 128]),
        ([MOST, -MOST, 0.0, MOST / 2], [255, 0, 128, 191]),
        ([np.inf, 1.0, -1.0, 0.0], [255, 255, 0, 128]),
    ],
)
def test_the_largest_numbers_have_the_outermost_colours(
    values: list[float], codes: list[int]
) -> None:
    shown = np.asarray(values, np.float32)
    scale = ActivationScales().of(1, UNBOUNDED, shown, dark=True, playing=False)
    found = scale.codes(shown)
    assert np.abs(found - codes).max() <= 1
