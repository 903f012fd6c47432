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
