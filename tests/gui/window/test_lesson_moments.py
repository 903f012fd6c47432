"""What a lesson says is of the moment that it says, and nothing is passed over."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from core.lessons.model import Lesson
from tests.gui.support.whole_window import Glass, GlassMaker
from tests.gui.support.written_lessons import written

LESSON = """+++
title = "Moments"
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

```question
ask = "Which?"
answers = ["This", "That"]
right = 2
reveal = ["It is that.", "That it is."]
```

```turn
task = "Train to step 9: the weight is now {w(1,0,0)}"
until = "step = 9"
```

```show
controls = ["play"]
do = ["step 4"]
```

## Two

```question
ask = "How many?"
number = "2"
within = 0
reveal = "Two."
```

```turn
task = "Train to step 20: {w(1,0,0)}"
until = "step = 20"
```
"""


@pytest.fixture
def opened(glass: GlassMaker, tmp_path: Path) -> Glass:
    window = glass()
    window.window.lessons.open(written(tmp_path / "moments", LESSON))
    session = window.window.lessons.session
    window.wait_until(lambda: session.values is not None)
    return window


def words(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def task_of(glass: Glass) -> str:
    panel = glass.window.lessons.panel
    assert panel is not None
    panel._show_values()
    return words(panel.page._tasks[0]._label.text())


def test_a_done_task_says_then_once_the_window_shows_something_else(
    opened: Glass,
) -> None:
    assert "is now " in task_of(opened)
    opened.session.take_steps(4)
    opened.rest_at(9)
    done = task_of(opened)
    assert "is now " in done
    opened.session.take_steps(3)
    opened.rest_at(12)
    assert task_of(opened) == done.replace("now", "then")
    opened.session.go_to_step(9)
    opened.wait_until(lambda: opened.step == 9)
    assert "is now " in task_of(opened)


def test_a_task_without_now_says_at_which_step_it_was(opened: Glass) -> None:
    lessons = opened.window.lessons.session
    lessons.go_to(1)
    opened.session.take_steps(15)
    opened.rest_at(20)
    done = task_of(opened)
    opened.session.take_steps(1)
    opened.rest_at(21)
    assert task_of(opened) == f"{done} (at step 20)"


@pytest.mark.parametrize("way", ["button", "key"])
def test_next_tells_what_was_chosen_before_it_goes_on(opened: Glass, way: str) -> None:
    lessons, panel = opened.window.lessons.session, opened.window.lessons.panel
    assert panel is not None

    def go_on() -> None:
        if way == "button":
            panel.next.click()
        else:
            opened.press(Qt.Key.Key_PageDown)

    lessons.choose(0)
    go_on()
    assert lessons.place == 0
    assert "It is that." in panel.page.card.reveal_text
    go_on()
    assert lessons.place == 1
    field = panel.page.card.findChild(QLineEdit)
    assert field is not None
    field.setText("3")
    go_on()
    assert lessons.lesson is not None
    assert lessons.state.typed == 3
    assert "Two." in panel.page.card.reveal_text


def test_next_goes_on_at_once_where_nothing_was_chosen(opened: Glass) -> None:
    lessons, panel = opened.window.lessons.session, opened.window.lessons.panel
    assert panel is not None
    panel.next.click()
    assert lessons.place == 1


def test_a_lesson_that_was_done_can_be_opened_again_with_its_answers(
    opened: Glass,
) -> None:
    lessons, panel = opened.window.lessons.session, opened.window.lessons.panel
    assert panel is not None
    lesson: Lesson | None = lessons.lesson
    lessons.choose(1)
    lessons.reveal()
    panel.next.click()
    panel.next.click()
    assert lessons.lesson is None
    assert panel.list.again is not None
    panel.list.again.click()
    opened.wait_until(lambda: lessons.values is not None)
    assert lessons.lesson is lesson
    assert lessons.place == 1
    lessons.go_back()
    assert lessons.state.answer == 1
    lessons.close()
    assert panel.list.again is None
