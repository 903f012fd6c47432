"""Each panel says what it is, with a formula and a lesson that exists."""

import re

import pytest
from PySide6.QtCore import Qt

from core.lessons.folders import lessons_in, shipped_folder
from core.lessons.library import lesson_of
from gui.window.panel_help.panel_help import NO_PANEL
from gui.window.panel_help.texts import panel_texts
from gui.window.panel_table import PANELS
from tests.gui.support.whole_window import GlassMaker
from tests.test_texts import Text, problems_of


def test_each_panel_has_a_text_and_no_text_is_of_another_one():
    assert set(panel_texts()) == {entry.key for entry in PANELS}


@pytest.mark.parametrize("key", [entry.key for entry in PANELS])
def test_a_panel_is_said_in_three_sentences_with_a_formula_and_a_lesson(key: str):
    found = panel_texts()[key]
    assert len(re.findall(r"[^.]+\.(?: |$)", found.text)) == 3, found.text
    assert len(found.text) < 330
    assert found.formula
    assert len(found.formula) < 60
    assert found.lesson in {path.name for path in lessons_in(shipped_folder())}
    for text in (found.text, found.formula):
        assert not list(problems_of(Text(1, text, is_docstring=False)))


def test_the_button_and_the_key_open_the_card_and_the_card_opens_the_lesson(
    glass: GlassMaker,
):
    window = glass()
    main = window.window
    dock = main.docks["network"]
    assert dock.header.help.isVisible()
    dock.header.help.click()
    card = main.panel_help.card
    assert card is not None
    assert card.isVisible()
    assert card.title.text() == "Network"
    assert card.text.text() == panel_texts()["network"].text
    assert card.lesson.text() == f"Lesson: {lesson_of('one-unit').title}"
    window.qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()

    main.panels["network"].setFocus()
    main.panels["network"].findChild(type(main.panels["network"].canvas)).setFocus()
    main.actions_by_key["panel_help"].trigger()
    assert card.isVisible()
    card.lesson.click()
    assert not card.isVisible()
    lesson = main.lessons.session.lesson
    assert lesson is not None
    assert lesson.key == "one-unit"


def test_without_a_panel_in_focus_it_is_said_how_to_ask(glass: GlassMaker):
    window = glass()
    window.window.setFocus()
    window.window.actions_by_key["panel_help"].trigger()
    assert window.window.message_bar.text == NO_PANEL
