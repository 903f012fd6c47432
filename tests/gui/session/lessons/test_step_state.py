"""A step of a lesson keeps the numbers with which its tasks were done."""

from pathlib import Path

import pytest

from core.lessons.expressions.evaluate import LiveValues, evaluate
from core.lessons.expressions.nodes import Argument
from core.lessons.expressions.parse import parse
from core.lessons.model import LessonStep
from core.lessons.reading.lesson_file import read_lesson
from gui.session.lessons.step_state import StepState

LESSON = """+++
title = "Silence"
minutes = 5
+++

## One

```scene
preset = "circle"
```

```question
ask = "Which?"
answers = ["This", "That"]
right = 2
reveal = ["{accuracy.test}", "{accuracy.test}"]
```

```turn
task = "Silence it: {accuracy.test}"
until = "silenced"
```
"""
ACCURACY = parse("accuracy.test")


class Values:
    """Of a network in which a unit is silenced or not."""

    def __init__(self, accuracy: float, *, silenced: bool) -> None:
        self._values = {"accuracy.test": accuracy, "silenced": silenced}

    def read(self, name: str, arguments: tuple[Argument, ...]) -> float | bool | None:
        del arguments
        return self._values[name]

    def at(self, step: int) -> LiveValues | None:
        del step
        return None

    def at_reading(self) -> "LiveValues":
        return self

    def begin(self) -> LiveValues | None:
        return None


@pytest.fixture
def step(tmp_path: Path) -> LessonStep:
    folder = tmp_path / "silence"
    folder.mkdir()
    (folder / "lesson.md").write_text(LESSON, encoding="utf-8")
    return read_lesson(folder).steps[0]


def accuracy(values: LiveValues | None) -> float | bool | None:
    return None if values is None else evaluate(ACCURACY, values)


def test_a_done_task_and_the_answer_keep_the_numbers_that_made_it_so(step: LessonStep):
    state = StepState(step)
    silent, healthy = Values(0.67, silenced=True), Values(0.9, silenced=False)

    assert accuracy(state.values_of_task(0, healthy)) == 0.9
    assert accuracy(state.values_of_reveal(healthy)) == 0.9
    state.done = [True]
    state.keep(silent)
    state.keep(healthy)

    assert accuracy(state.values_of_task(0, healthy)) == 0.67
    assert accuracy(state.values_of_reveal(healthy)) == 0.67


def test_while_a_task_is_still_true_its_numbers_go_on(step: LessonStep):
    state = StepState(step)
    state.done = [True]

    state.keep(Values(0.67, silenced=True))
    newer = Values(0.68, silenced=True)
    state.keep(newer)

    assert accuracy(state.values_of_task(0, newer)) == 0.68


def test_this_step_again_forgets_what_was_seen(step: LessonStep):
    state = StepState(step)
    state.done = [True]
    state.keep(Values(0.67, silenced=True))

    state.begin_again()

    now = Values(0.9, silenced=False)
    assert accuracy(state.values_of_task(0, now)) == 0.9
