from pathlib import Path

import pytest

from gui.window.intake.pasted_table import FOLDER, is_table, keep_table


@pytest.mark.parametrize(
    "text",
    ["a\tb\n1\t2", "a\tb\r\n1\t2\r\n", "a;b\n0,5;1", "a,b\n\n1,2\n", "\t1\n2\t3"],
)
def test_rows_of_a_spreadsheet_are_a_table(text: str):
    assert is_table(text)


@pytest.mark.parametrize(
    "text", ["", "a\tb", "one\ntwo", "1\n2\n3", "Yes, I do.\nNo.", "a\tb\n1\t2\t3"]
)
def test_other_texts_are_none(text: str):
    assert not is_table(text)


def test_the_same_rows_are_the_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSBOX_STATE", str(tmp_path))
    path, is_new = keep_table("a\tb\r\n1\tü")
    assert is_new
    assert path.parent == tmp_path / FOLDER
    assert path.read_text("utf8") == "a\tb\n1\tü\n"
    assert keep_table("a\tb\n1\tü\n") == (path, False)
    assert keep_table("a\tb\n1\t3")[0] != path
