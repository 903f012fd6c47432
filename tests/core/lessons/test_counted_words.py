"""A number of things is printed with the word that fits it."""

from pathlib import Path

import pytest

from core.lessons.errors import ExpressionError, Place
from core.lessons.expressions.evaluate import as_read
from core.lessons.expressions.nodes import Counted, reads_of
from core.lessons.expressions.parse import parse_gap
from core.lessons.reading.live_text import line_of_text
from gui.panels.lesson.live_html import TO_COME, filled, is_to_come
from gui.style.number_format import NO_VALUE
from tests.core.lessons.test_expressions import Known

PLACE = Place(Path("lesson.md"), 1)
TEXT = "It has {mistakes|mistake|mistakes} left."


@pytest.mark.parametrize(
    ("count", "said"),
    [(1.0, "1\xa0mistake"), (2.0, "2\xa0mistakes"), (0.0, "0\xa0mistakes")],
)
def test_one_thing_has_another_word_than_several(count: float, said: str) -> None:
    text = line_of_text(TEXT, PLACE)
    assert filled(text, Known({"mistakes": count})) == f"It has {said} left."


def test_what_is_not_known_is_a_dash_with_the_word_of_many() -> None:
    text = line_of_text(TEXT, PLACE)
    assert filled(text, Known({})) == f"It has {NO_VALUE}\xa0mistakes left."


def test_what_is_to_come_is_no_dash() -> None:
    text = line_of_text(TEXT, PLACE)
    assert filled(text, None) == f"It has {TO_COME}\xa0mistakes left."
    assert is_to_come(text, None)
    assert is_to_come(text, Known({}))
    assert not is_to_come(line_of_text("Now **{selected.value}**.", PLACE), Known({}))


def test_what_is_read_is_the_number_alone() -> None:
    found = parse_gap("begin(mistakes)|was|were")
    assert isinstance(found, Counted)
    assert [read.name for read in reads_of(found)] == ["mistakes"]
    assert as_read(Known({}), [found]) is not None


@pytest.mark.parametrize("text", ["mistakes|", "mistakes|a", "mistakes|a|b|c", "m||"])
def test_two_words_are_needed(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse_gap(text)


def test_the_smallest_of_several_accuracies_is_printed_as_one() -> None:
    text = line_of_text("{min(accuracy.test, accuracy.train)}", PLACE)
    known = Known({"accuracy.test": 0.5, "accuracy.train": 0.75})
    assert filled(text, known) == "50.0\xa0%"
