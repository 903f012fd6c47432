"""The members of a comparison as a table: line, name, results, and these in words."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from core.protocol.side_jobs.compare import MemberCurves
from core.values.words import tr
from gui.panels.compare.member_plot import MEASURES
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.number_format import count, loss_text, numbers_in, percent
from gui.style.series import SAMPLE, sample

HEADERS: Final = (
    tr("Run"),
    tr("Training set loss"),
    tr("Test loss"),
    tr("Lowest test"),
    tr("Training set accuracy"),
    tr("Test accuracy"),
    tr("Largest error"),
    tr("In words"),
    "",
)
OF_TEST: Final = (2, 3, 5)
"""The columns that tell of the test examples."""
WORDS: Final = HEADERS.index(tr("In words"))
BAR: Final = len(HEADERS) - 1
"""The column that the rest of the width belongs to: how large the measure is."""
LOWEST: Final = tr("\N{CHECK MARK} lowest")
HIGHEST: Final = tr("\N{CHECK MARK} highest")
_BAR_TITLES: Final = {
    "train_loss": tr("Loss"),
    "test_loss": tr("Loss"),
    "train_accuracy": tr("Accuracy"),
    "test_accuracy": tr("Accuracy"),
    "largest_error": tr("Error"),
}
_SHARE: Final = Qt.ItemDataRole.UserRole
_THICK: Final = tokens.length("member_table.thick")
_EDGE: Final = tokens.space("page")
_INDENT: Final = tokens.space("close")
"""Of a bar, as far in as the text of its header."""


def member_texts(member: MemberCurves) -> tuple[str, ...]:
    """The results of a row, in the order of the headers."""
    if not len(member.steps):
        return ("",) * (WORDS - 1)
    best = int(np.argmin(member.test_loss))
    lowest, at = float(member.test_loss[best]), int(member.steps[best])
    texts = (
        loss_text(float(member.train_loss[-1])),
        loss_text(float(member.test_loss[-1])),
        tr("{lowest} at {at}", lowest=loss_text(lowest), at=count(at)),
        _share(member.train_accuracy[-1]),
        _share(member.test_accuracy[-1]),
        ""
        if math.isnan(member.largest_error[-1])
        else loss_text(float(member.largest_error[-1])),
    )
    return texts if member.diverged_at is None else ("", "", *texts[2:])


def _share(value: float) -> str:
    return "" if math.isnan(value) else percent(value)


def last_values(members: Sequence[MemberCurves], measure: str) -> list[float]:
    """The newest value of a measure of each member; nan where it has diverged."""
    found = []
    for member in members:
        values = getattr(member, measure)
        runs = member.diverged_at is None and len(values)
        found.append(float(values[-1]) if runs else math.nan)
    return found


def words_of(members: Sequence[MemberCurves], measure: str) -> list[str]:
    """Which member has diverged, and which is best; before the first step none is."""
    values = last_values(members, measure)
    finite = [value for value in values if math.isfinite(value)]
    is_up = measure.endswith("accuracy")
    best = (max(finite) if is_up else min(finite)) if finite else math.nan
    texts = []
    for member, value in zip(members, values, strict=True):
        if member.diverged_at is not None:
            texts.append(
                tr(
                    "diverged at step {diverged_at}",
                    diverged_at=count(member.diverged_at),
                )
            )
        else:
            has_begun = len(member.steps) > 0 and member.steps[-1] > 0
            is_best = has_begun and value == best
            texts.append((HIGHEST if is_up else LOWEST) if is_best else "")
    return texts


class _Bars(QStyledItemDelegate):
    """Paints a share of the cell's width."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().paint(painter, option, index)
        share = index.data(_SHARE)
        if not share:
            return
        box = QRectF(option.rect)
        colours = theme.colours(dark=theme.is_dark(option.palette))
        scale = scale_of(option.font)
        indent, edge, thick = (scale * size for size in (_INDENT, _EDGE, _THICK))
        width = share * (box.width() - indent - edge)
        bar = QRectF(box.x() + indent, 0, max(width, 1.0), thick)
        bar.moveTop(box.center().y() - thick / 2)
        radius = tokens.radius("data")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colours.ink3))
        painter.drawRoundedRect(bar, radius, radius)


