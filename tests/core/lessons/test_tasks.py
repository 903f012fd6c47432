"""At which step a task is judged, and by which readings."""

import pytest

from core.lessons.expressions.parse import parse
from core.lessons.model import LiveText, Turn
from core.lessons.tasks import Untouched, done_now, step_to_stop_at


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
        (["set(training.seed) and mistakes = 0 and epoch >= 1"], [False], 0, None),
        (["step <= 50 and step >= 1 and a(1,0) < 0.5"], [False], 0, 50),
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


class Told:
    """What was told by name; the rest is not known."""

    def __init__(self, **values: float | bool) -> None:
        self._values = values

    def read(self, name: str, arguments: object) -> float | bool | None:
        del arguments
        return self._values.get(name.replace(".", "_"))

    def at(self, step: int) -> None:
        del step

    def begin(self) -> None:
        return None

    def at_reading(self) -> "Told":
        return self


def test_what_holds_when_a_step_begins_counts_once_something_of_it_has_changed() -> (
    None
):
    tasks = turns("step >= 250")
    untouched = Untouched(tasks)
    untouched.look(Told(step=300), is_beginning=True)
    assert done_now(tasks, [False], Told(step=300), untouched.touched) == [False]
    untouched.look(Told(step=301), is_beginning=False)
    assert done_now(tasks, [False], Told(step=301), untouched.touched) == [True]


def test_a_task_that_was_left_and_done_again_is_done() -> None:
    tasks = turns("step = 1")
    untouched = Untouched(tasks)
    for step, is_done in ((1, False), (0, False), (1, True)):
        untouched.look(Told(step=step), is_beginning=step == 1)
        found = done_now(tasks, [False], Told(step=step), untouched.touched)
        assert found == [is_done]


def test_a_reading_that_comes_late_is_not_the_readers_doing() -> None:
    tasks = turns("accuracy.test > 0.9")
    untouched = Untouched(tasks)
    untouched.look(Told(), is_beginning=True)
    untouched.look(Told(accuracy_test=0.95), is_beginning=True)
    assert untouched.touched == (False,)
    untouched.look(Told(accuracy_test=0.96), is_beginning=False)
    assert untouched.touched == (True,)


def test_a_selection_of_the_reader_counts_while_the_run_stands() -> None:
    tasks = turns("selected.value > 1")
    untouched = Untouched(tasks)
    untouched.look(Told(), is_beginning=True)
    untouched.look(Told(selected_value=2.0), is_beginning=True)
    assert untouched.touched == (True,)
