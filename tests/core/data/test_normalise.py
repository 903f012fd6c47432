import numpy as np
import pytest
from PIL import Image, ImageDraw

from core.data.normalise import (
    normalise,
    stroke_width,
)


def drawing(
    stroke: list[tuple[float, float]], size: int = 280, width: int = 22
) -> np.ndarray:
    """White lines on black, as the drawing pad makes them."""
    image = Image.new("L", (size, size))
    ImageDraw.Draw(image).line(stroke, fill=255, width=width, joint="curve")
    return np.asarray(image)


SEVEN = [(80, 60), (200, 60), (120, 220)]


def ink_extent(image: np.ndarray) -> tuple[int, int]:
    rows = np.flatnonzero((image > 0.02).any(axis=1))
    columns = np.flatnonzero((image > 0.02).any(axis=0))
    return rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1


def centre_of_mass(image: np.ndarray) -> np.ndarray:
    steps = np.arange(28)
    mass = image.sum()
    return np.array([image.sum(1) @ steps, image.sum(0) @ steps]) / mass


def test_an_empty_image_gives_zeros():
    result = normalise(np.zeros((280, 280), np.uint8))
    assert result.shape == (28, 28)
    assert result.dtype == np.float32
    assert not result.any()


@pytest.mark.parametrize("size", [14, 28, 280, 1000])
def test_ink_of_any_size_is_fitted_into_twenty_pixels(size: int):
    scale = size / 280
    stroke = [(x * scale, y * scale) for x, y in SEVEN]
    image = drawing(stroke, size=size, width=max(1, round(22 * scale)))
    result = normalise(image)
    assert result.dtype == np.float32
    assert max(ink_extent(result)) == 20
    assert 0.9 < result.max() <= 1
    assert result.min() == 0


def test_the_aspect_is_kept():
    tall = normalise(drawing([(140, 40), (140, 240)]))
    assert ink_extent(tall)[0] == 20
    assert ink_extent(tall)[1] <= 4


@pytest.mark.parametrize("offset", [(-60, -40), (0, 0), (60, 30)])
def test_the_mass_is_centred_wherever_it_was_drawn(offset: tuple[int, int]):
    stroke = [(x + offset[0], y + offset[1]) for x, y in SEVEN]
    centre = centre_of_mass(normalise(drawing(stroke)))
    assert np.abs(centre - 14).max() <= 0.5 + 1e-3


def test_moving_a_drawing_changes_nothing():
    moved = [(x + 31, y - 17) for x, y in SEVEN]
    assert np.array_equal(normalise(drawing(SEVEN)), normalise(drawing(moved)))


def test_bytes_and_floats_give_the_same():
    image = drawing(SEVEN)
    as_floats = image.astype(np.float32) / 255
    assert np.array_equal(normalise(image), normalise(as_floats))


def test_a_normalised_image_stays_as_it_is():
    once = normalise(drawing(SEVEN))
    assert np.abs(normalise(once) - once).max() <= 0.5 / 255


@pytest.mark.parametrize(("width", "scale"), [(2, 1.0), (4, 1.0), (22, 1.0), (22, 0.4)])
def test_strokes_come_out_about_as_broad_as_in_mnist(width: int, scale: float):
    stroke = [(x * scale, y * scale) for x, y in SEVEN]
    result = normalise(drawing(stroke, width=width))
    assert 1.6 <= stroke_width(result) <= 4.4
    assert result.max() > 0.9


def test_a_blot_that_is_no_stroke_survives():
    image = np.full((50, 50), 255, np.uint8)
    assert normalise(image).sum() > 300


def test_an_image_with_colours_is_refused():
    with pytest.raises(ValueError, match="rows, columns"):
        normalise(np.zeros((28, 28, 3), np.uint8))
