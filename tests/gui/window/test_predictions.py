"""An answer that is a prediction is told once it can be seen."""

from pathlib import Path

from PySide6.QtCore import Qt

from core.lessons.reading.lesson_file import read_lesson
from gui.panels.lesson.question_card import KEPT
from tests.gui.support.whole_window import Glass, GlassMaker
from tests.gui.window.test_lessons import open_lesson, panel_of

PREDICTED = """+++
title = "A prediction"
minutes = 1
[scene]
preset = "circle"
workspace = "train"
+++

## Wait and see

```scene
step = 0
```

```question
ask = "Where is it after ten steps?"
answers = ["At {begin(step + 10)}", "At {begin(step + 1)}"]
right = 1
reveal = ["At step {step}.", "No, it is at step {step}."]
```

```turn
task = "Take ten steps"
until = "step >= 10"
```
"""


def predicting(glass: GlassMaker, folder: Path) -> Glass:
    """A window with the lesson at its first step."""
    lesson = folder / "predicted"
    lesson.mkdir()
    (lesson / "lesson.md").write_text(PREDICTED, encoding="utf-8")
    window = glass()
    open_lesson(window, read_lesson(lesson))
    return window


def test_an_answer_is_told_once_its_task_has_shown_it(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = predicting(glass, tmp_path)
    card = panel_of(window).page.card
    window.press(Qt.Key.Key_1)
    window.press(Qt.Key.Key_Return)
    window.wait_until(lambda: KEPT in card.reveal_text)
    window.session.take_steps(10)
    window.wait_until(lambda: "Right." in card.reveal_text)
    assert "At step 10." in card.reveal_text


def test_play_pauses_where_the_task_is_judged(
    glass: GlassMaker, tmp_path: Path
) -> None:
    window = predicting(glass, tmp_path)
    window.session.set_speed(None)
    window.session.play()
    lessons = window.window.lessons.session
    window.wait_until(lambda: lessons.state.done == [True])
    window.rest_at(10)
    window.session.play()
    window.wait_until(lambda: window.step > 10)
