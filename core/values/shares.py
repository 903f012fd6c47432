"""Shares as percentages, rounded the same wherever they are printed."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_KNOWN: Final = 7
"""A share in float32 is known to so many digits: what follows is no news."""


def percentage(share: float, digits: int = 2) -> str:
    """A finite share of moderate size in per cent: "83.23"; halves go up."""
    if not math.isfinite(share):
        return str(float(share))
    known = Decimal(f"{float(share):.{_KNOWN}f}") * 100
    return f"{known.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}"


def percent_text(share: float, digits: int = 2) -> str:
    """The same with its sign, as the window prints it too: "83.23 %"."""
    return f"{percentage(share, digits)} %"


def fractions_that_part(count: int) -> tuple[str, str] | None:
    """The least and the largest fraction that part so many examples in two.

    Rounded towards the middle, so that each of them can be given as it is written.
    None where there are too few to part.
    """
    if count < 2:
        return None
    digits = len(str(count)) + 1
    scale = 10**digits
    least, largest = -(-scale // count), scale * (count - 1) // count
    texts = [f"{n / scale:.{digits}f}".rstrip("0") for n in (least, largest)]
    return texts[0], texts[1]
