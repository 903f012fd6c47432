"""Whole numbers in the texts of a lesson."""

from typing import Final

MOST_DIGITS: Final = 9
_SPLITS: Final = ("test", "train")


def small_whole(text: str) -> int | None:
    """Of at most nine digits from 0 to 9; None for anything else."""
    is_whole = text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS
    return int(text) if is_whole else None


def example_of(text: str) -> tuple[str, int] | None:
    """Read `test 12` or `train 3`; None for anything else."""
    split, _, number = text.partition(" ")
    place = small_whole(number)
    return (split, place) if split in _SPLITS and place is not None else None
