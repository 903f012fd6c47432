"""Publishes snapshots: which ones, when, and with what contents."""

import os
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from core.network.jax.network import Params
from core.probes.batch import batch_after, gradient_at
from core.probes.health import HealthReader
from core.probes.requests import read_requests
from core.protocol.snapshot import Need, Snapshot
from core.runner.channel import Channel
from core.runner.pace import Pace
from core.training.run import TrainingRun, to_numpy
from core.values.parameter import Parameter

SNAPSHOT_SECONDS: Final = 1 / 31
CORES: Final = os.cpu_count() or 1
FEW_CORES: Final = 2
LONG_STEP_SECONDS: Final = 0.001
SHORT_OF_CORES_SECONDS: Final = 1 / 21
"""Frames per second when every core is busy with training."""


class PublishedState(NamedTuple):
    """The state to show in a snapshot; its parameters may still be in computation."""

    step: int
    epoch: float
    params: Params
    edited: Mapping[Parameter, int]
    learning_rate: float
    next_learning_rate: float
    end: int

    @classmethod
    def of(cls, run: TrainingRun) -> "PublishedState":
        return cls(
            run.step,
            run.epoch,
            run.params,
            run.edited,
            run.learning_rate,
            run.next_learning_rate,
            run.end,
        )


class Publisher:
    """Mutable: what the window needs, and when a snapshot was last published.

    Attributes:
        needs: what is read for each snapshot besides the parameters.
        is_up_to_date: whether the newest step is published with all that is needed.
        seeks: number of the last seek that was done.
    """

    def __init__(self, channel: Channel, pace: Pace) -> None:
        self._channel = channel
        self._pace = pace
        self._health = HealthReader()
        self._due_at = 0.0
        self.needs: frozenset[Need] = frozenset()
        self.is_up_to_date = True
        self.seeks = 0

    @property
    def is_due(self) -> bool:
        """Whether it is time for a snapshot, and the window has taken the last one."""
        return time.perf_counter() >= self._due_at and self._channel.has_room

    @property
    def is_welcome(self) -> bool:
        """Whether the window has taken the last snapshot."""
        return self._channel.has_room

    @property
    def reads_health(self) -> bool:
        """Whether a panel keeps what is read at each snapshot."""
        return "health" in self.needs

    def begin_run(self) -> None:
        """Another run: nothing is kept of the one before."""
        self._health.forget()
        self._due_at = 0.0

    def publish(
        self,
        run_id: int,
        run: TrainingRun,
        state: PublishedState | None = None,
        *,
        playing: bool,
        at_mark: bool | None = None,
    ) -> None:
        """Put out a snapshot of a state, else of the newest step.

        Args:
            run_id: of the run.
            run: that is shown.
            state: of it; None is the newest.
            playing: whether it trains.
            at_mark: whether its health is read anew at this step; None leaves it to
                the clock.
        """
        snapshot = self._snapshot(run_id, run, state, playing=playing)
        if state is None:
            snapshot = self._with_needs(run, snapshot, at_mark=at_mark)
        self._put_out(run, snapshot)

    def publish_bare(self, run_id: int, run: TrainingRun) -> None:
        """Put out the newest step at rest, with nothing that a panel wants beside."""
        self._put_out(run, self._snapshot(run_id, run, None, playing=False))

    def _put_out(self, run: TrainingRun, snapshot: Snapshot) -> None:
        self._channel.publish(snapshot)
        self._set_next()
        self.is_up_to_date = snapshot.step == run.step

    def _snapshot(
        self,
        run_id: int,
        run: TrainingRun,
        state: PublishedState | None,
        *,
        playing: bool,
    ) -> Snapshot:
        now = PublishedState.of(run) if state is None else state
        step = now.step
        return Snapshot(
            run_id=run_id,
            step=step,
            steps_per_epoch=run.steps_per_epoch,
            params=to_numpy(now.params),
            learning_rate=now.learning_rate,
            next_learning_rate=now.next_learning_rate,
            epoch=now.epoch,
            playing=playing,
            cores_busy=playing and self._is_short_of_cores(),
            steps_per_second=self._pace.mark(step) if playing else 0.0,
            taken_at=time.perf_counter(),
            end=now.end,
            edited=now.edited,
            frozen=run.frozen,
            stopped_at=run.stopped_at,
            branches=run.branches,
            seeks=self.seeks,
        )

    def _set_next(self) -> None:
        """In phase with the last ones: a late chunk does not delay later snapshots."""
        short = self._is_short_of_cores()
        pause = SHORT_OF_CORES_SECONDS if short else SNAPSHOT_SECONDS
        self._due_at = max(self._due_at + pause, time.perf_counter() + pause / 2)

    def _is_short_of_cores(self) -> bool:
        """Long steps keep all cores busy, full speed keeps one."""
        if self._pace.seconds_per_step > LONG_STEP_SECONDS:
            return True
        return not self._pace.is_limited and CORES <= FEW_CORES

    def _with_needs(
        self, run: TrainingRun, snapshot: Snapshot, *, at_mark: bool | None
    ) -> Snapshot:
        if not self.needs:
            return snapshot
        before = run.before_last_step()
        if "gradient" in self.needs:
            snapshot = replace(
                snapshot,
                gradient=gradient_at(run, before),
                previous_params=to_numpy(before.state.params),
            )
        if "batch" in self.needs:
            snapshot = replace(snapshot, batch=batch_after(run, before))
        if "requests" in self.needs:
            snapshot = replace(snapshot, requests=read_requests(run, before))
        if "health" in self.needs:
            health = self._health.read(
                run, before, playing=snapshot.playing, at_mark=at_mark
            )
            snapshot = replace(snapshot, health=health)
        return snapshot
