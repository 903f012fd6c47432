"""Colours of activations, for whatever a network comes to."""

import math

import numpy as np
import pytest

from gui.panels.network_picture.scene.activation_scale import (
    UNBOUNDED,
    ActivationScale,
    ActivationScales,
)

MOST = float(np.finfo(np.float32).max)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "values",
    [
        [np.inf, -np.inf, np.nan, 0.0],
        [MOST, -MOST, 0.0, MOST / 2, -MOST / 3],
        [np.inf, 1.0, -1.0, 0.0],
        [0.5, -1.0, 0.25, 1e-30],
    ],
)
def test_every_number_has_its_colour_however_large(values: list[float]) -> None:
    shown = np.asarray(values, np.float32)
    scale = ActivationScales().of(1, UNBOUNDED, shown, dark=True, playing=False)
    assert scale.low == -scale.high
    for value, code in zip(shown.tolist(), scale.codes(shown).tolist(), strict=True):
        inside = 0.0 if math.isnan(value) else max(scale.low, min(value, scale.high))
        share = (inside / scale.high + 1) / 2
        if math.isfinite(value) or math.isnan(value):
            assert abs(code - 255 * share) <= 0.51


def test_a_small_scale_ends_in_its_outermost_colours() -> None:
    table = np.zeros((256, 3), np.uint8)
    scale = ActivationScale(-1.0, 1.0, table)
    shown = np.asarray([np.inf, -np.inf, 2.0, -2.0], np.float32)
    assert scale.codes(shown).tolist() == [255, 0, 255, 0]
