"""What is copied: numbers with all digits, tables for spreadsheets, pictures."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.style import notation
from gui.widgets.accessible.parts import Part
from gui.widgets.copying.content import EXACT, cell_text, exact_text
from gui.widgets.copying.sources import copyings_of, picture_of


@pytest.fixture(autouse=True)
def usual_notation() -> Iterator[None]:
    yield
    notation.use(notation.USUAL)


def test_a_number_keeps_every_digit_of_its_float32() -> None:
    value = float(np.float32(-0.1) / np.float32(3))
    assert np.float32(exact_text(value)) == np.float32(value)
    assert cell_text("\N{MINUS SIGN}0.0333", value) == exact_text(value)


def test_what_is_printed_for_people_is_copied_for_programs() -> None:
    assert cell_text("\N{MINUS SIGN}13,002.5") == "-13002.5"
    assert cell_text("1.5\N{MULTIPLICATION SIGN}10⁻³") == "0.0015"
    assert cell_text("hidden 1 · unit\t3") == "hidden 1 · unit 3"
    notation.use(notation.Notation(","))
    assert cell_text("0,25") == "0,25"
    assert exact_text(0.25) == "0,25"


@pytest.fixture
def table(qtbot: QtBot) -> QTableWidget:
    table = QTableWidget(2, 3)
    qtbot.addWidget(table)
    table.setHorizontalHeaderLabels(["name", "value", "hidden"])
    for row, (name, value) in enumerate((("a", 1 / 3), ("b", -2.0))):
        table.setItem(row, 0, QTableWidgetItem(name))
        item = QTableWidgetItem(f"{value:.2f}")
        item.setData(EXACT, value)
        table.setItem(row, 1, item)
    table.setColumnHidden(2, True)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    return table


def test_a_table_offers_its_rows_and_itself_without_hidden_columns(
    table: QTableWidget,
) -> None:
    table.selectRow(1)
    row, whole = copyings_of(table.viewport(), None)
    assert row.content == "name\tvalue\nb\t-2\n"
    assert whole.content == "name\tvalue\na\t0.333333333\nb\t-2\n"
    assert (row.title, whole.title) == ("row", "table")


def test_a_cell_under_the_mouse_is_offered_first(table: QTableWidget) -> None:
    table.show()
    rect = table.visualItemRect(table.item(0, 1))
    place = table.viewport().mapToGlobal(rect.center())
    cell, row, _ = copyings_of(table.viewport(), place)
    assert cell.content == "0.333333333"
    assert row.content == "name\tvalue\na\t0.333333333\n"


class Picture(QWidget):
    """Two bars, the second of which the keys have reached."""

    def described(self) -> Part:
        bars = tuple(
            Part(name, value, box=QRectF(20 * k, 0, 20, 20))
            for k, (name, value) in enumerate((("z", "0.5"), ("a", "\N{MINUS SIGN}1")))
        )
        return Part("picture", parts=(Part("bars", parts=bars),), current=(0, 1))


def test_a_picture_offers_what_is_reached_its_numbers_and_itself(qtbot: QtBot) -> None:
    picture = Picture()
    qtbot.addWidget(picture)
    picture.resize(60, 40)
    reached, numbers, image = copyings_of(picture, None)
    assert (reached.content, numbers.content) == ("-1", "z\t0.5\na\t-1\n")
    assert image.content.size() == picture.grab().toImage().size()
    pointed = copyings_of(picture, picture.mapToGlobal(QPoint(10, 10)))
    assert pointed[0].content == "0.5"
    assert "z, 0.5" in pointed[0].title


def test_a_label_that_knows_its_number_gives_all_of_it(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel("0.33", holder)
    label.setProperty("exact", 1 / 3)
    (one,) = copyings_of(label, None)
    assert one.content == "0.333333333"


def test_a_picture_lies_in_the_clipboard_with_all_its_pixels(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(30, 20)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    one = picture_of(widget)
    one.put()
    image = QApplication.clipboard().image()
    assert image.size() == one.content.size()
    assert image.pixelColor(3, 3) == one.content.pixelColor(3, 3)
