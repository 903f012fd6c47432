"""A step without a scene of its own stands on the lesson's, however it is come to."""

from pathlib import Path

import pytest

from core.lessons.library import lesson_of
from core.lessons.model import Lesson
from gui.session.lessons.ground import ground_of
from tests.gui.support.whole_window import Glass, GlassMaker
from tests.gui.support.written_lessons import written

LESSON = """+++
title = "Grounds"
minutes = 5

[scene]
preset = "circle"
panels = ["network", "curves"]
speed = "full"
+++

## One

```scene
step = 5
```

## Two

At step {step}.

```turn
task = "Train to step 9: the weight is now {w(1,0,0)}"
until = "step >= 9"
```

```show
controls = ["play"]
do = ["step 4"]
```

## Three

At step {step}.

## Four

```scene
step = 2
```

```turn
task = "Choose a new seed"
until = "set(training.seed)"
```

```turn
task = "Train to step 20"
until = "step = 20"
```
"""


@pytest.fixture
def grounds(tmp_path: Path) -> Lesson:
    return written(tmp_path / "grounds", LESSON)


def wait_for_scene(glass: Glass) -> None:
    session = glass.window.lessons.session
    glass.wait_until(lambda: not session.is_setting and session.values is not None)


@pytest.mark.parametrize(("place", "step"), [(1, 5), (2, 9), (3, 2)])
def test_a_lesson_opened_at_any_step_leaves_the_own_run_alone(
    glass: GlassMaker, grounds: Lesson, place: int, step: int
) -> None:
    window = glass()
    window.session.take_steps(3)
    window.rest_at(3)
    own = window.run_id

    window.window.lessons.open(grounds, place)
    wait_for_scene(window)

    assert window.run_id != own
    assert (window.window.lessons.session.place, window.step) == (place, step)
    window.window.lessons.close()
    window.wait_until(lambda: window.run_id == own)
    assert window.step == 3


def test_the_dials_resumed_at_the_second_step_tell_the_same_loss_as_in_order(
    glass: GlassMaker,
) -> None:
    window = glass()
    session = window.window.lessons.session

    def loss() -> float | bool | None:
        return None if session.values is None else session.values.read("loss.batch", ())

    window.window.lessons.open(lesson_of("dials"))
    wait_for_scene(window)
    session.go_on()
    window.wait_until(lambda: loss() is not None)
    in_order = loss()
    session.close()
    window.window.lessons.open(lesson_of("dials"), 1)
    wait_for_scene(window)
    window.wait_until(lambda: loss() is not None)
    assert (session.place, window.step, loss()) == (1, 0, in_order)


def test_going_back_to_a_step_without_a_scene_sets_the_one_before_it(
    glass: GlassMaker, grounds: Lesson
) -> None:
    window = glass()
    session = window.window.lessons.session
    window.window.lessons.open(grounds, 3)
    wait_for_scene(window)
    session.go_back()
    wait_for_scene(window)
    assert (session.place, window.step) == (2, 9)
    session.go_back()
    wait_for_scene(window)
    assert (session.place, window.step) == (1, 5)


def test_a_step_that_builds_on_what_only_the_reader_can_do_begins_before_it(
    tmp_path: Path,
) -> None:
    text = LESSON.replace('do = ["step 4"]\n', "")
    steps = written(tmp_path / "alone", text).steps
    assert ground_of(steps, 1).place == 1
    assert ground_of(steps, 2).place == 0
    assert ground_of(steps, 3).place == 3


def test_a_lesson_opened_again_begins_tasks_anew_that_were_not_all_done(
    glass: GlassMaker, grounds: Lesson
) -> None:
    window = glass()
    session = window.window.lessons.session
    window.window.lessons.open(grounds, 3)
    wait_for_scene(window)
    session.show_me()
    window.session.document.edit({"training.seed": 7})
    window.wait_until(lambda: session.state.done == [True, False])
    session.go_on()
    session.reopen()
    wait_for_scene(window)
    assert (session.place, window.step) == (3, 2)
    assert session.state.done == [False, False]


def test_a_done_task_keeps_the_number_with_which_it_was_done(
    glass: GlassMaker, grounds: Lesson
) -> None:
    window = glass()
    session = window.window.lessons.session
    window.window.lessons.open(grounds, 1)
    wait_for_scene(window)
    window.session.take_steps(4)
    window.rest_at(9)
    done = session.values
    window.session.take_steps(6)
    window.rest_at(15)
    held = session.state.values_of_task(0, session.values)
    assert done is not None
    assert held is not None
    assert held.read("step", ()) == 9
    assert held.read("w", (1, 0, 0)) == done.read("w", (1, 0, 0))
    assert session.state.is_of_then(0, session.values)
