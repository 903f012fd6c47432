"""A folder becomes a lesson, or an error that names its file and line."""

from pathlib import Path

import pytest

from core.lessons.errors import LessonError
from core.lessons.folders import titles
from core.lessons.library import all_lessons, by_course, lesson_of
from core.lessons.model import Lesson
from core.lessons.reading.lesson_file import read_lesson

GOOD = """+++
title = "A unit"
minutes = 8
courses = { "Course" = 2 }

[scene]
preset = "circle"
workspace = "playground"
set = { "training.seed" = 3 }
+++

## The first step

The weight is **{w(1,0,0)}** at step {step}: {{braces}} and x^2^, w~1~.

```scene
step = 20
panels = ["network", "plane"]
select = "unit(1,0)"
set = { "training.learning_rate" = 0.5 }
```

```question
ask = "Is {step} more than ten?"
answers = ["Yes", "No"]
right = 1
reveal = ["It is {step}.", "It is {step}, which is more."]
```

```turn
task = "Train on"
until = "step >= 100"
```

```show
controls = ["play", "field training.learning_rate"]
do = ["step 80", "edit w(1,0,0) = -4"]
```

## Typed

```question
ask = "Two times three?"
number = 6
within = 0.1
reveal = "Six."
```
"""


def lesson(tmp_path: Path, text: str) -> Lesson:
    folder = tmp_path / "a-unit"
    folder.mkdir(parents=True)
    (folder / "lesson.md").write_text(text, encoding="utf-8")
    return read_lesson(folder)


def test_a_lesson_is_what_its_file_says(tmp_path: Path):
    found = lesson(tmp_path, GOOD)

    assert (found.key, found.title, found.minutes) == ("a-unit", "A unit", 8)
    assert found.courses == {"Course": 2}
    first, typed = found.steps
    assert first.scene is not None
    assert first.scene.experiment.data.name == "circle"
    assert first.scene.experiment.training.seed == 3
    assert first.scene.experiment.training.learning_rate == 0.5
    assert (first.scene.step, first.scene.panels) == (20, ("network", "plane"))
    assert len(first.turns) == 1
    assert len(first.show.actions) == 2
    assert typed.scene is None
    assert typed.question is not None
    assert typed.question.number is not None


def test_a_text_is_html_with_a_gap_for_each_value(tmp_path: Path):
    text = lesson(tmp_path, GOOD).steps[0].text

    assert text.parts == (
        "<p>The weight is <strong>",
        "</strong> at step ",
        ": {braces} and x<sup>2</sup>, w<sub>1</sub>.</p>",
    )
    assert len(text.values) == 2


def test_a_block_in_a_list_keeps_its_values(tmp_path: Path):
    begin, end = GOOD.index("```question"), GOOD.index("```turn")
    block = GOOD[begin:end].rstrip().splitlines()
    listed = "\n".join(["1. " + block[0], *(f"   {line}" for line in block[1:])])
    plain = lesson(tmp_path, GOOD).steps[0].question
    inside = lesson(tmp_path / "x", GOOD[:begin] + listed + "\n\n" + GOOD[end:])

    assert plain is not None
    assert inside.steps[0].question == plain


