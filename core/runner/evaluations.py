"""Reading the test set between chunks of training, a part at a time."""

import time
from collections.abc import Iterator
from typing import Final

from core.protocol.messages import Evaluated
from core.training.evaluate import Reading, read_in_parts
from core.training.run import TrainingRun

SHORTEST_PAUSE: Final = 0.5
SHARE_OF_TIME: Final = 0.02
"""A large network's whole test set is read less often."""
LONGEST_PAUSE: Final = 5.0
"""Unless the reading takes so long itself that it would cost a tenth of the time."""


def pause_after(seconds: float, *, first: bool) -> float:
    """Seconds to the next reading, after one that took so long.

    The first reading of a run compiles, which says nothing of the next ones.
    """
    if first:
        return SHORTEST_PAUSE
    pause = min(seconds / SHARE_OF_TIME, LONGEST_PAUSE)
    return max(SHORTEST_PAUSE, pause, 9 * seconds)


_Readings = tuple[Reading, Reading | None]
"""Of the test set and, where there are some, of the validation data."""


def _read(run: TrainingRun) -> Iterator[_Readings | None]:
    """Read both a part at a time: None after each part, the readings at the end."""
    found: list[Reading] = []
    program, params = run.program, run.params
    for examples in (run.test_examples, run.validation_examples):
        if examples is None:
            continue
        for reading in read_in_parts(program, params, examples):
            if reading is None:
                yield None
            else:
                found.append(reading)
    yield found[0], found[1] if len(found) > 1 else None


class Evaluations:
    """Mutable: which step is being read, and when the next one is due."""

    def __init__(self) -> None:
        self._parts: Iterator[_Readings | None] | None = None
        self._step = 0
        self._seconds = 0.0
        self._last_step = -1
        self._due_at = 0.0

    @property
    def under_way(self) -> bool:
        return self._parts is not None

    def forget(self) -> None:
        """Another run begins."""
        self._parts = None
        self._last_step = -1
        self._due_at = 0.0

    def is_due(self, step: int) -> bool:
        """Whether to begin a reading while training goes on."""
        if self.under_way or self._last_step == step:
            return False
        return time.perf_counter() >= self._due_at

    def begin(self, run: TrainingRun) -> None:
        """Read the test set at the run's newest step, instead of what was under way."""
        self._parts = _read(run)
        self._step = run.step
        self._seconds = 0.0

    def read_part(self, run_id: int) -> Evaluated | None:
        """Read a part; returns the event when it was the last one."""
        if self._parts is None:
            return None
        begun = time.perf_counter()
        readings = next(self._parts)
        now = time.perf_counter()
        self._seconds += now - begun
        if readings is None:
            return None
        reading, validation = readings
        self._due_at = now + pause_after(self._seconds, first=self._last_step < 0)
        self._parts = None
        self._last_step = self._step
        return Evaluated(
            run_id,
            self._step,
            reading.loss,
            reading.accuracy,
            reading.predicted,
            reading.confidence,
            reading.outputs,
            None if validation is None else validation.loss,
            None if validation is None else validation.accuracy,
        )
