"""Where a surface is not defined it has no colour, and says so."""

import math

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from gui.style import theme
from gui.widgets.plots.field import Field, contour_picture
from gui.widgets.plots.field_description import UNDEFINED, field_part, place_text
from gui.widgets.plots.surface_view import SurfaceView

SIDE = np.linspace(-1, 1, 21)


@pytest.fixture
def half() -> Field:
    """The logarithm of x, which negative numbers and 0 do not have."""
    with np.errstate(all="ignore"):
        return Field(SIDE, SIDE, np.tile(np.log(SIDE), (21, 1)), unit="f")


def test_only_defined_places_of_a_map_have_a_colour(half: Field):
    picture = contour_picture(half, theme.landscape_table(dark=True), 41, 41)
    assert not picture[:, :21].any()
    assert (picture[:, 22:] >> 24 == 0xFF).all()
    # Nor does the edge rise to the highest colour, as if it were a wall.
    assert half.level_at([(0.1 - 0.04, 0.0)])[0] == pytest.approx(0.0, abs=0.01)


def test_a_place_without_a_height_says_so(half: Field):
    assert place_text(half, (-0.5, 0.0)).endswith(UNDEFINED)
    assert half.height_at((0.5, 0.0)) == pytest.approx(math.log(0.5))
    nothing = Field(SIDE, SIDE, np.full((21, 21), math.nan))
    assert field_part("map", nothing, (), None).value == UNDEFINED
    assert nothing.ticks() == []


def test_a_surface_has_no_pieces_where_nothing_is_defined(half: Field, qtbot: QtBot):
    view = SurfaceView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.azimuth, view.elevation = 0.0, 90.0
    view.show_field(half)
    drawn = view._surface(half)
    for x, seen in ((-0.25, False), (0.25, True)):
        place = view.to_pixels(np.asarray((x, 0.1, 0.0))) * drawn.devicePixelRatio()
        colour = drawn.toImage().pixelColor(*place.round().astype(int).tolist())
        assert (colour.alpha() == 255) is seen
