"""A task of a lesson is ticked by what the reader does, and by nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.lessons.model import Lesson
from core.lessons.reading.lesson_file import read_lesson
from core.values.parameter import Parameter, Unit
from tests.core.lessons.plain_network import lesson_keys, our_lesson
from tests.gui.support.whole_window import Glass, GlassMaker, use_few_digits

TURNS_OF_THE_LOOP = 30
"""In which what a workspace begins by itself begins, and readings come."""

IN_SHORT = ("one-unit", "by-hand", "mini-batches", "optimisers", "hidden-units")
"""Between them they have tasks of every kind."""
LESSONS = [
    pytest.param(key, marks=() if key in IN_SHORT else pytest.mark.long)
    for key in lesson_keys()
]


def wait_for_scene(glass: Glass) -> None:
    session = glass.window.lessons.session
    glass.wait_until(lambda: session.values is not None)


def come_to_rest(glass: Glass) -> None:
    """Until what a scene sets off has come: readings, and jobs of panels."""
    turns = iter(range(TURNS_OF_THE_LOOP))
    session = glass.session
    glass.wait_until(lambda: next(turns, None) is None and not session.open_jobs)


def few(lesson: Lesson) -> Lesson:
    """With scenes that take no time: nothing is trained."""
    steps = tuple(
        step if step.scene is None else replace(step, scene=replace(step.scene, step=0))
        for step in lesson.steps
    )
    return replace(lesson, steps=steps)


@pytest.mark.parametrize("key", LESSONS)
def test_no_task_is_done_before_the_reader_does_something(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    use_few_digits(monkeypatch)
    lesson = few(our_lesson(key))
    window = glass()
    session = window.window.lessons.session
    window.window.lessons.open(lesson)
    for place in range(len(lesson.steps)):
        if place:
            session.go_to(place)
        wait_for_scene(window)
        come_to_rest(window)
        assert session.state.done == [False] * len(lesson.steps[place].turns), place


FROM_BEFORE = """+++
title = "From before"
minutes = 1

[scene]
preset = "circle"
panels = ["network", "curves"]
+++

## One

```scene
```

```turn
task = "Look"
until = "step >= 3"
```

## Two

```turn
task = "Train to step 3"
until = "step >= 3"
```

## Three

```turn
task = "Select a weight"
until = "selected(weight)"
```

## Four

```turn
task = "Silence a unit"
until = "silenced(1)"
```

## Five

```turn
task = "Silence a unit"
until = "silenced(1)"
```
"""


@pytest.fixture
def from_before(tmp_path: Path) -> Lesson:
    folder = tmp_path / "from-before"
    folder.mkdir()
    (folder / "lesson.md").write_text(FROM_BEFORE, encoding="utf-8")
    return read_lesson(folder)


def test_what_the_step_before_has_left_is_not_done_in_this_one(
    glass: GlassMaker, from_before: Lesson
) -> None:
    window = glass()
    session = window.window.lessons.session
    window.window.lessons.open(from_before)
    wait_for_scene(window)
    # Where the task is done training stops.
    window.session.take_steps(3)
    window.rest_at(3)
    window.wait_until(lambda: session.state.done == [True])
    window.session.take_steps(1)
    window.rest_at(4)
    window.session.select(Parameter(1, 0, 0))
    assert session.state.done == [True]
    session.go_on()
    assert session.state.done == [False]
    window.session.take_steps(1)
    window.wait_until(lambda: session.state.done == [True])
    session.go_on()
    assert session.state.done == [False]
    window.session.select(Parameter(1, 0, 0))
    assert session.state.done == [True]
    session.go_on()
    window.session.interventions.ablate_unit(Unit(1, 0))
    window.wait_until(lambda: session.state.done == [True])
    session.go_on()
    come_to_rest(window)
    assert session.state.done == [False]


def test_a_race_is_run_and_not_only_chosen(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_few_digits(monkeypatch)
    lesson = few(our_lesson("optimisers"))
    (place,) = (
        k for k, step in enumerate(lesson.steps) if "race" in step.show.controls
    )
    window = glass()
    session = window.window.lessons.session
    window.window.lessons.open(lesson, place)
    wait_for_scene(window)
    panel = window.panel("race")
    window.wait_until(lambda: panel.paths)
    play(panel)
    window.wait_until(lambda: panel.step > 600)
    assert session.state.done == [False], "that was another surface"
    play(panel)  # pauses
    panel.choice.setCurrentIndex(1)
    panel.choice.activated.emit(1)
    window.wait_until(lambda: panel.paths and not window.session.open_jobs)
    QApplication.processEvents()
    assert session.state.done == [False]
    play(panel)
    window.wait_until(lambda: session.state.done == [True])
    assert panel.step >= 60


def play(panel: object) -> None:
    button = panel.play_button  # type: ignore[attr-defined]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
