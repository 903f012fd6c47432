"""What was answered in a lesson stays what was seen, whatever the window shows."""

from pathlib import Path

import pytest

from core.experiment.presets import load_preset
from core.lessons.model import Lesson
from tests.gui.support.whole_window import GlassMaker
from tests.gui.support.written_lessons import written
from tests.gui.window.test_lessons import (
    LESSON,
    open_lesson,
    panel_of,
    wait_for_scene,
    weights_of,
)


@pytest.fixture
def circles(tmp_path: Path) -> Lesson:
    return written(tmp_path / "circles", LESSON)


def test_a_preset_started_in_a_lesson_leaves_its_numbers_and_has_a_way_back(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    lessons, page = window.window.lessons.session, panel_of(window).page
    window.session.take_steps(2)
    window.rest_at(7)
    lessons.choose(1)
    lessons.reveal()
    weights, seen = weights_of(window), page.text.text()
    assert "Step 7, weight " in seen
    assert page.come_back.isHidden()

    window.session.document.choose_preset("xor", load_preset("xor").experiment)
    window.wait_until(lambda: window.view.run.dataset.name == "xor")
    window.session.take_steps(3)
    window.rest_at(3)

    assert page.text.text() == seen
    assert lessons.state.done == [False, False]
    assert page.come_back.isVisible()
    assert "shows something else" in page.notice.text()

    page.come_back.click()
    window.wait_until(lambda: window.view.run.dataset.name == "circle")
    window.rest_at(7)

    assert (weights_of(window) == weights).all()
    window.wait_until(page.come_back.isHidden)
    window.session.take_steps(2)
    window.rest_at(9)
    window.wait_until(lambda: "Step 9, weight " in page.text.text())
    assert lessons.state.done == [True, False]


def test_undo_is_a_way_back_too_and_edits_are_the_lessons_own(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    lessons = window.window.lessons.session

    window.session.use_seed(4)
    window.wait_until(lambda: window.view.run.experiment.training.seed == 4)
    assert not lessons.is_elsewhere

    window.session.document.choose_preset("xor", load_preset("xor").experiment)
    window.wait_until(lambda: window.view.run.dataset.name == "xor")
    assert lessons.is_elsewhere
    window.session.document.undo_stack.undo()
    window.wait_until(lambda: window.view.run.dataset.name == "circle")
    assert not lessons.is_elsewhere


def test_a_step_that_was_left_keeps_the_numbers_that_were_seen(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    lessons, page = window.window.lessons.session, panel_of(window).page
    lessons.reveal()
    window.session.take_steps(6)
    window.rest_at(11)
    panel_of(window).show_me.click()
    panel_of(window).show_me.click()
    window.wait_until(lambda: lessons.state.is_over)
    window.wait_until(lambda: window.step == 15)
    window.wait_until(lambda: "Step 15, weight " in page.text.text())
    seen = page.text.text()

    lessons.go_on()
    lessons.go_back()
    window.wait_until(lambda: window.step == 5)

    assert page.text.text() == seen
    assert "those that you saw" in page.notice.text()
    panel_of(window).again.click()
    wait_for_scene(window)
    window.wait_until(lambda: "Step 5, weight " in page.text.text())
    assert not page.notice.isVisible()
