"""Many steps as fast as the device goes, counted and timed."""

import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.cli.stops import Stop
from core.training.run import TrainingRun
from core.training.stepping import ChunkResult

CHUNKS_IN_FLIGHT: Final = 2

StepsTaken = Callable[[int, float, float], None]
"""Takes the number of new steps, their mean loss and their mean accuracy."""


@dataclass(frozen=True, slots=True)
class Trained:
    """The result of training.

    Attributes:
        seconds: from the first step to the last, compilation included.
        steps_per_second: without the first chunk, which compiles; 0
            when no step was taken.
        interrupted: it was asked to end early.
        stopped_at: step at which early stopping ended it and went back to the best one;
            None when it did not.
        first_loss: that of the first step; infinite when none was taken.
        diverged_at: first step whose loss is not finite, None when all are.
    """

    seconds: float
    steps_per_second: float
    interrupted: bool
    diverged_at: int | None
    stopped_at: int | None = None
    first_loss: float = math.inf


class TrainingLoop:
    """Keeps the device busy: the next chunk runs while one is read.

    Attributes:
        losses: batch losses of the steps taken, chunk by chunk.
        accuracies: batch accuracies likewise.
    """

    def __init__(
        self,
        run: TrainingRun,
        steps_taken: StepsTaken,
        stops: Sequence[Stop] = (),
        is_asked_to_end: Callable[[], bool] = lambda: False,
    ) -> None:
        """Asks between two chunks whether to end early."""
        self._run = run
        self._steps_taken = steps_taken
        self._is_asked_to_end = is_asked_to_end
        self._stops = [(stop, stop.next_after(run.step)) for stop in stops]
        self.losses: list[FloatArray] = []
        self.accuracies: list[FloatArray] = []
        self._in_flight: deque[ChunkResult] = deque()
        self._seen: set[object] = set()
        self._first_steps = 0
        self._first_seconds = 0.0
        self._diverged_at: int | None = None
        self._first_loss = math.inf

    def take(self, steps: int) -> Trained:
        """Train up to this step, or not as far when training ends early."""
        begun, first_step = time.perf_counter(), self._run.step
        interrupted = False
        stopped_at = taken = None
        try:
            while self._run.step < steps and not self._is_over:
                if self._is_asked_to_end():
                    interrupted = True
                    break
                due = [at for _, at in self._stops if at is not None]
                self._take_chunk(min([steps, *due]) - self._run.step)
                self._stop_where_due()
            self._land(0)
            taken = self._run.step
            if self._run.is_over and self._diverged_at is None:
                stopped_at = self._run.step
                self._run.go_to_best()
        except KeyboardInterrupt:
            interrupted = True
            self._land(0)
        seconds = time.perf_counter() - begun
        last_step = self._run.step if taken is None else taken
        rate = self._rate(last_step - first_step, seconds)
        return Trained(
            seconds,
            rate,
            interrupted,
            self._diverged_at,
            stopped_at,
            self._first_loss,
        )

    @property
    def _is_over(self) -> bool:
        return self._diverged_at is not None or self._run.is_over

    def _stop_where_due(self) -> None:
        step = self._run.step
        if all(at is None or at > step for _, at in self._stops):
            return
        self._land(0)
        for place, (stop, at) in enumerate(self._stops):
            if at is not None and at <= step:
                if self._diverged_at is None:
                    stop.at_stop()
                self._stops[place] = stop, stop.next_after(step)

    def _take_chunk(self, left: int) -> None:
        key = self._run.program_key
        if key in self._seen:
            self._in_flight.append(self._run.advance(left))
            self._land(CHUNKS_IN_FLIGHT - 1)
            return
        self._land(0)
        begun = time.perf_counter()
        first = self._run.advance(left)
        self._in_flight.append(first)
        self._land(0)
        self._seen.add(key)
        self._first_steps += first.count
        self._first_seconds += time.perf_counter() - begun

    def _land(self, most_in_flight: int) -> None:
        """Wait for the oldest chunks and report them."""
        while len(self._in_flight) > most_in_flight:
            chunk = self._in_flight.popleft()
            losses = chunk.losses
            finite = np.isfinite(losses)
            if self._first_loss == math.inf:
                self._first_loss = float(losses[0])
            if not finite.all() and self._diverged_at is None:
                self._diverged_at = chunk.first_step + int(np.argmin(finite))
            self.losses.append(losses)
            self.accuracies.append(np.asarray(chunk.accuracies))
            accuracy = float(np.mean(self.accuracies[-1]))
            self._steps_taken(len(losses), float(np.mean(losses)), accuracy)

    def _rate(self, taken: int, seconds: float) -> float:
        """Of all steps that were taken, whatever step the run then went back to."""
        steps = taken - self._first_steps
        steady = seconds - self._first_seconds
        if steps == 0 or steady <= 0:
            steps, steady = taken, seconds
        return steps / steady if steps else 0.0
