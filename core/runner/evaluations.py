"""Evaluates the test set between chunks of training, in parts."""

import time
from itertools import chain
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


class _TestReading:
    """One reading under way, of the weights that the run had when it began."""

    def __init__(self, run: TrainingRun) -> None:
        # Noted at once: while the parts are read, training goes on.
        self.step = run.step
        self.seconds = 0.0
        splits = (run.test_examples, run.validation_examples)
        parts = [
            read_in_parts(run.program, run.params, examples)
            for examples in splits
            if examples is not None
        ]
        self._parts = chain.from_iterable(parts)
        self._count = len(parts)
        self._found: list[Reading] = []

    def read_part(self) -> _Readings | None:
        """The readings when this was the last part."""
        reading = next(self._parts)
        if reading is not None:
            self._found.append(reading)
        if len(self._found) < self._count:
            return None
        return self._found[0], self._found[1] if self._count > 1 else None


class Evaluations:
    """Mutable: the step being evaluated, and when the next one is due."""

    def __init__(self) -> None:
        self._reading: _TestReading | None = None
        self._last_step = -1
        self._due_at = 0.0

    @property
    def under_way(self) -> bool:
        return self._reading is not None

    @property
    def last_step(self) -> int:
        """The step that was read last, -1 for none."""
        return self._last_step

    def forget(self) -> None:
        """Another run begins."""
        self._reading = None
        self._last_step = -1
        self._due_at = 0.0

    def is_due(self, step: int) -> bool:
        """Whether to begin an evaluation during training."""
        if self.under_way or self._last_step == step:
            return False
        return time.perf_counter() >= self._due_at

    def begin(self, run: TrainingRun) -> None:
        """Read the test set at the run's newest step, instead of what was under way."""
        self._reading = _TestReading(run)

    def read_part(self, run_id: int) -> Evaluated | None:
        """Read a part; returns the event when it was the last one."""
        under_way = self._reading
        if under_way is None:
            return None
        begun = time.perf_counter()
        readings = under_way.read_part()
        now = time.perf_counter()
        under_way.seconds += now - begun
        if readings is None:
            return None
        reading, validation = readings
        pause = pause_after(under_way.seconds, first=self._last_step < 0)
        self._due_at = now + pause
        self._reading = None
        self._last_step = under_way.step
        return Evaluated(
            run_id,
            under_way.step,
            reading.loss,
            reading.accuracy,
            reading.predicted,
            reading.confidence,
            reading.outputs,
            None if validation is None else validation.loss,
            None if validation is None else validation.accuracy,
        )
