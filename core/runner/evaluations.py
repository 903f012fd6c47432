"""Evaluates the test set between chunks of training, in parts."""

import time
from collections.abc import Iterator
from typing import Final

from core.protocol.messages import Evaluated
from core.training.evaluate import Reading, read_in_parts
from core.training.run import TrainingRun

SHORTEST_PAUSE: Final = 0.5
SHARE_OF_TIME: Final = 0.02
"""A large network is evaluated on the whole test set less often."""
LONGEST_PAUSE: Final = 5.0
"""Unless an evaluation takes so long that it would cost a tenth of the time."""


def pause_after(seconds: float, *, first: bool) -> float:
    """Seconds to the next evaluation, after one with this duration.

    The first evaluation of a run includes compilation, unlike the next ones.
    """
    if first:
        return SHORTEST_PAUSE
    pause = min(seconds / SHARE_OF_TIME, LONGEST_PAUSE)
    return max(SHORTEST_PAUSE, pause, 9 * seconds)


_Readings = tuple[Reading, Reading | None]
"""Evaluations of the test set and of any validation data."""


def _read(run: TrainingRun) -> Iterator[_Readings | None]:
    """Evaluate both in parts: None after each part, the results at the end."""
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
    """Mutable: the step being evaluated, and when the next one is due."""

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
        """Stop: another run begins."""
        self._parts = None
        self._last_step = -1
        self._due_at = 0.0

    def is_due(self, step: int) -> bool:
        """Whether to begin an evaluation during training."""
        if self.under_way or self._last_step == step:
            return False
        return time.perf_counter() >= self._due_at

    def begin(self, run: TrainingRun) -> None:
        """Begin an evaluation at the run's newest step, in place of a current one."""
        self._parts = _read(run)
        self._step = run.step
        self._seconds = 0.0

    def read_part(self, run_id: int) -> Evaluated | None:
        """Evaluate a part; returns the event after the last one."""
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
