"""`glassbox lessons`: the list, and the check of a folder."""

import json
from pathlib import Path

import pytest

from core.cli.main import main
from core.platform.asset_files import asset_path

KEYS = [p.parent.name for p in sorted(asset_path("lessons").glob("*/lesson.md"))]


def test_the_list_has_key_title_and_course(capsys: pytest.CaptureFixture[str]):
    assert main(["lessons", "--json", "-"]) == 0

    lessons = {e["key"]: e for e in json.loads(capsys.readouterr().out)["lessons"]}
    assert list(lessons) == KEYS
    first = lessons["first-look"]
    assert (first["title"], first["course"]) == ("First look", "The whole course")
    assert first["minutes"] == 6
    assert not any(entry["problem"] for entry in lessons.values())


def test_the_list_for_people_names_each_course(capsys: pytest.CaptureFixture[str]):
    assert main(["lessons"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert "Films 1 to 4" in lines
    assert any(line.startswith("first-look ") for line in lines)


@pytest.mark.parametrize("key", KEYS)
def test_each_lesson_of_ours_is_sound(key: str):
    assert main(["lessons", "--check", str(asset_path("lessons", key))]) == 0


def test_a_check_names_the_file_and_the_line_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = tmp_path / "mine"
    folder.mkdir()
    text = asset_path("lessons", "first-look", "lesson.md").read_text()
    line = text[: text.index("step >= 250")].count("\n") + 1
    (folder / "lesson.md").write_text(text.replace("step >= 250", "stepp >= 250"))

    assert main(["lessons", "--check", str(folder)]) == 1

    error = capsys.readouterr().err
    assert error.startswith(f"glassbox: error: {folder / 'lesson.md'}:{line}: until:")
    assert "did you mean 'step'?" in error
    assert error.count("\n") == 1


def test_a_folder_without_a_lesson_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["lessons", "--check", str(tmp_path)]) == 1
    assert "lesson.md: No such file" in capsys.readouterr().err
