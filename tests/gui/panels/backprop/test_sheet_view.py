"""The tables of Backprop leave room for what they print."""

import numpy as np
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from gui.panels.backprop.sheet import Extra, Sheet, SheetColumn
from gui.panels.backprop.sheet_view import SheetView
from gui.style import theme


def test_a_column_is_as_wide_as_its_bold_sum(qtbot: QtBot) -> None:
    column = SheetColumn("w·a", np.full(3, 4115.2263), digits=4)
    total = Extra("sum", (-12345.6789,), "sum")
    view = SheetView()
    qtbot.addWidget(view)
    view.resize(500, 300)
    view.show_sheet(Sheet(3, str, lambda _row: None, (column,), (total,)))
    bold = QFontMetrics(theme.figures_font(view.font(), bold=True))
    needed = bold.horizontalAdvance(column.text(-12345.6789))
    plain = QFontMetrics(theme.figures_font(view.font()))
    assert needed > plain.horizontalAdvance(column.text(-12345.6789))
    ((_, width),) = view._layout(view.sheet).columns
    assert width >= needed
