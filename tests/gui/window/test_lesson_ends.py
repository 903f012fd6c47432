"""Where a lesson, or a step of one, ends and another thing begins."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from core.values.parameter import Parameter
from tests.gui.support.whole_window import GlassMaker
from tests.gui.support.written_lessons import written
from tests.gui.window.test_lessons import LESSON, open_lesson


def test_the_look_changes_after_a_lesson_was_closed(
    glass: GlassMaker, tmp_path: Path
) -> None:
    """What was deleted with its steps is not touched: that would end the program."""
    circles = written(tmp_path / "circles", LESSON)
    window = glass()
    lessons, action = window.window.lessons, window.window.actions_by_key
    lessons.open(circles)
    window.wait_until(lambda: lessons.session.lesson is not None)
    steps = len(circles.steps)
    for place in (*range(1, steps), 0):
        lessons.session.go_to(place)
        QApplication.processEvents()
    lessons.close()
    window.wait_until(lambda: lessons.session.lesson is None)
    for _ in range(2):
        action["lecture_mode"].trigger()
        QApplication.processEvents()
    assert window.view is not None


def test_a_step_whose_tasks_select_begins_with_nothing_selected(
    glass: GlassMaker, tmp_path: Path
) -> None:
    """What is shown while the selection goes is not looked at as one of that step."""
    head, tail = LESSON.split("```question", 1)
    tasks = tail[tail.index("```turn") : tail.index("```show")]
    text = f"{head}\n## Two\n\nNow select.\n\n{tasks}"
    lesson_two = written(tmp_path / "two", text)
    window = glass()
    open_lesson(window, lesson_two)
    window.session.select(Parameter(1, 0, 0))
    lesson = window.window.lessons.session
    assert lesson.step.turns == ()
    lesson.go_on()
    assert window.view.selection is None
    assert tuple(lesson.state.done) == (False, False)


def test_a_window_that_closes_in_a_lesson_remembers_the_users_own_speed(
    glass: GlassMaker, tmp_path: Path
) -> None:
    text = LESSON.replace('speed = "full"', "speed = 5")
    lesson_slow = written(tmp_path / "slow", text)
    window = glass()
    own = window.window.speed.position
    open_lesson(window, lesson_slow)
    assert window.window.speed.position != own
    window.window.close()
    assert window.window.settings.number("speed", -1) == own
