import pytest

from gui.style import theme
from gui.style.contrast import LEAST_OF_TEXT, contrast, name_colour, text_on


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [True, False])
def test_the_name_of_every_line_can_be_read(dark: bool) -> None:
    colours = theme.colours(dark=dark)
    lines = [*colours.series, colours.curve_train, colours.curve_test]
    lines.append(colours.curve_validation)
    names = [name_colour(rgb, colours) for rgb in lines]
    assert all(contrast(name, colours.plane) >= LEAST_OF_TEXT for name in names)
    # What can be read already keeps its line's colour.
    assert name_colour(colours.curve_train, colours) == colours.curve_train


def test_what_is_written_on_any_colour_can_be_read() -> None:
    greys = [(grey, grey, grey) for grey in range(256)]
    blues = [(20, grey, 255 - grey // 4) for grey in range(256)]
    assert all(contrast(text_on(rgb), rgb) >= LEAST_OF_TEXT for rgb in greys + blues)
