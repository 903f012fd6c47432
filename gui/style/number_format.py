"""Numbers for display: fixed digits, a true minus sign, constant width."""

import math

import numpy as np

MINUS = "\N{MINUS SIGN}"


def fixed(value: float, digits: int = 4) -> str:
    """Fixed decimals after a column for the sign; "nan" and "inf" stay words."""
    if not math.isfinite(value):
        return str(value).replace("-", MINUS)
    text = f"{abs(value):.{digits}f}"
    negative = value < 0 and float(text) != 0
    return (MINUS if negative else "\N{FIGURE SPACE}") + text


def short(value: float) -> str:
    """Three significant digits, for scales and axes."""
    return f"{value:.3g}".replace("-", MINUS)


def full(value: float) -> str:
    """All digits of a float32, for tooltips."""
    return f"{value:.9g}".replace("-", MINUS)


def shortest(value: float) -> str:
    """The fewest digits that tell a float32 from all others: "0.35"."""
    if not math.isfinite(value):
        return str(value).replace("-", MINUS)
    return str(np.float32(value)).removesuffix(".0").replace("-", MINUS)


def counted(value: int, thing: str) -> str:
    """A count with its noun: "1 example", "1,000 examples"."""
    return f"{count(value)} {thing}" if value == 1 else f"{count(value)} {thing}s"


def count(value: int) -> str:
    """With thousands separators: "13,002"."""
    return f"{value:,}"
