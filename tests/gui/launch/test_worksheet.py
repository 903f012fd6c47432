"""`glassbox worksheet`: two files, the same for a seed, and errors in a line."""

from pathlib import Path

import pytest

from gui.__main__ import main


@pytest.mark.usefixtures("qapp")
def test_the_sheet_and_its_answers_are_two_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet, answers = tmp_path / "sheet.pdf", tmp_path / "answers.pdf"
    asked = ["worksheet", "by-hand", "--seed", "3", "--out", str(sheet)]
    assert main([*asked, "--answers", str(answers)]) == 0
    assert capsys.readouterr().out.split() == [str(sheet), str(answers)]
    assert all(p.read_bytes().startswith(b"%PDF-") for p in (sheet, answers))


def test_an_unknown_lesson_is_an_error_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["worksheet", "nothing", "--out", str(tmp_path / "s.pdf")]) != 0
    said = capsys.readouterr()
    assert said.err.startswith("glassbox: error: unknown lesson 'nothing'")
    assert len(said.err.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
