import numpy as np
import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from gui.style import theme
from gui.widgets.probability_bars import ProbabilityBars, figure, output_range

F32 = np.float32


@pytest.fixture
def bars(qtbot: QtBot) -> ProbabilityBars:
    bars = ProbabilityBars()
    qtbot.addWidget(bars)
    bars.resize(400, 120)
    bars.set_classes(("a", "b", "c"), "softmax")
    bars.show()
    return bars


def full_pixels(bars: ProbabilityBars, place: int) -> int:
    """Pixels of the full colour in the middle of a row."""
    image: QImage = bars.grab().toImage()
    y = int((place + 0.5) * bars._row_height())
    row = [image.pixelColor(x, y).getRgb()[:3] for x in range(image.width())]
    return sum(pixel == theme.colours_of(bars).ink1 for pixel in row)


def test_bars_are_as_long_as_the_outputs(bars: ProbabilityBars):
    bars.set_values(np.asarray([0.1, 0.8, 0.1], F32), 1)
    long = full_pixels(bars, 1)
    bars.set_values(np.asarray([0.3, 0.4, 0.3], F32), 1)
    short = full_pixels(bars, 1)
    assert short > 50
    assert long == pytest.approx(2 * short, abs=2)


def test_only_the_winner_has_the_full_colour(bars: ProbabilityBars):
    bars.set_values(np.asarray([0.3, 0.4, 0.3], F32), 1)
    assert bars.winner == 1
    assert full_pixels(bars, 1) > 0
    assert full_pixels(bars, 0) == full_pixels(bars, 2) == 0


def test_values_that_are_no_numbers_have_no_winner_and_no_bar(bars: ProbabilityBars):
    bars.set_values(np.asarray([np.nan, 0.4, 0.3], F32), 0)
    assert bars.winner is None
    assert not bars.grab().isNull()


def test_figures_are_percentages_only_where_outputs_sum_to_one():
    assert figure("softmax", 0.9312) == "93.1 %"
    assert figure("sigmoid", 0.9312).strip("\N{FIGURE SPACE}") == "0.931"
    assert figure("tanh", -0.5) == "\N{MINUS SIGN}0.500"
    assert figure("softmax", float("nan")) == "nan"


def test_unbounded_outputs_span_their_own_largest_size():
    assert output_range("identity", np.asarray([0.5, -4.0], F32)) == (-4.0, 4.0)
    assert output_range("identity", np.asarray([0.0, np.inf], F32)) == (-1.0, 1.0)
    assert output_range("tanh", np.asarray([0.1], F32)) == (-1.0, 1.0)


def test_as_many_values_as_classes_are_required(bars: ProbabilityBars):
    with pytest.raises(ValueError, match="3 classes"):
        bars.set_values(np.zeros(4, F32))


def test_other_classes_empty_the_bars(bars: ProbabilityBars):
    bars.set_values(np.asarray([0.3, 0.4, 0.3], F32))
    bars.set_classes(("x", "y"), "softmax")
    assert bars.values is None
    assert bars.shown_rows() == (0, 1)
