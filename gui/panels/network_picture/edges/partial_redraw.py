"""Chooses the parts of a picture to redraw when there is no time for all."""

from typing import Final

WHOLE_SECONDS: Final = 0.006
"""A picture of up to this processor time is always drawn as a whole."""
TURN_SECONDS: Final = 0.004
"""Processor time of the redrawn parts otherwise."""
_FADING: Final = 0.3


class PartialRedraw:
    """Takes the parts in turn; remembers the cost and the step of each.

    Args:
        count: number of parts.
    """

    def __init__(self, count: int) -> None:
        self._seconds = [0.0] * count
        self._steps = [0] * count
        self._next = 0

    @property
    def all(self) -> list[int]:
        return list(range(len(self._seconds)))

    @property
    def steps(self) -> tuple[int, int]:
        """The earliest and the latest step that some part shows."""
        return min(self._steps, default=0), max(self._steps, default=0)

    def choose(self) -> list[int]:
        """All parts where that is fast, else the next ones in turn, at least one."""
        if sum(self._seconds) <= WHOLE_SECONDS:
            return self.all
        chosen: list[int] = []
        left = TURN_SECONDS
        for _ in self.all:
            part = self._next
            left -= self._seconds[part]
            if chosen and left < 0:
                break
            chosen.append(part)
            self._next = (part + 1) % len(self._seconds)
        return sorted(chosen)

    def note_cost(self, parts: list[int], seconds: float) -> None:
        """Record the processor time for drawing these parts together."""
        share = seconds / len(parts)
        for part in parts:
            known = self._seconds[part]
            self._seconds[part] += (share - known) * (_FADING if known else 1)

    def note_step(self, parts: list[int], step: int) -> None:
        """Record that these parts now show this step."""
        for part in parts:
            self._steps[part] = step
