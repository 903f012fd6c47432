"""Text of lessons grows and shrinks with all other text, whenever it was made."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from core.lessons.library import lesson_of
from gui.panels.lesson.rows import ReadingLabel
from gui.style.fonts import role_font
from tests.gui.support.whole_window import Glass, GlassMaker


def sizes(window: Glass) -> dict[str, float]:
    """Of all texts of the list of lessons, in points."""
    labels = window.window.lessons.panel.findChildren(QLabel)
    return {label.text(): label.font().pointSizeF() for label in labels}


@pytest.mark.parametrize("begins_large", [False, True])
def test_lessons_follow_the_lecture(glass: GlassMaker, begins_large: bool) -> None:
    window = glass(size=(1280, 720))
    lecture = window.window.actions_by_key["lecture_mode"]
    if begins_large:
        lecture.trigger()
    factor = 1 / 1.5 if begins_large else 1.5
    window.press(Qt.Key.Key_F2)
    before = sizes(window)
    assert "First look" in before
    lecture.trigger()
    after = sizes(window)
    assert {text: size * factor for text, size in before.items()} == pytest.approx(
        {text: after[text] for text in before}, rel=0.01
    )

    window.window.lessons.open(lesson_of("first-look"))
    window.wait_until(lambda: window.window.lessons.session.lesson is not None)
    panel = window.window.lessons.panel
    assert panel is not None
    lecture.trigger()
    expected = role_font(window.window.font(), "read").pointSizeF()
    for label in panel.findChildren(ReadingLabel):
        assert label.font().pointSizeF() == pytest.approx(expected)
