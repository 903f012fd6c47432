"""Whatever fails in the runner becomes a message, and the next command works."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from core.protocol.jobs import BeginJob, EndJob, JobEnded
from core.protocol.messages import (
    ChangeTraining,
    Command,
    EditParams,
    Failed,
    GoToStep,
    Pause,
    Play,
    PlayingChanged,
    RunnerEnded,
    SetFrozen,
    SetNeeds,
    SetSpeed,
    Start,
    Started,
    Step,
    StepEpoch,
)
from core.protocol.side_jobs.descents import AngleRequest, DescentRequest
from core.protocol.side_jobs.landscape import LandscapeRequest
from core.protocol.snapshot import Snapshot
from core.runner import evaluations, loop, publishing, side_jobs
from core.runner.failures import failure_text
from core.training.run import TrainingRun
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter
from tests.core.support.runner_talk import RunnerTalk, small

COMMANDS = 2000
ERRORS: tuple[Callable[[], Exception], ...] = (
    MemoryError,
    RuntimeError,
    lambda: RuntimeError("RESOURCE_EXHAUSTED: out of memory\nand more"),
    lambda: ValueError("no such shape"),
    lambda: KeyError("gone"),
    lambda: np.linalg.LinAlgError("did not converge"),
    ZeroDivisionError,
    AssertionError,
)


@pytest.mark.parametrize("make", ERRORS)
def test_each_error_has_a_sentence_of_one_line(make: Callable[[], Exception]) -> None:
    text = failure_text(make())
    assert text.startswith("The computation failed: ")
    assert len(text) > len("The computation failed: ")
    assert "\n" not in text


def failing(*_: object, **__: object) -> Any:
    raise MemoryError


def test_a_snapshot_that_cannot_be_read_is_told_and_the_run_goes_on(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.start()
    monkeypatch.setattr(publishing, "gradient_at", failing)
    talk.runner.post(SetNeeds(frozenset({"gradient"})))
    failed = talk.wait_for(Failed)
    assert "not enough memory" in failed.reason
    assert "MemoryError" in failed.details
    talk.runner.post(Play())
    talk.wait_until(lambda: len(talk.of(Failed)) > 1 and not talk.playing)
    monkeypatch.undo()
    at_rest = talk.step
    assert talk.take(3).step == at_rest + 3


@pytest.mark.parametrize("make", ERRORS)
def test_a_step_that_fails_pauses_and_leaves_the_run_where_it_was(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch, make: Callable[[], Exception]
) -> None:
    talk.start()
    before = flatten(talk.take(4).params)

    def advance(*_: object) -> None:
        raise make()

    monkeypatch.setattr(TrainingRun, "advance", advance)
    talk.runner.post(Play())
    assert talk.wait_for(Failed).details
    talk.wait_until(lambda: not talk.playing and not talk.newest.playing)
    monkeypatch.undo()
    assert talk.newest is not None
    np.testing.assert_array_equal(flatten(talk.newest.params), before)
    assert talk.take(2).step == 6


def test_a_start_that_fails_leaves_a_runner_that_starts_the_next_one(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "load_run", failing)
    talk.runner.post(Start(1, small()))
    assert talk.wait_for(Failed).details
    monkeypatch.undo()
    talk.run_id = 1
    talk.start()
    assert talk.take(1).step == 1


def test_weights_that_cannot_be_read_at_all_lose_the_run_and_say_so(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.start()
    monkeypatch.setattr(publishing, "to_numpy", failing)
    talk.runner.post(Step())
    assert "reset" in talk.wait_for(Failed).reason
    monkeypatch.undo()
    talk.start()
    assert talk.take(2).step == 2


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("make", ERRORS)
def test_a_side_job_that_fails_ends_with_a_reason(
    talk: RunnerTalk,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[], Exception],
    at_once: bool,
) -> None:
    def later() -> Iterator[None]:
        yield None
        raise make()

    def parts(*_: object) -> Iterator[None]:
        if at_once:
            raise make()
        return later()

    monkeypatch.setattr(side_jobs, "landscape_in_parts", parts)
    talk.start()
    talk.runner.post(BeginJob(3, LandscapeRequest()))
    ended = talk.wait_for(JobEnded)
    assert ended.job_id == 3
    assert ended.reason.startswith("The computation failed: ")
    assert "Traceback" in ended.details
    assert talk.take(1).step == 1


# --- thousands of commands ---------------------------------------------------------


class Chaos:
    """Lets calls of the runner fail by chance, until it is calmed."""

    def __init__(self, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.chance = random.Random(seed)
        self.is_on = True
        self.count = 0
        self._monkeypatch = monkeypatch

    def strike(self, owner: Any, name: str, share: float) -> None:
        real = getattr(owner, name)

        def call(*given: Any, **named: Any) -> Any:
            if self.is_on and self.chance.random() < share:
                self.count += 1
                raise self.chance.choice(ERRORS)()
            return real(*given, **named)

        self._monkeypatch.setattr(owner, name, call)


def random_command(chance: random.Random, run_id: int) -> Command:
    rate = chance.choice((0.05, 0.1, 1000.0))
    training = small(training__learning_rate=rate).training
    unit, layer = chance.randrange(3), chance.randrange(1, 4)
    parameter = Parameter(layer, unit, chance.choice((None, 0, 1, 5)))
    edit = Edit(parameter, chance.choice((0.5, float("nan"), 1e30)))
    needs = frozenset(chance.sample(("batch", "gradient", "requests", "health"), 2))
    request = chance.choice(
        (LandscapeRequest("random", finest=11), AngleRequest(), DescentRequest(2))
    )
    common = (Play(), Pause(), Step(chance.randrange(1, 20)), StepEpoch())
    rare = (
        Start(run_id, small(), play=chance.random() < 0.5),
        ChangeTraining(training),
        EditParams((edit,)),
        SetFrozen(frozenset({parameter})),
        GoToStep(chance.randrange(60)),
        SetNeeds(needs),
        SetSpeed(chance.choice((None, 300.0))),
        BeginJob(chance.randrange(4), request),
        EndJob(chance.randrange(4)),
    )
    return chance.choice(common if chance.random() < 0.6 else rare)


def test_thousands_of_commands_with_failures_leave_a_runner_that_obeys(
    talk: RunnerTalk, monkeypatch: pytest.MonkeyPatch
) -> None:
    chaos = Chaos(5, monkeypatch)
    places: tuple[tuple[Any, str, float], ...] = (
        (TrainingRun, "advance", 0.02),
        (TrainingRun, "change_training", 0.1),
        (TrainingRun, "edit_params", 0.1),
        (TrainingRun, "set_frozen", 0.1),
        (TrainingRun, "go_to", 0.1),
        (TrainingRun, "before_last_step", 0.05),
        (publishing, "gradient_at", 0.05),
        (publishing, "to_numpy", 0.01),
        (evaluations, "read_in_parts", 0.05),
        (loop, "load_run", 0.1),
        (side_jobs, "landscape_in_parts", 0.2),
        (side_jobs, "descend_in_parts", 0.2),
    )
    for place in places:
        chaos.strike(*place)
    chance = random.Random(11)
    for number in range(COMMANDS):
        command = random_command(chance, talk.run_id + 1)
        if isinstance(command, Start):
            talk.run_id += 1
        talk.runner.post(command)
        if number % 100 == 99:  # else all of them would stand in the queue
            before = len(talk.events)
            talk.runner.post(BeginJob(99, AngleRequest()))
            talk.wait_until(
                lambda before=before: any(
                    e.job_id == 99 for e in talk.of(JobEnded, after=before)
                )
            )
    chaos.is_on = False
    assert chaos.count > 30
    assert not talk.of(RunnerEnded)
    talk.runner.post(SetSpeed(None))
    talk.runner.post(SetNeeds(frozenset()))
    talk.start()
    again = flatten(talk.take(9).params)
    talk.start()
    np.testing.assert_array_equal(flatten(talk.take(9).params), again)
    check_order(talk)


def check_order(talk: RunnerTalk) -> None:
    """Each run is begun before anything of it is shown, and none comes back."""
    begun = 0
    for news in talk.news:
        if isinstance(news, Started):
            assert news.run_id > begun
            begun = news.run_id
        elif isinstance(news, Snapshot):
            assert news.run_id == begun
        elif isinstance(news, PlayingChanged):
            assert news.run_id >= begun


# --- the end of the thread ---------------------------------------------------------


class KilledError(BaseException):
    """No Exception: what nothing in the loop can make a message of."""


def test_a_thread_that_died_can_be_started_again_with_the_same_channel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die(*_: object) -> None:
        raise KilledError("by the test")

    talk = RunnerTalk()
    woken: list[int] = []
    talk.runner.start(lambda: woken.append(1))
    talk.start()
    monkeypatch.setattr(loop.Loop, "_obey", die)
    talk.runner.post(Step())
    ended = talk.wait_for(RunnerEnded)
    assert "by the test" in ended.reason
    assert "Traceback" in ended.details
    assert not talk.runner.is_alive
    monkeypatch.undo()
    talk.runner.post(Step())  # obeyed by nobody
    talk.runner.start_again()
    assert talk.runner.is_alive
    before = len(woken)
    talk.start()
    assert talk.take(2).step == 2
    assert len(woken) > before
    assert talk.runner.stop()
    assert not talk.runner.is_alive
