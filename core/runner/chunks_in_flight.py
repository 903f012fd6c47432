"""The chunks of steps in flight: dispatched to the device, reported when finished."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from core.protocol.messages import Compiled, Compiling, Event, Metrics
from core.runner.pace import Pace
from core.runner.publishing import PublishedState
from core.training.run import TrainingRun
from core.training.stepping import ChunkResult


class _Chunk(NamedTuple):
    """A chunk in flight, with the state after it if that is to be published."""

    result: ChunkResult
    begun: float
    moment: PublishedState | None = None


class FinishedChunk(NamedTuple):
    """The result of a finished chunk.

    Attributes:
        broken_step: the first step with a non-finite loss, None if all are finite.
        moment: to be published.
    """

    broken_step: int | None
    moment: PublishedState | None


class ChunksInFlight:
    """Mutable: while one chunk is reported the device computes the next."""

    def __init__(self, pace: Pace, post: Callable[[Event], None]) -> None:
        self._pace = pace
        self._post = post
        self._chunks: deque[_Chunk] = deque()
        self._compiled: set[object] = set()

    @property
    def under_way(self) -> bool:
        return bool(self._chunks)

    @property
    def is_full(self) -> bool:
        """Whether a chunk must finish before the next is dispatched."""
        return len(self._chunks) >= self._pace.chunks_in_flight

    def begin(self, run_id: int, run: TrainingRun, wanted: int) -> int:
        """Dispatch a chunk of at most `wanted` steps; returns how many it has."""
        with self.announced(run_id, run):
            result = run.advance(wanted)
        self._pace.count(result.count)
        self._chunks.append(_Chunk(result, time.perf_counter()))
        return result.count

    def show_newest(self, run: TrainingRun) -> None:
        """Publish the end of the newest chunk, unless another one is already marked."""
        if not any(chunk.moment for chunk in self._chunks):
            newest = self._chunks.pop()
            self._chunks.append(newest._replace(moment=PublishedState.of(run)))

    def land(self, run_id: int) -> FinishedChunk:
        """Wait for the oldest chunk and report its steps."""
        result, begun, moment = self._chunks.popleft()
        losses = result.losses
        self._pace.measure(len(losses), begun)
        self._post(
            Metrics(
                run_id,
                result.first_step,
                losses,
                result.accuracies,
                result.epoch_ends,
                result.validation,
            )
        )
        finite = np.isfinite(losses)
        if finite.all():
            return FinishedChunk(None, moment)
        return FinishedChunk(result.first_step + int(np.argmin(finite)), moment)

    def forget(self) -> None:
        """Drop the chunks in flight."""
        self._chunks.clear()

    def is_compiled(self, run: TrainingRun) -> bool:
        """Whether the run's next steps need no compilation."""
        return run.program_key in self._compiled

    @contextmanager
    def announced(self, run_id: int, run: TrainingRun) -> Iterator[None]:
        """Announce the compilation of the run's steps, if it is the first time."""
        if self.is_compiled(run):
            yield
            return
        self._post(Compiling(run_id, f"training of {run.spec}"))
        begun = time.perf_counter()
        yield
        self._compiled.add(run.program_key)
        self._post(Compiled(run_id, time.perf_counter() - begun))
