"""Samples of lines in tables and legends are true to the lines."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.style import theme
from gui.style.contrast import contrast
from gui.style.series import (
    SAMPLE,
    SAMPLE_WIDTH,
    dashes,
    map_ground,
    sample,
    sample_on_map,
)

PLACES = range(8)


def strokes_of(place: int) -> np.ndarray:
    """(width,) whether each pixel along the sample is inked."""
    picture = sample(place, (255, 255, 255)).toImage()
    picture = picture.convertToFormat(QImage.Format.Format_ARGB32)
    middle = picture.height() // 2
    inked = [picture.pixelColor(x, middle).alpha() > 127 for x in range(40)]
    return np.array(inked)


@pytest.mark.parametrize("place", PLACES)
def test_a_sample_shows_a_whole_period_and_the_next_stroke(
    place: int, qtbot: QtBot
) -> None:
    del qtbot
    pattern = [SAMPLE_WIDTH * length for length in dashes(place)]
    inked = strokes_of(place)
    if not pattern:
        assert inked.all()
        return
    assert sum(pattern) + 2 <= SAMPLE.width()
    ends = np.flatnonzero(np.diff(inked.astype(int))) + 1
    expected = np.cumsum(pattern)
    np.testing.assert_allclose(ends[: len(expected)], expected, atol=1)


def test_every_two_samples_differ(qtbot: QtBot) -> None:
    del qtbot
    for one, other in combinations(PLACES, 2):
        differing = np.count_nonzero(strokes_of(one) != strokes_of(other))
        assert differing >= 4, (one, other)


@pytest.mark.parametrize("place", PLACES)
def test_a_line_of_a_map_stands_on_the_ground_of_the_map(
    place: int, qtbot: QtBot
) -> None:
    del qtbot
    picture = sample_on_map(place).toImage()
    middle = picture.height() // 2
    row = {picture.pixelColor(x, middle).getRgb()[:3] for x in range(4, 36)}
    assert theme.on_map().series[place] in row
    assert contrast(theme.on_map().series[place], map_ground()) > 4.5
    assert picture.pixelColor(20, 2).getRgb()[:3] == map_ground()
