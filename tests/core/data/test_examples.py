import numpy as np

from core.data.examples import MOST_PICTURES, pictures_of

CODES = np.array([0, 1, 1, 0], np.int32)
NAMES = ("cat", "dog")


def test_grey_pictures_are_shown_with_their_classes():
    x = np.arange(4 * 6, dtype=np.uint8).reshape(4, 2, 3)
    found = pictures_of(x, CODES, NAMES, CODES)
    assert found is not None
    assert found.labels == ("cat", "dog", "dog", "cat")
    np.testing.assert_array_equal(found.images[3], x[3])


def test_coloured_pictures_are_shown_whichever_side_the_colours_stand():
    x = np.random.default_rng(0).integers(0, 256, (4, 5, 6, 3), np.uint8)
    last = pictures_of(x, CODES, NAMES, CODES)
    first = pictures_of(x.transpose(0, 3, 1, 2), CODES, NAMES, CODES)
    assert last is not None
    assert first is not None
    np.testing.assert_array_equal(last.images[2], x[2])
    np.testing.assert_array_equal(first.images[2], x[2])


def test_numbers_of_other_ranges_are_shown_from_black_to_white():
    unit = np.array([[[0.0, 0.5], [1.0, 0.2]]])
    found = pictures_of(unit, np.array([2.5]), (), CODES)
    assert found is not None
    np.testing.assert_array_equal(found.images[0], [[0, 128], [255, 51]])
    assert found.labels == ("2.5",)
    signed = pictures_of(2 * unit - 1, np.array([2.5]), (), CODES)
    assert signed is not None
    np.testing.assert_array_equal(signed.images[0], found.images[0])


def test_those_shown_are_spread_over_all():
    x = np.zeros((1000, 2, 2))
    codes = np.repeat(np.arange(4), 250).astype(np.int32)
    found = pictures_of(x, codes, ("a", "b", "c", "d"), codes)
    assert found is not None
    assert len(found.images) == MOST_PICTURES
    assert set(found.labels) == {"a", "b", "c", "d"}


def test_rows_of_numbers_are_no_pictures():
    assert pictures_of(np.zeros((4, 9)), CODES, NAMES, CODES) is None
    assert pictures_of(np.zeros((4, 9, 1)), CODES, NAMES, CODES) is None
