"""Where the texts of a table are inked: measured on rendered pixels."""

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTableView, QWidget

from core.platform.asset_files import asset_path
from gui.style.sheet import filled_sheet

IMAGES = dict.fromkeys(
    ("chevron", "check"), asset_path("icons", "check.svg").as_posix()
)


def dressed(window: QWidget) -> None:
    """With the window's style sheet, on which the margins of tables depend."""
    window.setStyleSheet(filled_sheet(dark=False, scale=1, images=IMAGES))


def header_ends(table: QTableView, column: int) -> tuple[int, int]:
    """First and last inked pixel of a header's text, from the table's left edge."""
    header = table.horizontalHeader()
    left = header.sectionViewportPosition(column)
    width = header.sectionSize(column)
    # Without the hairline at the bottom.
    return _ink(header.viewport(), QRect(left, 0, width, header.height() - 2))


def cell_ends(table: QTableView, row: int, column: int) -> tuple[int, int]:
    """The same of a cell."""
    place = table.visualRect(table.model().index(row, column))
    return _ink(table.viewport(), place.adjusted(0, 1, 0, -2))


def _ink(widget: QWidget, place: QRect) -> tuple[int, int]:
    grey = widget.grab(place).toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    shape = (grey.height(), grey.bytesPerLine())
    values = np.frombuffer(grey.constBits(), np.uint8).reshape(shape)
    values = values[:, : grey.width()].astype(int)
    inked = np.flatnonzero((np.abs(values - values[0, 0]) > 60).any(axis=0))
    return place.left() + int(inked[0]), place.left() + int(inked[-1])
