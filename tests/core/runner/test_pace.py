"""How many steps are due, by a clock of its own."""

import random
from dataclasses import dataclass

import jax.numpy as jnp
import pytest

from core.runner.chunks_in_flight import ChunksInFlight
from core.runner.pace import CHUNK_SECONDS, Pace
from core.training.run import TrainingRun
from core.training.stepping import ChunkResult
from core.values.network_spec import NetworkSpec

LONGEST_CHUNK = 256


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


class PretendedRun(TrainingRun):
    """Takes a time that is known for each step."""

    program_key = "program"
    spec = NetworkSpec((2, 2), ("softmax",))
    step = 0

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def advance(self, count: int) -> ChunkResult:
        count = min(count, LONGEST_CHUNK)
        first, self.step = self.step + 1, self.step + count
        numbers = jnp.zeros(count, jnp.float32)
        return ChunkResult(first, count, range(0), (numbers, numbers))


@dataclass
class Trainer:
    """Takes turns as the loop does, and counts what a command would wait for."""

    clock: Clock
    flight: ChunksInFlight
    pace: Pace

    def turn(self, run: PretendedRun) -> int:
        """Returns the steps on their way before the next look at the commands."""
        count = self.flight.begin(1, run, self.pace.steps_due())
        self.clock.now += count * run.seconds
        self.flight.land(1)
        return count


@pytest.fixture
def trainer() -> Trainer:
    clock = Clock()
    pace = Pace(clock)
    return Trainer(clock, ChunksInFlight(pace, lambda _event: None, clock), pace)


def longest_wait(trainer: Trainer, run: PretendedRun, turns: int) -> float:
    return max(trainer.turn(run) * run.seconds for _ in range(turns))


def test_chunks_of_a_new_run_are_small_until_its_steps_are_measured(
    trainer: Trainer,
) -> None:
    quick = PretendedRun(0.00002)
    longest_wait(trainer, quick, 200)
    assert trainer.turn(quick) == LONGEST_CHUNK
    trainer.flight.begin_run()
    dear = PretendedRun(0.5)
    assert [trainer.turn(dear) for _ in range(5)] == [1] * 5


def test_a_change_that_makes_steps_dearer_begins_with_small_chunks(
    trainer: Trainer,
) -> None:
    run = PretendedRun(0.00002)
    longest_wait(trainer, run, 200)
    run.program_key, run.seconds = "a larger batch", 0.05
    assert longest_wait(trainer, run, 50) <= 0.05


def test_a_command_never_waits_longer_than_a_tenth_of_a_second_or_a_step(
    trainer: Trainer,
) -> None:
    chance = random.Random(2)
    for number in range(60):
        seconds = 10 ** chance.uniform(-5, 0.5)
        run = PretendedRun(seconds)
        run.program_key = str(number)
        if chance.random() < 0.5:
            trainer.flight.begin_run()
        assert longest_wait(trainer, run, 80) <= max(0.1, seconds)


def test_steps_that_are_quick_fill_the_time_of_a_chunk_soon(trainer: Trainer) -> None:
    run = PretendedRun(0.0002)
    longest_wait(trainer, run, 12)
    assert trainer.turn(run) == pytest.approx(CHUNK_SECONDS / 0.0002, rel=0.1)
