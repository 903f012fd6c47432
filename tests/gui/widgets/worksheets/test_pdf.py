"""Worksheets on paper: the sheet keeps its answers to itself, the key has them all."""

import re

import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from core.worksheets.make import SHEETS, lesson_sheet
from core.worksheets.model import Table, Task
from gui.widgets.worksheets.ink import ANSWER, Paper
from gui.widgets.worksheets.pdf import pdf_of
from gui.widgets.worksheets.pieces import html_of


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("key", ["by-hand", "desired-changes"])
def test_a_sheet_and_its_answers_are_a_page_each(key: str) -> None:
    sheet = lesson_sheet(key, "A title", 5)
    for answers in (False, True):
        pdf = pdf_of([sheet], answers=answers)
        assert pdf.startswith(b"%PDF-")
        assert pages(pdf) == 1
    assert pages(pdf_of([sheet, sheet, sheet], answers=False)) == 3


@pytest.mark.parametrize("key", SHEETS)
def test_a_sheet_says_no_answer_and_the_key_says_all(
    qapp: QApplication, key: str
) -> None:
    del qapp
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for block in lesson_sheet(key, "", 3).blocks:
        if isinstance(block, Task):
            missing = [block.answer]
        elif isinstance(block, Table):
            missing = [c.text for row in block.rows for c in row if c.left_out]
        else:
            continue
        sheet = html_of(Paper(painter, 1, answers=False), block)
        key_to_it = html_of(Paper(painter, 1, answers=True), block)
        assert ANSWER.name() not in sheet
        assert key_to_it.count(ANSWER.name()) == len(missing)
        assert all(f">{text}</span>" in key_to_it for text in missing)
        if isinstance(block, Task):
            assert block.answer not in sheet.replace(block.ask, "")
        else:
            assert sheet.count("<td></td>") >= len(missing)
    painter.end()
