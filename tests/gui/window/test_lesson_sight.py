"""What a lesson tells is in sight, and what it points at is what is to be done."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel

from core.lessons.library import lesson_of
from gui.panels.lesson.lesson_panel import LessonPanel
from gui.panels.lesson.question_card import COMPUTED
from gui.style.number_format import NO_VALUE
from gui.window.lessons.controls import control_of
from tests.gui.support.whole_window import Glass, GlassMaker


def opened(glass: GlassMaker, key: str, place: int, lecture: str = "no") -> Glass:
    window = glass(size=(1280, 800), lecture_mode=lecture)
    window.window.lessons.open(lesson_of(key), place)
    session = window.window.lessons.session
    window.wait_until(lambda: session.values is not None)
    return window


def panel_of(glass: Glass) -> LessonPanel:
    panel = glass.window.lessons.panel
    assert panel is not None
    return panel


def test_an_explanation_is_scrolled_into_sight(glass: GlassMaker) -> None:
    window = opened(glass, "losses", 2, "yes")
    page = panel_of(window).page
    window.window.lessons.session.choose(0)
    panel_of(window).show_me.click()
    QApplication.processEvents()
    explanation = page.card.explanation
    assert explanation.isHidden()
    panel_of(window).next.click()

    def is_in_sight() -> bool:
        at = explanation.mapTo(page.viewport(), QPoint())
        shown = page.viewport().rect()
        return shown.contains(QRect(at, explanation.size()))

    window.wait_until(lambda: explanation.isVisible() and is_in_sight())


@pytest.mark.parametrize("lecture", ["no", "yes"])
def test_the_title_of_a_lesson_is_whole_and_its_text_needs_no_second_bar(
    glass: GlassMaker, lecture: str
) -> None:
    window = opened(glass, "dials", 4, lecture)
    panel = panel_of(window)
    QApplication.processEvents()
    name, page = panel.name, panel.page
    # What is painted: a label may keep more than it shows.
    assert QLabel.text(name) == "The 13,002 dials"
    assert name.height() >= name.heightForWidth(name.width())
    longest = max(name.text().split(), key=len)
    assert name.fontMetrics().horizontalAdvance(longest) <= name.width()
    assert page._content.minimumSizeHint().width() <= page.viewport().width()
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert page.horizontalScrollBarPolicy() == off


def test_show_me_points_at_what_the_open_task_needs(glass: GlassMaker) -> None:
    window = opened(glass, "losses", 5)
    lessons = window.window.lessons
    lessons.session.show_me()
    assert lessons.ring.target is control_of(window.window, "play")
    window.session.take_steps(500)
    window.wait_until(lambda: lessons.session.state.done == [True, False])
    assert not lessons.ring.isVisible()
    lessons.session.show_me()
    assert lessons.ring.target is control_of(window.window, "field training.loss")


def test_an_explanation_waits_for_its_numbers(glass: GlassMaker) -> None:
    window = glass()
    session = window.window.lessons.session
    window.window.lessons.open(lesson_of("mini-batches"))
    panel = panel_of(window)
    session.choose(0)
    panel.next.click()
    panel._show_values()
    assert COMPUTED in panel.page.card.reveal_text
    assert NO_VALUE not in panel.page.text.text()
    window.wait_until(lambda: "32 pictures are few" in panel.page.card.reveal_text)
    assert f"{NO_VALUE}°" not in panel.page.card.reveal_text
