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
    "(x - 0.1307) / 0.3081, for each input or colour (x - [5.1, 3.5]) / [0.8, 0.4]; "
    "empty is the usual of the data"
)
_NUMBER: Final = r"[-+]?[0-9.]{1,20}(?:e[-+]?[0-9]{1,3})?"
_MOST_NUMBERS: Final = 100_000
_NUMBERS: Final = rf"{_NUMBER}|\[{_NUMBER}(?:, ?{_NUMBER})*\]"
_GIVEN: Final = re.compile(rf"\(x - ({_NUMBERS})\) / ({_NUMBERS})")


@dataclass(frozen=True, slots=True)
class ScalingRule:
    """What is done to the numbers of the data.

    Attributes:
        kind: NONE, TO_ONE or STANDARDISED by the training part; or "given".
        is_overall: one mean and deviation for all inputs, else one for each.
        means, deviations: those that are given, of pictures with white as 1; one, or
            one for each input, or of coloured pictures one for each colour.
    """

    kind: str
    is_overall: bool = False
    means: tuple[float, ...] = (0.0,)
    deviations: tuple[float, ...] = (1.0,)


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
    means, deviations = _numbers(found[1]), _numbers(found[2])
    count = max(len(means), len(deviations))
    if not {len(means), len(deviations)} <= {1, count}:
        raise ValueError(text)
    # One of them for all, where the other is for each.
    means, deviations = (
        part if len(part) == count else part * count for part in (means, deviations)
    )
    if not all(map(math.isfinite, (*means, *deviations))) or min(deviations) <= 0:
        raise ValueError(text)
    return ScalingRule("given", count == 1, means, deviations)


def _numbers(text: str) -> tuple[float, ...]:
    parts = text.strip("[]").split(",")
    if len(parts) > _MOST_NUMBERS:
        raise ValueError(text)
    return tuple(float(part) for part in parts)
