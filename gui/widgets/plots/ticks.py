"""Round numbers along an axis, each with a label that says exactly where it stands.

Ticks are counted in whole units of a power of ten, and both the place and the label
are made of that whole number: neither can be rounded away from the other.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from gui.style import tokens
from gui.style.notation import when_changed
from gui.style.number_format import as_printed, exponent_text, power_text

MOST_FIGURES: Final = 10
"""Of a label: where finer steps would need more, there are fewer ticks."""
_GAP: Final = float(tokens.space("row"))
"""Between two labels, in pixels."""
_MOST_IN_A_ROW: Final = 12
_SLACK: Final = Decimal("1e-9")
_PLAIN: Final = range(-4, 6)
"""Powers of ten of the largest label that are written out."""
_LOG_DIGITS: Final = ((1, 2, 3, 4, 5, 6, 7, 8), (1, 2, 5), (1, 3))
_DOUBLES: Final = (-323, 308)
"""The powers of ten that a float holds."""
_DOUBLING: Final = 0.3


@dataclass(frozen=True, slots=True)
class Tick:
    """A round number on an axis.

    Attributes:
        value: what the label says.
        place: where it stands on the axis: the value, or its log10 on a log axis.
        label: in the window's way of printing numbers.
    """

    value: float
    place: float
    label: str


@lru_cache(maxsize=128)
def linear_ticks(
    low: float, high: float, most: float, *, whole: bool = False
) -> tuple[Tick, ...]:
    """The 1-2-5 multiples between `low` and `high`, with at most `most` steps between.

    So one tick more than that at the most. A quotient of lengths may be a hair below a
    whole number, which counts as the whole one.

    Args:
        low: one end of the axis; what is not finite has no ticks.
        high: the other end.
        most: how many there is room for.
        whole: whether only whole numbers stand on this axis, all written out.
    """
    if not (math.isfinite(low) and math.isfinite(high)):
        return ()
    low, high = min(low, high), max(low, high)
    most = max(1.0, most)
    rough = high / most - low / most
    if not rough > 0:
        return ()
    digit, exponent = _step(rough)
    # Labels of neighbours differ in a digit that can still be printed.
    finest = _exponent(max(abs(low), abs(high))) - MOST_FIGURES + 1
    if whole:
        finest = max(finest, 0)
    if exponent < finest:
        digit, exponent = 1, finest
    step = Decimal(digit).scaleb(exponent)
    first = math.ceil(Decimal(low) / step - _SLACK)
    last = math.floor(Decimal(high) / step + _SLACK)
    units = [digit * k for k in range(first, last + 1)]
    labels = _labels(units, exponent, written_out=whole)
    values = [float(Decimal(n).scaleb(exponent)) for n in units]
    return tuple(Tick(v, v, t) for v, t in zip(values, labels, strict=True))


def ticks_that_fit(
    low: float,
    high: float,
    length: float,
    width_of: Callable[[str], float],
    *,
    most: int = _MOST_IN_A_ROW,
) -> tuple[Tick, ...]:
    """As many ticks below an axis as have room for their labels beside each other.

    Args:
        low: at its left end.
        high: at its right end.
        length: of the axis.
        width_of: of a label, in the same unit.
        most: more are never of use.
    """
    for number in range(most, 0, -1):
        ticks = linear_ticks(low, high, number)
        middles = [length * _share(tick.place, low, high) for tick in ticks]
        widths = [width_of(tick.label) for tick in ticks]
        ends = [m + w / 2 for m, w in zip(middles, widths, strict=True)]
        starts = [m - w / 2 for m, w in zip(middles, widths, strict=True)]
        if all(s - e >= _GAP for e, s in zip(ends, starts[1:], strict=False)):
            return ticks
    return ()


def _share(place: float, low: float, high: float) -> float:
    """Halved first: the range itself may be larger than any float."""
    return (place / 2 - low / 2) / (high / 2 - low / 2)


@lru_cache(maxsize=128)
def log_ticks(low: float, high: float, most: float) -> tuple[Tick, ...]:
    """Round numbers from 10**low to 10**high, at most about `most`."""
    if not (math.isfinite(low) and math.isfinite(high) and high > low):
        return ()
    most = max(1, int(most))
    if high - low < _DOUBLING:
        if not _DOUBLES[0] < low < high < _DOUBLES[1]:
            return ()
        ticks = linear_ticks(10.0**low, 10.0**high, most)
        return tuple(
            Tick(t.value, math.log10(t.value), t.label) for t in ticks if t.value > 0
        )
    if high - low <= most:
        for digits in _LOG_DIGITS:
            shown = _within(low, high, digits)
            if len(shown) <= most:
                return shown
    chosen = _spaced(low, high, most)
    return tuple(_log_tick(1, exponent) for exponent in chosen)


def decade_ticks(low: float, high: float, most: float) -> tuple[Tick, ...]:
    """Whole powers of ten from 10**low to 10**high, all written as such."""
    if not (math.isfinite(low) and math.isfinite(high) and high >= low):
        return ()
    return tuple(
        Tick(_float(1, k), float(k), power_text(k))
        for k in _spaced(low - 1e-9, high + 1e-9, max(1, int(most)))
    )


def _step(rough: float) -> tuple[int, int]:
    """Digit and power of ten of the smallest 1-2-5 step that is not below `rough`."""
    exponent = _exponent(rough)
    at_least = Decimal(rough) * (1 - _SLACK)
    for digit in (1, 2, 5):
        if Decimal(digit).scaleb(exponent) >= at_least:
            return digit, exponent
    return 1, exponent + 1


def _exponent(value: float) -> int:
    """Of the first digit."""
    return Decimal(value).adjusted()


def _labels(units: list[int], exponent: int, *, written_out: bool) -> list[str]:
    """Of whole multiples of ten to the exponent: all with the same decimals."""
    largest = max((abs(n) for n in units), default=0)
    top = len(str(largest)) - 1 + exponent
    power = 0 if written_out or largest == 0 or top in _PLAIN else top
    decimals = max(0, power - exponent)
    return [_label(n, exponent - power, decimals, power) for n in units]


def _label(units: int, exponent: int, decimals: int, power: int) -> str:
    if units == 0 and power:
        return "0"
    number = f"{Decimal(units).scaleb(exponent):,.{decimals}f}"
    return as_printed(number + exponent_text(power))


def _within(low: float, high: float, digits: Iterable[int]) -> tuple[Tick, ...]:
    """Those multiples of all powers of ten."""
    decades = range(
        max(math.floor(low), _DOUBLES[0]), min(math.ceil(high), _DOUBLES[1]) + 1
    )
    ticks = [_log_tick(k, d) for d in decades for k in digits]
    return tuple(t for t in ticks if low <= t.place <= high)


def _log_tick(digit: int, exponent: int) -> Tick:
    value = _float(digit, exponent)
    if exponent in _PLAIN:
        label = as_printed(f"{Decimal(digit).scaleb(exponent):,f}")
    elif digit == 1:
        label = power_text(exponent)
    else:
        label = f"{digit}{exponent_text(exponent)}"
    return Tick(value, math.log10(value) if value > 0 else exponent, label)


def _spaced(low: float, high: float, most: int) -> list[int]:
    """Whole exponents that a float has, evenly spaced, at most so many."""
    first = max(math.ceil(low), _DOUBLES[0])
    last = min(math.floor(high), _DOUBLES[1])
    every = max(1, -(-(last - first + 1) // most))
    return list(range(every * -(-first // every), last + 1, every))


def _float(digit: int, exponent: int) -> float:
    return float(f"{digit}e{exponent}")


when_changed(linear_ticks.cache_clear)
when_changed(log_ticks.cache_clear)
