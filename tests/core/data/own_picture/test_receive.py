import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.data.normalise import normalise
from core.data.own_picture.picture import LONGEST, read_own_picture
from core.data.own_picture.reading import NO_INK, Received, receive
from tests.core.data.own_picture.drawn import (
    in_ink,
    of_grey,
    photos,
    seven,
)

EXPECTED = normalise(seven())
"""The ink alone, white on black, as the drawing pad gives it."""
PHOTOS = photos()


def texts(received: Received) -> dict[str, str]:
    return {step.key: step.text for step in received.steps}


def assert_read(received: Received, *, apart: float = 0.01) -> None:
    """The same image as from the ink alone, in the mean of its grey levels."""
    assert not received.problem
    assert np.abs(received.image - EXPECTED).mean() < apart * EXPECTED.mean()


@pytest.mark.parametrize("ink", [0.0, 1.0])
def test_ink_on_a_transparent_ground_is_read_whether_black_or_white(ink: float):
    drawn = seven()
    received = receive(of_grey(np.full_like(drawn, ink), drawn))
    assert_read(received)
    ground = "black" if ink else "white"
    assert f"shown on {ground}" in texts(received)["ground"]


@pytest.mark.parametrize("dark_ink", [True, False])
def test_paper_and_slate_are_told_apart(dark_ink: bool):
    drawn = seven()
    received = receive(of_grey(1 - drawn if dark_ink else drawn))
    assert_read(received)
    assert texts(received)["invert"].startswith("Inverted" if dark_ink else "Not")


@pytest.mark.parametrize("name", list(PHOTOS))
def test_a_photo_is_read_as_its_ink_alone(name: str):
    assert_read(receive(PHOTOS[name]), apart=0.05)


def test_a_digit_in_the_corner_of_a_large_page_is_found():
    page = seven((1000, 750), width=9, at=(600, 400), scale=0.4)
    right = np.arange(1000, dtype=np.float32) / 1000
    received = receive(of_grey((0.5 + 0.4 * right) * (1 - 0.8 * page)))
    # Its middle may be rounded to the next pixel.
    shifts = itertools.product((-1, 0, 1), repeat=2)
    moved = [np.roll(received.image, shift, axis=(0, 1)) for shift in shifts]
    apart = min(float(np.abs(image - EXPECTED).mean()) for image in moved)
    assert apart < 0.2 * EXPECTED.mean()
    # A page of 1,000 pixels is kept as 768.
    words = texts(received)["crop"].split()
    size = float(words[4]), float(words[6])
    assert size == pytest.approx((55 * 0.768, 71 * 0.768), abs=3)


@pytest.mark.parametrize(
    ("paper", "ink"),
    [
        ((0.2, 0.6, 0.2), (0.9, 0.27, 0.2)),
        ((1.0, 1.0, 1.0), (1.0, 0.95, 0.2)),
        ((0.1, 0.2, 0.8), (1.0, 1.0, 1.0)),
    ],
)
def test_coloured_ink_stands_out_from_paper_as_light_as_it(
    paper: tuple[float, ...], ink: tuple[float, ...]
):
    assert_read(receive(in_ink(paper, ink)))


def test_each_step_is_switched_and_says_the_other_thing():
    picture = PHOTOS["the shadow of a hand"]
    usual = receive(picture)
    assert [step.key for step in usual.steps] == [
        *("invert", "light", "threshold", "specks", "crop", "strokes", "centre")
    ]
    assert all(step.is_on for step in usual.steps)
    for step in usual.steps[:5]:
        other = receive(picture, choices={step.key: False})
        changed = next(one for one in other.steps if one.key == step.key)
        assert not changed.is_on
        assert changed.text != step.text
        assert not np.array_equal(other.image, usual.image), step.key


def test_without_the_threshold_shades_are_as_faint_as_in_the_picture():
    pencil = of_grey(np.float32(0.8) - np.float32(0.2) * seven())
    steps = {"threshold": False, "strokes": False}
    # A fifth of black less than paper of 0.8 is a contrast of a quarter.
    assert receive(pencil, choices=steps).image.max() == pytest.approx(0.25, abs=0.01)
    assert receive(pencil).image.max() > 0.95


def test_without_cropping_the_whole_picture_is_received():
    received = receive(of_grey(1 - seven()), choices={"crop": False})
    ink = seven().reshape(28, 5, 28, 5).mean(axis=(1, 3))
    assert np.abs(received.image - ink).mean() < 0.02
    assert "whole picture is fitted into 28" in received.steps[-1].text


def test_a_narrow_shape_has_as_large_a_margin():
    image = receive(of_grey(1 - seven()), (16, 24)).image
    assert image.shape == (16, 24)
    rows = np.flatnonzero((image > 0.02).any(axis=1))
    assert rows[-1] - rows[0] + 1 == 11  # 16 * 20 / 28


@pytest.mark.parametrize("name", ["white", "grain", "light that falls off", "clear"])
def test_a_picture_without_ink_says_so(name: str):
    shape = (120, 90)
    grain = np.random.default_rng(0).normal(0, 0.02, shape).astype(np.float32)
    white = np.ones(shape, np.float32)
    falls = np.float32(0.3) + np.linspace(0, 0.6, 90, dtype=np.float32) + grain / 2
    grounds = {"grain": white - 0.1 + grain, "light that falls off": falls}
    opacity = np.zeros_like(white) if name == "clear" else None
    received = receive(of_grey(grounds.get(name, white), opacity))
    assert received.problem.startswith(NO_INK)
    assert not received.image.any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (400, 3)])
def test_a_picture_of_a_line_is_read_without_an_error(shape: tuple[int, int]):
    assert receive(of_grey(np.ones(shape, np.float32))).problem


def test_a_large_picture_is_kept_small_and_its_size_said(tmp_path: Path):
    path = tmp_path / "page.png"
    Image.fromarray(np.full((1000, 1600), 200, np.uint8)).save(path)
    picture = read_own_picture(path)
    assert picture.pixels.shape == (480, LONGEST, 4)
    assert (picture.size, picture.name) == ((1600, 1000), "page.png")
    assert (picture.pixels[..., :3] == 200).all()


def test_a_photo_on_its_side_is_turned_and_so_is_its_size(tmp_path: Path):
    path = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (2400, 1200), "white").save(path, exif=exif)
    picture = read_own_picture(path)
    assert picture.size == (1200, 2400)
    assert picture.pixels.shape == (LONGEST, LONGEST // 2, 4)


def test_the_pad_and_a_picture_of_it_are_received_alike():
    assert np.abs(receive(of_grey(seven())).image - EXPECTED).max() <= 2 / 255
