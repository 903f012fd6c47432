"""A printed table of a function does not tell which of its numbers are asked for."""

from decimal import Decimal
from itertools import pairwise

import pytest

from core.worksheets.hand import look_up, sigmoid
from core.worksheets.make import lesson_sheet
from tests.core.worksheets.reading import heads, number

CASES = [
    ("0.3790", "0.3180"),
    ("0.3790", "0.3183"),
    ("1.2345", "-0.5"),
    ("-0.2004",),
    ("2", "1", "0", "0.5"),
]


def places_for(needed: tuple[str, ...]) -> list[str]:
    return list(look_up("z|sigmoid", sigmoid, map(Decimal, needed)).header[1:])


@pytest.mark.parametrize("needed", CASES)
def test_all_numbers_are_there_and_printed_with_as_many_digits(
    needed: tuple[str, ...],
) -> None:
    places = places_for(needed)
    assert {number(z) for z in needed} <= {number(z) for z in places}
    assert len(places) >= len(needed) + 6
    assert len({len(z.partition(".")[2]) for z in places}) == 1


@pytest.mark.parametrize("needed", CASES[:4])
def test_no_distance_is_more_common_than_others(needed: tuple[str, ...]) -> None:
    gaps = [b - a for a, b in pairwise(number(z) for z in places_for(needed))]
    assert len(set(gaps)) == len(gaps)
    assert max(gaps) < 4 * min(gaps)


@pytest.mark.parametrize("seed", range(6))
def test_the_sheet_of_descent_by_hand_gives_its_sums_away_to_nobody(seed: int) -> None:
    places = [number(z) for z in heads(lesson_sheet("by-hand", "By hand", seed))[0][1:]]
    gaps = [b - a for a, b in pairwise(places)]
    assert gaps.count(number("0.05")) <= 1
