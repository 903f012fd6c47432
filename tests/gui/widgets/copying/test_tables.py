"""Tables that are seen, as cells for a file."""

from PySide6.QtWidgets import QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from gui.widgets.copying.content import EXACT
from gui.widgets.copying.tables import file_cell, tables_in


def test_a_file_has_all_digits_whatever_the_table_prints(qtbot: QtBot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    table = QTableWidget(2, 3, panel)
    table.setAccessibleName("Errors")
    table.setHorizontalHeaderLabels(["weight", "error", "error"])
    hidden = QTableWidget(1, 1, panel)
    exact = QTableWidgetItem("0.33")
    exact.setData(EXACT, 1 / 3)
    table.setItem(0, 0, QTableWidgetItem("w 1"))
    table.setItem(0, 1, exact)
    table.setItem(1, 1, QTableWidgetItem("\N{MINUS SIGN}1,234.5"))
    panel.show()
    hidden.hide()
    [(name, rows)] = tables_in(panel)
    assert name == "Errors"
    assert rows == [
        ["weight", "error", "error 3"],
        ["w 1", "0.333333333", ""],
        ["", "-1234.5", ""],
    ]


def test_a_text_that_is_no_number_is_written_as_it_is() -> None:
    assert file_cell("97.5 %") == "97.5 %"
    assert file_cell(None) == ""
    assert file_cell("two\nlines") == "two lines"
    assert file_cell("x", True) == "x"
