"""Which steps are kept: dense at first, then evenly on a log scale, within a bound."""

import math
from typing import Final

RATIO: Final = 1.02
"""Of two kept steps one after the other, where nothing else limits them."""


class KeptSteps:
    """Mutable: the steps whose weights are on disk.

    Each is at least `ratio` times the one before. When they exceed the bound, the ratio
    is squared and those that are too close are dropped; the first and the newest stay.

    Args:
        n_bytes: of the weights of one step.
        bound: most bytes of all together.
        every: keep multiples of it alone; None chooses.
    """

    def __init__(self, n_bytes: int, bound: int, every: int | None = None) -> None:
        self.steps: list[int] = []
        self.ratio = RATIO
        self._most = max(2, bound // max(1, n_bytes))
        self._every = every

    def wants(self, step: int) -> bool:
        """Whether a step is far enough from the last one that is kept."""
        if not self.steps:
            return True
        if step <= self.steps[-1]:
            return False
        if self._every is not None and step % self._every:
            return False
        return step >= self._next_after(self.steps[-1])

    @property
    def next_wanted(self) -> int:
        """The first step after the last kept one that `wants` says yes to."""
        if not self.steps:
            return 0
        last = self.steps[-1]
        if self._every is not None:
            return (last // self._every + 1) * self._every
        return math.ceil(self._next_after(last))

    def keep(self, step: int) -> list[int]:
        """Keep a step; returns those that make room for it."""
        self.steps.append(step)
        dropped: list[int] = []
        while len(self.steps) > self._most:
            self.ratio = self.ratio**2
            if self._every is not None:
                self._every *= 2
            dropped += self._thin()
        return dropped

    def _next_after(self, step: int) -> float:
        # With `every` they lie evenly, as asked for.
        return step + 1 if self._every is not None else max(step + 1, step * self.ratio)

    def _thin(self) -> list[int]:
        kept = self.steps[:1]
        for step in self.steps[1:-1]:
            is_far = step >= self._next_after(kept[-1])
            if is_far and (self._every is None or step % self._every == 0):
                kept.append(step)
        kept.append(self.steps[-1])
        dropped = [step for step in self.steps if step not in set(kept)]
        self.steps = kept
        return dropped
