"""How many steps are due at a time that the test says."""

import pytest

from core.runner.pace import Pace


class Clock:
    """Stands for `time.perf_counter`."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def steps_in(clock: Clock, made: Pace, seconds: float, *, each: float) -> int:
    """Take all that are due, looking every `each` seconds."""
    count = 0
    for _ in range(round(seconds / each)):
        clock.now += each
        due = made.steps_due()
        made.count(due)
        count += due
    return count


@pytest.mark.parametrize("each", [0.004, 0.03])
def test_a_speed_limit_is_held(clock: Clock, each: float) -> None:
    made = Pace(clock)
    made.set_limit(20.0)
    assert steps_in(clock, made, 6, each=each) == pytest.approx(120, abs=1)


def test_the_first_step_of_playing_is_due_at_once_and_the_next_after_a_while(
    clock: Clock,
) -> None:
    made = Pace(clock)
    made.set_limit(0.1)
    assert made.steps_due() == 0
    assert made.seconds_until_due() == pytest.approx(10)
    made.restart()
    assert made.steps_due() == 1
    made.count(1)
    assert made.steps_due() == 0
    clock.now += 4
    assert made.seconds_until_due() == pytest.approx(6)


def test_a_machine_that_is_too_slow_runs_up_no_debt(clock: Clock) -> None:
    made = Pace(clock)
    made.set_limit(20.0)
    clock.now += 600
    assert steps_in(clock, made, 1, each=0.01) < 60