class MemberTable(QTableWidget):
    """Updated in place; columns without values are hidden."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(HEADERS), parent)
        self._series: tuple[int, ...] = ()
        self.setHorizontalHeaderLabels(HEADERS)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFrameShape(self.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMinimumWidth(tokens.length("member_table.least_width"))
        self.verticalHeader().hide()
        self.setItemDelegateForColumn(BAR, _Bars(self))
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        right, left = (
            side | Qt.AlignmentFlag.AlignVCenter
            for side in (Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft)
        )
        header.setDefaultAlignment(right)
        for column in (0, WORDS, BAR):
            item = self.horizontalHeaderItem(column)
            assert item is not None
            item.setTextAlignment(left)
        self.setAccessibleName(tr("Members of the comparison"))
        self.setFont(theme.figures_font(self.font()))

    def show_members(
        self,
        members: tuple[MemberCurves, ...],
        measure: str,
        series: Sequence[int] = (),
    ) -> None:
        """Show the newest results; `series` are the places of the members' lines."""
        self._make_rows(
            tuple(numbers_in(member.name) for member in members),
            tuple(series) or tuple(range(len(members))),
        )
        self._name_bars(measure)
        words = words_of(members, measure)
        rows = [
            (*member_texts(m), word) for m, word in zip(members, words, strict=True)
        ]
        for i, row in enumerate(rows):
            for j, text in enumerate(row, start=1):
                item = self.item(i, j)
                if item is not None and item.text() != text:
                    item.setText(text)
        for j in range(1, WORDS):
            self.setColumnHidden(j, bool(rows) and not any(r[j - 1] for r in rows))
        self._show_bars(last_values(members, measure))
        self.updateGeometry()

    def _name_bars(self, measure: str) -> None:
        """The bars are of what is plotted, however many columns there are."""
        item = self.horizontalHeaderItem(BAR)
        assert item is not None
        item.setText(_BAR_TITLES[measure])
        item.setToolTip(tr("{measure}, as in the plot", measure=MEASURES[measure]))

    def _show_bars(self, values: list[float]) -> None:
        finite = [value for value in values if math.isfinite(value)]
        largest = max(finite, default=0.0) or 1.0
        for row, value in enumerate(values):
            item = self.item(row, BAR)
            if item is not None:
                share = value / largest if math.isfinite(value) else 0.0
                item.setData(_SHARE, min(max(share, 0.0), 1.0))

    def height_of_all(self) -> int:
        """The height at which no row is hidden."""
        return self._height_of(self.rowCount())

    def height_within(self, most: int) -> int:
        """The largest height up to `most` at which no row is cut; at least of one."""
        wholes = [self._height_of(n) for n in range(1, self.rowCount() + 1)]
        return max([h for h in wholes if h <= most], default=self._height_of(1))

    def _height_of(self, rows: int) -> int:
        tall = sum(self.rowHeight(i) for i in range(rows))
        frame = 2 * self.frameWidth()
        return self.horizontalHeader().sizeHint().height() + tall + frame

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "_series"):
            for i in range(self.rowCount()):
                self._style_row(i)

    def _style_row(self, row: int) -> None:
        scale = scale_of(self.font())
        self.setRowHeight(row, round(tokens.size("table_row") * scale))
        self.setIconSize((SAMPLE * scale).toSize())
        item = self.item(row, 0)
        if item is None or row >= len(self._series):
            return
        place = self._series[row]
        rgb = theme.colours_of(self).named(f"series.{place}")
        ratio = self.devicePixelRatioF()
        item.setIcon(QIcon(sample(place, rgb, scale=scale, ratio=ratio)))

    def hide_tests(self) -> None:
        """The members have no test examples: the training data's numbers are enough."""
        for column in OF_TEST:
            self.hideColumn(column)

    def _make_rows(self, names: tuple[str, ...], series: tuple[int, ...]) -> None:
        shown = tuple(self._name(i) for i in range(self.rowCount()))
        if (shown, self._series) == (names, series):
            return
        self._series = series
        self.setRowCount(len(names))
        for i, name in enumerate(names):
            for j in range(len(HEADERS)):
                item = QTableWidgetItem(name if j == 0 else "")
                side = Qt.AlignmentFlag.AlignRight
                if j in (0, WORDS):
                    side = Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.setItem(i, j, item)
            self._style_row(i)

    def _name(self, row: int) -> str:
        item = self.item(row, 0)
        return "" if item is None else item.text()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height_of_all())
