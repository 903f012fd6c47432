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
from core.values.words import tr


class _Chunk(NamedTuple):
    """A chunk in flight, with the state after it if that is to be published."""

    result: ChunkResult
    begun: float
    published: PublishedState | None = None


class FinishedChunk(NamedTuple):
    """The result of a finished chunk.

    Attributes:
        broken_step: the first step with a non-finite loss, None if all are finite.
        published: the state after it, if that is to be published.
    """

    broken_step: int | None
    published: PublishedState | None


class ChunksInFlight:
    """Mutable: while one chunk is reported the device computes the next."""

    def __init__(
        self,
        pace: Pace,
        post: Callable[[Event], None],
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._pace = pace
        self._post = post
        self._clock = clock
        self._chunks: deque[_Chunk] = deque()
        self._compiled: set[object] = set()
        self._program_key: object = None
        self._landed_step = 0

    @property
    def under_way(self) -> bool:
        return bool(self._chunks)

    @property
    def is_full(self) -> bool:
        """Whether a chunk must finish before the next is dispatched."""
        return len(self._chunks) >= self._pace.chunks_in_flight

    def begin(self, run_id: int, run: TrainingRun, wanted: int) -> int:
        """Dispatch a chunk of at most `wanted` steps; returns how many it has."""
        if run.program_key != self._program_key:
            # Steps of another cost: what was measured says nothing of them.
            self._program_key = run.program_key
            self._pace.measure_anew()
            wanted = min(wanted, self._pace.fitting_steps)
        with self.announced(run_id, run):
            result = run.advance(wanted)
        self._pace.count(result.count)
        self._chunks.append(_Chunk(result, self._clock()))
        return result.count

    def show_newest(self, run: TrainingRun) -> None:
        """Publish the end of the newest chunk, unless another one is already marked."""
        if not any(chunk.published for chunk in self._chunks):
            newest = self._chunks.pop()
            self._chunks.append(newest._replace(published=PublishedState.of(run)))

    def land(self, run_id: int) -> FinishedChunk:
        """Wait for the oldest chunk and report its steps."""
        result, begun, published = self._chunks.popleft()
        losses = result.losses
        self._pace.measure(len(losses), begun)
        self._report(run_id, result)
        finite = np.isfinite(losses)
        if finite.all():
            return FinishedChunk(None, published)
        return FinishedChunk(result.first_step + int(np.argmin(finite)), published)

    def _report(self, run_id: int, result: ChunkResult) -> None:
        metrics = Metrics(
            run_id,
            result.first_step,
            result.losses,
            result.accuracies,
            result.epoch_ends,
            result.validation,
        )
        if not result.is_known:
            self._post(metrics)
        self._landed_step = result.first_step + result.count - 1

    def land_what_can(self, run_id: int) -> int:
        """Report the chunks that came about, after an error; the others are dropped.

        Returns:
            The last step that was reported.
        """
        while self._chunks:
            result = self._chunks.popleft().result
            try:
                self._report(run_id, result)
            except Exception:  # noqa: BLE001  (the error is told already)
                self._chunks.clear()
        return self._landed_step

    def begin_run(self) -> None:
        """Another run: what is on its way is dropped, and all is measured anew."""
        self._chunks.clear()
        self._program_key = None
        self._landed_step = 0

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
        self._post(Compiling(run_id, tr("training of {spec}", spec=run.spec)))
        begun = self._clock()
        yield
        self._compiled.add(run.program_key)
        self._post(Compiled(run_id, self._clock() - begun))
