"""Numbers that can be checked by hand: printed sums and products are exact."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import RealArray
from gui.style.number_format import as_printed, exponent_text, fixed, plain
from gui.style.number_input import parse_number

DIGITS: Final = 4
_FIGURES: Final = range(4, 18)
_DECIMALS: Final = range(DIGITS, 13)


def exponent_for(largest: float) -> int:
    """A power of a thousand to factor out of small numbers, so that digits remain."""
    if not math.isfinite(largest) or largest <= 0 or largest >= 0.01:
        return 0
    return max(-45, 3 * math.floor(math.log10(largest) / 3))


def scaled(value: float, exponent: int, digits: int = DIGITS) -> str:
    """`value` in units of ten to the exponent, with fixed decimals."""
    return fixed(value / 10.0**exponent, digits)


def scaled_figures(value: float, exponent: int, figures: int = 3) -> str:
    """`scaled`, with as many decimals as leave at least these significant figures."""
    units = value / 10.0**exponent
    if units == 0 or abs(units) >= 10.0 ** (figures - 1 - DIGITS):
        return scaled(value, exponent)
    return significant(units, figures)


@dataclass(frozen=True, slots=True)
class ExactSum:
    """A sum with its largest terms; all values in units of the last printed digit.

    Attributes:
        exponent: of the power of ten of the printed numbers.
        order: indices of the terms that are printed, the largest first.
        rest_count: how many are not printed.
        rest: the sum of those.
        rounding: the difference by rounding between the sum of the printed numbers
            and the printed total; it is printed too unless it is 0.
    """

    exponent: int
    order: tuple[int, ...]
    rest_count: int
    rest: float
    rounding: float


def printed_sum(
    terms: RealArray, total: float, *, bias: float | None = None, most: int = 8
) -> ExactSum:
    """Choose the terms to print of total = sum of terms + bias."""
    with np.errstate(all="ignore"):
        sizes = np.nan_to_num(np.abs(terms.astype(np.float64)), nan=np.inf)
        sizes = np.minimum(sizes, np.finfo(np.float64).max)
        count = min(most, len(terms))
        chosen = np.argpartition(-sizes, count - 1)[:count]
        order = tuple(int(k) for k in chosen[np.argsort(-sizes[chosen], kind="stable")])
        left = np.delete(terms.astype(np.float64), order)
        rest = float(np.sum(left))
    largest = max([abs(total), *(abs(float(terms[k])) for k in order)], default=0.0)
    exponent = exponent_for(largest)
    printed = [float(terms[k]) for k in order] + [rest]
    if bias is not None:
        printed.append(bias)
    rounding = rounding_between(printed, total, exponent)
    return ExactSum(exponent, order, len(left), rest, rounding)


def rounding_between(values: list[float], total: float, exponent: int) -> float:
    """The printed total minus the sum of the printed values; 0 where not finite."""
    unit = 10.0 ** (exponent - DIGITS)
    if not all(math.isfinite(v) for v in (*values, total)):
        return 0.0
    last_digits = round(
        _digit(total, exponent) - sum(_digit(v, exponent) for v in values)
    )
    return last_digits * unit


def _digit(value: float, exponent: int) -> int:
    """The printed value in units of its last digit."""
    return round(float(f"{value / 10.0**exponent:.{DIGITS}f}") * 10**DIGITS)


def significant(value: float, figures: int = 4) -> str:
    """This many significant figures, with a power of ten where that is shorter."""
    if not math.isfinite(value):
        return plain(value)
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(abs(value)))
    if -4 <= exponent < 6:
        decimals = max(0, figures - 1 - exponent)
        return plain(value, decimals)
    mantissa, _, power = f"{value:.{figures - 1}e}".partition("e")
    return as_printed(f"{mantissa}{exponent_text(int(power))}")


def product_texts(
    factors: list[float], exponent: int | None = None
) -> tuple[list[str], str]:
    """Factors with as many figures as make their printed product come out.

    Args:
        factors: doubles, so that no product is rounded before it is printed.
        exponent: the power of ten that the product is printed in, with fixed decimals;
            None prints its significant figures.
    """

    def printed(value: float) -> str:
        return significant(value) if exponent is None else scaled(value, exponent)

    product = math.prod(factors)
    result = printed(product)
    texts = [significant(f) for f in factors]
    if not math.isfinite(product):
        return texts, result
    for figures in _FIGURES:
        texts = [significant(f, figures) for f in factors]
        if printed(math.prod(parse_number(t) for t in texts)) == result:
            break
    return texts, result


def digits_of_factors(
    factors: Sequence[tuple[RealArray, int]], products: RealArray, exponent: int
) -> int:
    """Decimals that make the printed product of each row of two columns come out.

    Args:
        factors: columns, each with the power of ten that it is printed in.
        products: of the rows, in doubles.
        exponent: the power of ten that they are printed in.
    """
    for digits in _DECIMALS:
        rows = zip(*(values.tolist() for values, _ in factors), strict=True)
        if all(
            scaled(_product_as_printed(row, factors, digits), exponent)
            == scaled(product, exponent)
            for row, product in zip(rows, products.tolist(), strict=True)
        ):
            return digits
    return _DECIMALS[-1]


def _product_as_printed(
    row: tuple[float, ...], factors: Sequence[tuple[RealArray, int]], digits: int
) -> float:
    shown = [
        float(f"{value / 10.0**power:.{digits}f}") * 10.0**power
        for value, (_, power) in zip(row, factors, strict=True)
    ]
    return math.prod(shown)
