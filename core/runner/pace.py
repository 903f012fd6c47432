"""The number of steps that are due: the speed limit and the length of a chunk."""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

CHUNK_SECONDS: Final = 0.012
"""Target time of the work between two checks for commands."""
FADING: Final = 0.3
UNKNOWN_SECONDS: Final = 0.001
"""What a step is taken to last before the first one is measured."""
CHUNKS_IN_FLIGHT: Final = 2
"""While one is reported the device computes the next."""
RATE_WINDOW: Final = 1.0


class Pace:
    """Mutable clock of a run; all times are seconds of `clock`."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._limit: float | None = None
        self._due_from = 0.0
        self._taken = 0
        self._steps = 0.0
        self._seconds = 0.0
        self._finished_at = 0.0
        self._marks: deque[tuple[float, int]] = deque()

    def set_limit(self, steps_per_second: float | None) -> None:
        """Set the speed limit; None is as fast as possible."""
        self._limit = steps_per_second
        self.restart(first_at_once=False)

    @property
    def is_limited(self) -> bool:
        return self._limit is not None

    def restart(self, *, first_at_once: bool = True) -> None:
        """Reset the clock, e.g. when playing begins; the first step is due at once."""
        self._due_from = self._clock()
        self._taken = -1 if first_at_once else 0
        self._marks.clear()

    def steps_due(self) -> int:
        """Steps to take before the next check for commands; 0: wait."""
        fitting = self.fitting_steps
        if self._limit is None:
            return fitting
        elapsed = self._clock() - self._due_from
        due = int(elapsed * self._limit) - self._taken
        if due > fitting + self._limit:
            # The machine is slower than the requested speed: do not try to catch up.
            self.restart()
            return fitting
        return min(due, fitting)

    def seconds_until_due(self) -> float:
        """Time until the next step is due; 0 without a limit."""
        if self._limit is None:
            return 0.0
        next_due = self._due_from + (self._taken + 1) / self._limit
        return max(0.0, next_due - self._clock())

    def count(self, steps: int) -> None:
        """Count started steps."""
        self._taken += steps

    def measure_anew(self) -> None:
        """Steps of another cost begin: as long as it is not known, one at a time."""
        self._steps = self._seconds = 0.0

    @property
    def fitting_steps(self) -> int:
        """Steps that a chunk has time for."""
        if self._steps == 0:
            return 1
        return max(1, int(CHUNK_SECONDS / self.seconds_per_step))

    @property
    def seconds_per_step(self) -> float:
        if self._steps == 0:
            return UNKNOWN_SECONDS
        return max(self._seconds / self._steps, 1e-7)

    @property
    def chunks_in_flight(self) -> int:
        """Chunks to have in flight: a command waits until all of them are finished."""
        return 1 if self.seconds_per_step > CHUNK_SECONDS else CHUNKS_IN_FLIGHT

    def measure(self, steps: int, begun: float) -> None:
        """Record that steps dispatched at `begun` are finished, after all before."""
        now = self._clock()
        seconds = now - max(begun, self._finished_at)
        self._finished_at = now
        # Decaying sums: a short chunk, whose steps take longer each, counts little.
        self._steps += steps - FADING * self._steps
        self._seconds += seconds - FADING * self._seconds

    def mark(self, step: int) -> float:
        """Record that `step` is reached; returns the steps of the last second."""
        now = self._clock()
        self._marks.append((now, step))
        while len(self._marks) > 2 and self._marks[1][0] < now - RATE_WINDOW:
            self._marks.popleft()
        (start, first), (end, last) = self._marks[0], self._marks[-1]
        return (last - first) / (end - start) if end > start else 0.0
