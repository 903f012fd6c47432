"""Worksheets from the window: the sheets in one file, their answers beside it."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox

from core.lessons.library import lesson_of
from core.values.errors import FileError
from gui.window import file_saver
from gui.window.worksheets.dialog import WorksheetDialog
from gui.window.worksheets.request import answers_path, maker_of, worksheet_request
from tests.gui.support.whole_window import GlassMaker


def test_two_sheets_of_the_network_are_written_with_their_answers(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chosen = tmp_path / "sheets.pdf"
    answer = staticmethod(lambda *_: (str(chosen), ""))
    monkeypatch.setattr(file_saver.QFileDialog, "getSaveFileName", answer)
    window = glass()
    window.window.actions_by_key["worksheet"].trigger()
    (dialog,) = window.window.findChildren(WorksheetDialog)
    dialog.count.setValue(2)
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    window.wait_until(lambda: "answers" in window.says)
    for path in (chosen, answers_path(chosen)):
        assert len(re.findall(rb"/Type /Page\b", path.read_bytes())) == 2


def test_a_lesson_of_ours_gives_its_own_sheet_without_a_network() -> None:
    found = maker_of(lesson_of("by-hand"), None)
    assert found is not None
    key, title, make = found
    assert (key, title) == ("by-hand", "Gradient descent by hand")
    assert make(2) == make(2)
    assert make(2) != make(3)
    assert maker_of(None, None) is None


def test_answers_to_other_sheets_are_not_replaced_unasked(tmp_path: Path) -> None:
    found = maker_of(lesson_of("by-hand"), None)
    assert found is not None
    request = worksheet_request(found[0], found[2], 0, 1)
    path = tmp_path / "a.pdf"
    answers_path(path).write_text("mine")
    with pytest.raises(FileError, match="is there already"):
        request.write(path)
    assert answers_path(path).read_text() == "mine"
    assert not path.exists()
