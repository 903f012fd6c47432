"""The members of a comparison as a table: colour, name, and results."""

import math
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from core.protocol.side_jobs.compare import MemberCurves
from gui.style import theme
from gui.style.number_format import count, loss_text, percent

HEADERS: Final = (
    "",
    "train loss",
    "test loss",
    "lowest test",
    "train accuracy",
    "test accuracy",
    "largest error",
)
SWATCH: Final = 12


def member_colour(index: int) -> str:
    """The token of the colour of a member's curve."""
    return f"series.{index}"


def member_texts(member: MemberCurves) -> tuple[str, ...]:
    """The cells of a row after the name."""
    diverged = ""
    if member.diverged_at is not None:
        diverged = f"diverged at step {count(member.diverged_at)}"
    if not len(member.steps):
        return (diverged, *("",) * (len(HEADERS) - 2))
    best = int(np.argmin(member.test_loss))
    lowest, at = float(member.test_loss[best]), int(member.steps[best])
    texts = (
        loss_text(float(member.train_loss[-1])),
        loss_text(float(member.test_loss[-1])),
        f"{loss_text(lowest)} at {count(at)}",
        _share(member.train_accuracy[-1]),
        _share(member.test_accuracy[-1]),
        ""
        if math.isnan(member.largest_error[-1])
        else loss_text(float(member.largest_error[-1])),
    )
    return (diverged, "", *texts[2:]) if diverged else texts


def _share(value: float) -> str:
    return "" if math.isnan(value) else percent(value)


class MemberTable(QTableWidget):
    """Updated in place; columns without values are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(HEADERS), parent)
        self.setHorizontalHeaderLabels(HEADERS)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMinimumWidth(160)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToContents)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName("Members of the comparison")
        self.setFont(theme.figures_font(self.font()))

    def show_members(self, members: tuple[MemberCurves, ...]) -> None:
        self._make_rows(tuple(member.name for member in members))
        rows = [member_texts(member) for member in members]
        for i, row in enumerate(rows):
            for j, text in enumerate(row, start=1):
                item = self.item(i, j)
                if item is not None and item.text() != text:
                    item.setText(text)
        for j in range(1, len(HEADERS)):
            self.setColumnHidden(j, bool(rows) and not any(r[j - 1] for r in rows))
        self.resizeColumnsToContents()
        bar = self.verticalScrollBar().sizeHint().width()
        self.setMaximumWidth(self.horizontalHeader().length() + bar + 2)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for i in range(self.rowCount()):
                self._draw_swatch(i)

    def _draw_swatch(self, row: int) -> None:
        swatch = QPixmap(SWATCH, SWATCH)
        colours = theme.colours_of(self)
        swatch.fill(theme.colour(colours.named(member_colour(row))))
        item = self.item(row, 0)
        if item is not None:
            item.setIcon(QIcon(swatch))

    def hide_tests(self) -> None:
        """The members have no test examples: the training data's numbers are enough."""
        for column, header in enumerate(HEADERS):
            if "test" in header.split():
                self.hideColumn(column)

    def _make_rows(self, names: tuple[str, ...]) -> None:
        shown = tuple(self._name(i) for i in range(self.rowCount()))
        if shown == names:
            return
        self.setRowCount(len(names))
        for i, name in enumerate(names):
            self.setItem(i, 0, QTableWidgetItem(name))
            self._draw_swatch(i)
            for j in range(1, len(HEADERS)):
                item = QTableWidgetItem("")
                side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                item.setTextAlignment(side)
                self.setItem(i, j, item)
            self.setRowHeight(i, self.fontMetrics().height() + 8)

    def _name(self, row: int) -> str:
        item = self.item(row, 0)
        return "" if item is None else item.text()
