"""The chance of a seed, the same on every machine and in every version of Python."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Mutable: each draw is another one.

    Seed 0 draws nothing: it takes the first of what there is, which are the numbers of
    the lesson.
    """

    def __init__(self, key: str, seed: int) -> None:
        self.key = key
        self._name = f"{key}/{seed}"
        self.seed = seed
        self._draws = 0

    def below(self, count: int) -> int:
        """A number from 0 to count - 1."""
        self._draws += 1
        if self.seed == 0:
            return 0
        digest = hashlib.sha256(f"{self._name}/{self._draws}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % count

    def of(self, options: Sequence[T]) -> T:
        """One of them; the first for seed 0."""
        return options[self.below(len(options))]

    def decimal(self, own: str, low: str, high: str) -> Decimal:
        """A number between two, with the digits of `own`; that for seed 0."""
        first = Decimal(own)
        unit = Decimal(1).scaleb(int(first.as_tuple().exponent))
        steps = int((Decimal(high) - Decimal(low)) / unit)
        drawn = Decimal(low) + self.below(steps + 1) * unit
        return first if self.seed == 0 else drawn.quantize(unit)

    def some(self, options: Sequence[T], count: int) -> tuple[T, ...]:
        """Different ones, in a drawn order; the first ones for seed 0."""
        left = list(options)
        return tuple(left.pop(self.below(len(left))) for _ in range(count))
