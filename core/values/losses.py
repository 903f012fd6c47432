"""A loss as text, rounded the same wherever it is printed."""

from typing import Final

_LEAST: Final = 1e-3
_LARGEST: Final = 1e4
_FIGURES: Final = 3


def printed_loss(value: float) -> str:
    """Four decimals; significant digits where those say nothing: "3.9e-05"."""
    is_usual = value == 0 or _LEAST <= abs(value) < _LARGEST
    return f"{value + 0.0:.4f}" if is_usual else f"{value:.{_FIGURES}g}"
