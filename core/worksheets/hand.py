"""Arithmetic as it is done by hand: with the printed digits, halves rounded up.

An answer is computed from numbers as they are printed, and is itself rounded before it
is used again; so whoever computes with the printed numbers finds the printed answer.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

from core.worksheets.chance import Chance
from core.worksheets.model import Cell, Table

MINUS: Final = "\N{MINUS SIGN}"
Number = Decimal | int | str
Function = Callable[[Decimal], Decimal]


def rounded(value: Number, digits: int = 4) -> Decimal:
    """To so many digits after the point; a half goes away from zero."""
    found = Decimal(value).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return abs(found) if found == 0 else found


def trimmed(value: Decimal) -> Decimal:
    """Without zeros at its end."""
    found = value.normalize()
    return found.quantize(Decimal(1)) if found == found.to_integral() else found


def shown(value: Number) -> str:
    """As it is printed: text as it is, numbers with a true minus sign."""
    if isinstance(value, str):
        return value
    text = f"{value:,}" if isinstance(value, int) else f"{value:,f}"
    return text.replace("-", MINUS)


def given(value: Number) -> Cell:
    """A printed number or word."""
    return Cell(shown(value))


def blank(value: Number) -> Cell:
    """An answer."""
    return Cell(shown(value), left_out=True)


def sum_of(parts: Iterable[Decimal]) -> Decimal:
    """Of decimals; 0 without any."""
    return sum(parts, Decimal(0))


def sigmoid(z: Decimal) -> Decimal:
    return 1 / (1 + (-z).exp())


def tanh(z: Decimal) -> Decimal:
    return 2 * sigmoid(2 * z) - 1


def minus_log(p: Decimal) -> Decimal:
    return -p.ln()


def look_up(
    name: str,
    function: Function,
    needed: Iterable[Decimal],
    digits: int = 4,
    within: tuple[int, int] = (-100, 100),
) -> Table:
    """A printed table of a function, with what is needed among its neighbours.

    Whoever does not find a number there has computed it wrongly. Neither the distances
    nor the digits tell which numbers are the needed ones: they are all irregular, and
    printed alike.
    """
    exact = sorted(set(needed))
    places = _among_neighbours(exact, within)
    decimals = _decimals(exact)
    variable, label = name.split("|")
    return Table(
        (variable, *(shown(rounded(z, decimals)) for z in places)),
        ((Cell(label), *(given(rounded(function(z), digits)) for z in places)),),
    )


_LEAST_DISTANCE: Final = Decimal("0.05")
_BEYOND: Final = 3
"""Neighbours below the smallest number that is needed, and above the largest."""
_MOST_BETWEEN: Final = 5
"""Neighbours between them."""


def _decimals(exact: Sequence[Decimal]) -> int:
    """Digits after the point of the one that has most."""
    return max(-int(trimmed(z).as_tuple().exponent) for z in exact)


def _among_neighbours(
    exact: Sequence[Decimal], within: tuple[int, int]
) -> list[Decimal]:
    span = exact[-1] - exact[0]
    distance = max(_LEAST_DISTANCE, span / _MOST_BETWEEN)
    chance = Chance(f"look up {exact}", 1)
    low = exact[0]
    others = set()
    for _ in range(_BEYOND):
        low -= _uneven(distance, chance)
        others.add(low)
    high = exact[-1]
    for _ in range(_BEYOND):
        high += _uneven(distance, chance)
        others.add(high)
    for below, above in pairwise(exact):
        parts = int((above - below) / distance) + 1
        even = (above - below) / parts
        for k in range(1, parts):
            others.add(below + (k - 1) * even + _uneven(even, chance))
    decimals = _decimals(exact)
    near = {rounded(z, decimals) for z in others}
    return sorted({*exact, *(z for z in near if within[0] < z < within[1])})


def _uneven(distance: Decimal, chance: Chance) -> Decimal:
    """From 0.6 to 1.4 times a distance."""
    return distance * (60 + chance.below(81)) / 100
