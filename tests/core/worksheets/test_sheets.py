"""Worksheets: whoever computes with the printed numbers finds the printed answers."""

import pytest

from core.lessons.folders import lessons_in, shipped_folder
from core.worksheets.make import SHEETS, lesson_sheet
from core.worksheets.model import Cell, Diagram, Table, Task
from tests.core.worksheets.checks import CHECKS
from tests.core.worksheets.reading import answers, left_out, of_kind, tables

SEEDS = (0, 1, 30)


def test_each_lesson_of_ours_has_a_sheet_and_each_sheet_is_computed_anew() -> None:
    keys = {folder.name for folder in lessons_in(shipped_folder())}
    assert set(SHEETS) == keys
    assert set(CHECKS) == keys


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("key", SHEETS)
def test_the_answers_follow_from_the_printed_numbers(key: str, seed: int) -> None:
    CHECKS[key](lesson_sheet(key, "", seed))


@pytest.mark.parametrize("key", SHEETS)
def test_a_seed_gives_the_same_sheet_always_and_another_one_others(key: str) -> None:
    sheets = [lesson_sheet(key, "", seed).blocks for seed in range(5)]
    assert sheets[3] == lesson_sheet(key, "", 3).blocks
    assert len({repr(blocks) for blocks in sheets}) >= 3


@pytest.mark.parametrize("key", SHEETS)
def test_each_sheet_leaves_something_out(key: str) -> None:
    sheet = lesson_sheet(key, "", 0)
    assert len(left_out(sheet)) + len(of_kind(sheet, Task)) >= 4


def test_the_standard_sheets_have_the_numbers_of_the_lectures() -> None:
    """As the storyboards say them, worked out by others."""
    first = [row[1].text for row in _rows("by-hand", 1)]
    assert first == [
        "0.3790", "0.5936", "0.1218", "0.4936", "0.2412",
        "0.1191", "0.0595", "0.0607", "0.2905", "0.3393",
    ]  # fmt: skip
    corrections = [row[3:] for row in tables(lesson_sheet("perceptron", "", 0))[0]]
    assert corrections == [
        ["0", "(0, −1)", "1"],
        ["5", "(3, 3)", "0"],
        ["−3", "(3, 2)", "1"],
        ["−1", "(3, 1)", "2"],
    ]
    last = tables(lesson_sheet("chain-rule", "", 0))[0]
    assert [row[5] for row in last] == ["−0.2501", "−0.0593", "0.0233"]
    assert [row[7] for row in last] == ["1.0967", "−1.9566", "1.4767"]
    softmax = tables(lesson_sheet("softmax", "", 0))[1]
    assert [row[3] for row in softmax] == ["0.665", "0.245", "0.090", "1"]
    assert answers(lesson_sheet("one-unit", "", 0))[0].endswith("= 6")
    assert answers(lesson_sheet("vanishing", "", 0))[3].endswith("70,000")


def _rows(key: str, place: int) -> tuple[tuple[Cell, ...], ...]:
    return of_kind(lesson_sheet(key, "", 0), Table)[place].rows


def test_a_drawn_number_is_the_same_on_every_machine() -> None:
    """Else a pupil's sheet would not fit the teacher's answers."""
    (diagram,) = of_kind(lesson_sheet("by-hand", "", 4), Diagram)
    assert [node.value and node.value.text for node in diagram.layers[0]] == [
        "0.85",
        "0.93",
    ]
