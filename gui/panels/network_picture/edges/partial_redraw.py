"""Which parts of a picture are drawn anew when there is no time for all of them."""

from typing import Final

WHOLE_SECONDS: Final = 0.006
"""Processor time of a picture that is drawn as a whole all the same."""
TURN_SECONDS: Final = 0.004
"""Processor time of what is drawn anew otherwise."""
_FADING: Final = 0.3


class PartialRedraw:
    """Takes the parts in turn; remembers what each costs and of which step it is.

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
        """All parts where that is quick, else those whose turn it is, at least one."""
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
        """Drawing these parts together took so much processor time."""
        share = seconds / len(parts)
        for part in parts:
            known = self._seconds[part]
            self._seconds[part] += (share - known) * (_FADING if known else 1)

    def note_step(self, parts: list[int], step: int) -> None:
        """These parts now show this step."""
        for part in parts:
            self._steps[part] = step
