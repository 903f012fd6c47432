"""The rules of `data.scaling`: what is done to the numbers of the data."""

import math
import re
from dataclasses import dataclass
from typing import Final

NONE: Final = "none"
TO_ONE: Final = "0..1"
STANDARDISED: Final = "standardised"
OVERALL: Final = " overall"
WORDS: Final = (
    NONE,
    TO_ONE,
    TO_ONE + OVERALL,
    STANDARDISED,
    STANDARDISED + OVERALL,
)
ALLOWED: Final = (
    f"one of {', '.join(WORDS)}, or a mean and a deviation such as "
    "(x - 0.1307) / 0.3081; empty is the usual of the data"
)
_NUMBER: Final = r"[-+]?[0-9.]{1,20}(?:e[-+]?[0-9]{1,3})?"
_GIVEN: Final = re.compile(rf"\(x - ({_NUMBER})\) / ({_NUMBER})")


@dataclass(frozen=True, slots=True)
class ScalingRule:
    """What is done to the numbers of the data.

    Attributes:
        kind: NONE, TO_ONE or STANDARDISED by the training part; or "given".
        is_overall: one mean and deviation for all inputs, else one for each.
        mean, deviation: those that are given, of pictures with white as 1.
    """

    kind: str
    is_overall: bool = False
    mean: float = 0.0
    deviation: float = 1.0


def parse_scaling(text: str) -> ScalingRule:
    """The rule of a text that is not empty.

    Raises:
        ValueError: there is none of that name, or a number is impossible.
    """
    if text in WORDS:
        return ScalingRule(text.removesuffix(OVERALL), text.endswith(OVERALL))
    found = _GIVEN.fullmatch(text)
    if found is None:
        raise ValueError(text)
    mean, deviation = float(found[1]), float(found[2])
    if not (math.isfinite(mean) and math.isfinite(deviation) and deviation > 0):
        raise ValueError(text)
    return ScalingRule("given", True, mean, deviation)
