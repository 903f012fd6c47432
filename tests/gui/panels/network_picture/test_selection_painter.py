"""A selected line has the colour of its sign, and none without one."""

import math
from types import SimpleNamespace
from typing import cast

import pytest

from gui.panels.network_picture.painters.selection_painter import colour_of_value
from gui.panels.network_picture.scene.scene import Scene
from gui.style import theme

COLOURS = theme.colours(dark=True)


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        (0.3, COLOURS.positive),
        (-0.3, COLOURS.negative),
        (0.0, COLOURS.ink3),
        (math.nan, COLOURS.ink3),
        (None, COLOURS.ink3),
    ],
)
def test_a_value_without_a_sign_has_no_signs_colour(
    value: float | None, colour: theme.Rgb
) -> None:
    scene = cast("Scene", SimpleNamespace(colours=COLOURS))
    assert colour_of_value(scene, value) == colour