def test_html_of_the_author_is_shown_as_text(tmp_path: Path):
    text = GOOD.replace("The weight is", "<img src=x> <b>The</b> weight is")

    shown = lesson(tmp_path, text).steps[0].text.parts[0]

    assert "<img" not in shown
    assert "&lt;img" in shown


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("+++\ntitle", "++\ntitle", 1, "begins with a line"),
        ("minutes = 8", "minutes = eight", 3, "not TOML"),
        ("minutes = 8", 'minutes = "8"', 3, "expected a whole number"),
        ("minutes = 8\n", "", 2, "'minutes' is missing"),
        ("minutes = 8", "minute = 8", 2, "'minutes' is missing"),
        ("[scene]", "[scen]", 6, "unknown key 'scen'; did you mean 'scene'?"),
        ('"circle"', '"circel"', 7, "unknown preset"),
        ('"playground"', '"play"', 8, "unknown workspace"),
        ('"training.seed"', '"training.sed"', 9, "unknown key"),
        ("{w(1,0,0)}", "{w(1,0)}", 14, "w takes 3 arguments"),
        ("{step}: {{", "{stepp}: {{", 14, "did you mean 'step'?"),
        ("{step}: {{", "{step: {{", 14, "a value stands on one line"),
        ('"plane"]', '"plain"]', 18, "has no panel 'plain'"),
        ('"plane"]', '"plane"]\nrows = "most"', 19, "unknown rows 'most'"),
        ('"plane"]', '"plane"]\nstage = "delta"', 19, "expected such as"),
        ('"plane"]', '"plane"]\nstage = "delta 9"', 19, "the network has no layer 9"),
        ("unit(1,0)", "unit(1)", 19, "is no unit, weight or bias"),
        ("unit(1,0)", "unit(1,99)", 19, "the network has no"),
        ("right = 1", "right = 3", 26, "no answer"),
        ('"It is {step}.", ', "", 27, "1 for 2 answers"),
        ("step >= 100", "step", 32, "a condition compares"),
        ("step >= 100", "step => 100", 32, "not expected"),
        ('["play", ', '["plya", ', 36, "unknown control 'plya'"),
        ("step 80", "steps 80", 37, "is no action"),
        ("within = 0.1\n", "", 43, "'within' is missing"),
        ("## Typed", "# Typed", 40, "two signs"),
        ("```turn", "```trun", 30, "unknown block 'trun'"),
        ("step = 20", f"step = {'9' * 5000}", 20, "too many digits"),
        ("step = 20", f"step = 0x{'f' * 5000}", 17, "is not from 0 to"),
        ("minutes = 8", f"minutes = 0x{'f' * 5000}", 3, "is not from 0 to"),
        ("within = 0.1", f"within = 0x{'f' * 5000}", 45, "is not a finite number"),
        ("number = 6", f"number = 0x{'f' * 5000}", 44, "is not a finite number"),
        ("number = 6", "number = inf", 44, "is not a finite number"),
        ("step 80", f"step {'9' * 5000}", 37, "is no action"),
        ("step 80", "step \N{SUPERSCRIPT TWO}", 37, "is no action"),
        ("(1,0,0) = -4", f"(1,{'9' * 5000},0) = -4", 37, "is no action"),
        ("step 80", f"set training.seed {'9' * 5000}", 37, "is no value for"),
        ("step 80", f"set data.inputs {'[' * 3000}", 37, "is no value for"),
        ("step >= 100", "at(", 32, "is not a whole number"),
        ("step >= 100", "w(1,", 32, "something is missing"),
        ("The weight", "The \ue000 weight", 14, "private use"),
    ],
)
def test_an_error_names_the_file_and_the_line(
    tmp_path: Path, old: str, new: str, line: int, reason: str
):
    assert old in GOOD
    with pytest.raises(LessonError) as caught:
        lesson(tmp_path, GOOD.replace(old, new, 1))

    assert str(caught.value).startswith(f"{tmp_path / 'a-unit' / 'lesson.md'}:{line}: ")
    assert reason in str(caught.value)


def test_a_scene_reads_no_file_outside_its_folder(tmp_path: Path):
    (tmp_path / "secret.toml").write_text("[data]\nname = 'circle'\n")
    text = GOOD.replace('preset = "circle"', 'file = "../secret.toml"')

    with pytest.raises(LessonError, match=r"no file '\.\./secret\.toml'"):
        lesson(tmp_path, text)


def test_own_lessons_stand_beside_ours_and_a_broken_one_hides_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSBOX_CONFIG", str(tmp_path))
    (tmp_path / "lessons" / "mine").mkdir(parents=True)
    (tmp_path / "lessons" / "mine" / "lesson.md").write_text(GOOD)
    (tmp_path / "lessons" / "broken").mkdir()
    (tmp_path / "lessons" / "broken" / "lesson.md").write_text("nothing")

    entries = {entry.key: entry for entry in all_lessons()}

    assert entries["mine"].lesson is not None
    assert entries["mine"].is_own
    assert "lesson.md:1" in entries["broken"].problem
    assert entries["first-look"].lesson is not None
    assert lesson_of("mine").title == "A unit"
    with pytest.raises(LessonError, match="unknown lesson"):
        lesson_of("missing")


def test_the_lessons_of_a_course_stand_in_its_order():
    courses = by_course(all_lessons())

    places = [
        entry.courses["The whole course"] for entry in courses["The whole course"]
    ]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


def test_titles_are_read_without_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GLASSBOX_CONFIG", str(tmp_path))
    for key, head in (("mine", 'title = "Mine"'), ("torn", 'title = "Torn')):
        folder = tmp_path / "lessons" / key
        folder.mkdir(parents=True)
        (folder / "lesson.md").write_text(f"+++\n{head}\n+++\n\nNo step at all.\n")
    found = titles()
    assert (found["mine"], found["torn"]) == ("Mine", "torn")
    ours = {e.key: e.title for e in all_lessons() if not e.is_own}
    assert ours.items() <= found.items()
