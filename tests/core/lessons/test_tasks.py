"""At which step a task is judged, and by which readings."""

import pytest

from core.lessons.expressions.parse import parse
from core.lessons.model import LiveText, Turn
from core.lessons.tasks import done_now, step_to_stop_at


def turns(*conditions: str) -> list[Turn]:
    return [Turn(LiveText(), parse(condition)) for condition in conditions]


@pytest.mark.parametrize(
    ("conditions", "done", "step", "stops_at"),
    [
        (["step >= 500"], [False], 0, 500),
        (["step >= 500"], [False], 500, None),
        (["step >= 500"], [True], 0, None),
        (["accuracy.test >= 0.84 and step <= 1000"], [False], 3, 1000),
        (["set(training.seed) and epoch >= 3"], [False], 10, 300),
        (["step >= 5", "step >= 9"], [True, False], 5, 9),
        (["accuracy.test > 0.9"], [False], 0, None),
    ],
)
def test_play_stops_where_the_next_task_is_judged(
    conditions: list[str], done: list[bool], step: int, stops_at: int | None
) -> None:
    assert step_to_stop_at(turns(*conditions), done, step, 100) == stops_at


class Lagging:
    """While it trains: step 900, and a reading of the test data from step 3."""

    def __init__(self, step: int = 900) -> None:
        self.step = step

    def read(self, name: str, arguments: object) -> float:
        del arguments
        return {"step": self.step, "accuracy.test": 0.5, "w": 2.0}[name]

    def at(self, step: int) -> None:
        del step

    def begin(self) -> None:
        return None

    def at_reading(self) -> "Lagging":
        return Lagging(3)


def test_an_old_reading_does_not_count_for_a_later_step() -> None:
    (false,) = done_now(
        turns("accuracy.test < 0.85 and step >= 500"), [False], Lagging()
    )
    assert not false
    (true,) = done_now(turns("accuracy.test < 0.85 and step >= 3"), [False], Lagging())
    assert true
    (other,) = done_now(turns("w(1,0,0) > 1 and step >= 500"), [False], Lagging())
    assert other
