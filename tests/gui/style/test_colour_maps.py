"""The signs' colours for each kind of colour blindness, as such eyes see them.

The eyes are those of Machado, Oliveira and Fernandes, "A physiologically-based model
for simulation of color vision deficiency", 2009, at severity 1; distances are CIELAB's
of 1976, under the white of sRGB.
"""

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from gui.style import theme, tokens
from gui.style.signed_scale import ZERO_CODE, code_colours
from tests.gui.style.test_tokens import contrast

Matrix = npt.NDArray[np.float64]
EYES: dict[str, Matrix] = {
    "protan": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deutan": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritan": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
    "plain": np.eye(3),
}
TO_XYZ: Matrix = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
SAFE = 20
"""Below it, two colours may be taken for each other; 10 can just be told."""


def lab(rgb: Any, eyes: str) -> Matrix:
    """CIELAB of a colour of sRGB as these eyes see it."""
    share = np.asarray(rgb, dtype=np.float64) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    seen = np.clip(EYES[eyes] @ linear, 0, 1)
    t = TO_XYZ @ seen / TO_XYZ.sum(axis=1)
    f = np.where(t > (6 / 29) ** 3, np.cbrt(t), t / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: Any, other: Any, eyes: str) -> float:
    return float(np.linalg.norm(lab(one, eyes) - lab(other, eyes)))


@pytest.fixture(autouse=True)
def usual_maps_again() -> Iterator[None]:
    yield
    tokens.use_maps(tokens.USUAL_MAPS)


def signs(maps: str, *, dark: bool) -> tuple[theme.Rgb, theme.Rgb]:
    tokens.use_maps(maps)
    colours = theme.colours(dark=dark)
    return colours.positive, colours.negative


def test_lab_is_that_of_the_standard() -> None:
    # Of red, as every table of sRGB gives it.
    assert lab((255, 0, 0), "plain") == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    # Who sees no red takes this green and this brown for the same.
    assert distance((0, 128, 0), (150, 115, 0), "deutan") < SAFE
    assert distance((0, 128, 0), (150, 115, 0), "plain") > 2 * SAFE


@pytest.mark.parametrize("eyes", ["deutan", "protan", "tritan"])
@pytest.mark.parametrize("dark", [True, False])
def test_the_maps_of_these_eyes_keep_the_signs_further_apart(
    eyes: str, dark: bool
) -> None:
    usual = distance(*signs(tokens.USUAL_MAPS, dark=dark), eyes)
    own = distance(*signs(eyes, dark=dark), eyes)
    assert own > usual + 10
    assert own > 120


@pytest.mark.parametrize("eyes", ["deutan", "protan", "tritan"])
@pytest.mark.parametrize("dark", [True, False])
def test_values_of_the_same_size_and_other_sign_differ_from_an_early_code_on(
    eyes: str, dark: bool
) -> None:
    tokens.use_maps(eyes)
    table = code_colours(dark=dark)
    channels = np.stack([table >> 16 & 255, table >> 8 & 255, table & 255], axis=1)
    far = [
        distance(channels[ZERO_CODE + k], channels[ZERO_CODE - k], eyes)
        for k in range(0, 128, 4)
    ]
    assert far[0] == 0
    assert all(one > SAFE for one in far[4:]), far
    plane = theme.colours(dark=dark).plane
    assert tuple(channels[ZERO_CODE].tolist()) == plane


@pytest.mark.parametrize("maps", ["deutan", "protan", "tritan"])
@pytest.mark.parametrize("dark", [True, False])
def test_signs_of_all_maps_are_seen_and_their_texts_can_be_read(
    maps: str, dark: bool
) -> None:
    tokens.use_maps(maps)
    colours = theme.colours(dark=dark)
    texts = product(("positive_text", "negative_text"), ("plane", "chrome"))
    weak = [
        (text, ground)
        for text, ground in texts
        if contrast(colours.named(text), colours.named(ground)) < 4.5
    ]
    assert weak == []
    for mark in (colours.positive, colours.negative, colours.selection):
        assert contrast(mark, colours.plane) >= 3
    # A ring of what is selected is never taken for an edge below zero.
    assert distance(colours.selection, colours.negative, maps) > SAFE


def test_words_for_the_colours_follow_the_maps() -> None:
    assert theme.sign_words() == ("blue", "orange")
    tokens.use_maps("tritan")
    assert theme.sign_words() == ("turquoise", "red")


MAPS = (tokens.USUAL_MAPS, "deutan", "protan", "tritan")
TOLD = 10
"""Between classes, each of which has a mark of its own, too."""


def eyes_for(maps: str) -> tuple[str, ...]:
    """Of a room in which these maps are chosen."""
    return ("plain",) if maps == tokens.USUAL_MAPS else (maps, "plain")


@pytest.mark.parametrize("maps", MAPS)
@pytest.mark.parametrize("dark", [True, False])
def test_no_class_can_be_taken_for_a_sign(maps: str, dark: bool) -> None:
    tokens.use_maps(maps)
    colours = theme.colours(dark=dark)
    signs = {"positive": colours.positive, "negative": colours.negative}
    like = {
        (k, sign, eyes): round(distance(rgb, signs[sign], eyes), 1)
        for k, rgb in enumerate(colours.classes, start=1)
        for sign, eyes in product(signs, eyes_for(maps))
        if distance(rgb, signs[sign], eyes) < SAFE
    }
    assert like == {}


@pytest.mark.parametrize("maps", MAPS)
@pytest.mark.parametrize("dark", [True, False])
def test_classes_are_seen_and_told_from_each_other_and_from_curves(
    maps: str, dark: bool
) -> None:
    tokens.use_maps(maps)
    colours = theme.colours(dark=dark)
    classes = list(enumerate(colours.classes, start=1))
    assert all(contrast(rgb, colours.plane) >= 3 for _, rgb in classes)
    for eyes in eyes_for(maps):
        close = [
            (one, other)
            for (one, a), (other, b) in combinations(classes, 2)
            if distance(a, b, eyes) < TOLD
        ]
        assert close == [], eyes
        # Two classes are what most planes have.
        assert distance(*colours.classes[:2], eyes) > SAFE
    curves = (colours.curve_test, colours.curve_validation)
    same = [k for (k, a), b in product(classes, curves) if distance(a, b, "plain") < 10]
    assert same == []
