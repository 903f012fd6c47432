"""A conversation with a runner thread, as the window has it but without Qt."""

import time
from collections.abc import Callable
from typing import TypeVar

# Else the runner's thread imports it while this one imports something too, and Python
# 3.11 cannot parse for the type checks in two threads at once.
import core.runner.loop  # noqa: F401
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.protocol.messages import Event, Metrics, PlayingChanged, Start, Started, Step
from core.protocol.snapshot import Snapshot
from core.runner.channel import News
from core.runner.thread import Runner

PATIENCE = 60.0
E = TypeVar("E")


class RunnerTalk:
    """Keeps every event and every snapshot that was seen, also as one list of both."""

    def __init__(self) -> None:
        self.runner = Runner()
        self.news: list[News] = []
        self.events: list[Event] = []
        self.snapshots: list[Snapshot] = []
        self.run_id = 0

    def look(self) -> None:
        """Take over what is new."""
        news = self.runner.take_news()
        self.news += news
        self.events += [event for event in news if not isinstance(event, Snapshot)]
        self.snapshots += [seen for seen in news if isinstance(seen, Snapshot)]

    def wait_until(self, true: Callable[[], object]) -> None:
        end = time.monotonic() + PATIENCE
        self.look()
        while not true():
            assert time.monotonic() < end, f"in vain; the newest: {self.events[-5:]}"
            time.sleep(0.001)
            self.look()

    def wait_for(self, kind: type[E], *, after: int = 0) -> E:
        """The first event of that kind from position `after` on."""
        self.wait_until(lambda: self.of(kind, after=after))
        return self.of(kind, after=after)[0]

    def of(self, kind: type[E], *, after: int = 0) -> list[E]:
        return [event for event in self.events[after:] if isinstance(event, kind)]

    def start(self, experiment: Experiment | None = None, **how: object) -> Started:
        """Post a Start and wait until its run can be stepped."""
        self.run_id += 1
        before = len(self.events)
        self.runner.post(Start(self.run_id, experiment or small(), **how))  # type: ignore[arg-type]
        started = self.wait_for(Started, after=before)
        self.wait_until(lambda: self.newest and self.newest.run_id == self.run_id)
        return started

    @property
    def newest(self) -> Snapshot | None:
        return self.snapshots[-1] if self.snapshots else None

    @property
    def step(self) -> int:
        """The step of the newest snapshot of the newest run."""
        newest = self.newest
        return newest.step if newest and newest.run_id == self.run_id else -1

    @property
    def playing(self) -> bool:
        changes = self.of(PlayingChanged)
        return bool(changes) and changes[-1].playing

    def rest_at(self, step: int) -> Snapshot:
        """Wait until the runner pauses, which must be at that step."""
        self.wait_until(lambda: not self.playing and self.step >= step)
        assert self.newest is not None
        assert self.newest.step == step
        return self.newest

    def take(self, steps: int) -> Snapshot:
        """Take so many steps from here."""
        target = self.step + steps
        self.runner.post(Step(steps))
        return self.rest_at(target)

    def metrics(self) -> list[Metrics]:
        return [m for m in self.of(Metrics) if m.run_id == self.run_id]


def small(**values: object) -> Experiment:
    """The xor preset with plain gradient descent, so that each step can be checked."""
    named = {key.replace("__", "."): value for key, value in values.items()}
    sgd = {"training.optimizer": "sgd", "training.learning_rate": 0.1}
    return load_preset("xor").experiment.with_values({**sgd, **named})
