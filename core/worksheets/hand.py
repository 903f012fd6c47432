"""Arithmetic as it is done by hand: with the printed digits, halves rounded up.

An answer is computed from numbers as they are printed, and is itself rounded before it
is used again; so whoever computes with the printed numbers finds the printed answer.
"""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Final

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

    Whoever does not find a number there has computed it wrongly.
    """
    exact = sorted(set(needed))
    step = Decimal("0.05")
    others = [exact[0] - k * step for k in (1, 2, 3)]
    others += [exact[-1] + k * step for k in (1, 2, 3)]
    gaps = pairwise(exact)
    others += [rounded((a + b) / 2, 4) for a, b in gaps if b - a > step]
    low, high = within
    places = sorted({*exact, *(trimmed(z) for z in others if low < z < high)})
    variable, label = name.split("|")
    return Table(
        (variable, *(shown(trimmed(z)) for z in places)),
        ((Cell(label), *(given(rounded(function(z), digits)) for z in places)),),
    )
