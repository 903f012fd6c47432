"""The table widget of the nudges: choosing, marking, selecting and copying rows."""

from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from core.values.parameter import Parameter
from core.values.words import plural, tr
from gui.panels.nudges.nudge_delegate import (
    FIRST,
    LAST,
    MARGIN,
    WIDEST_WORDS,
    NudgeDelegate,
)
from gui.panels.nudges.nudge_model import DOWN, NudgeModel
from gui.panels.nudges.nudge_rows import COLUMNS, TITLES, NudgeColumn, tab_separated
from gui.panels.nudges.row_filter import Ids
from gui.style import theme, tokens
from gui.style.fonts import role_font, scale_of
from gui.style.lengths import grown
from gui.style.number_format import count
from gui.widgets.copying.content import Copying
from gui.widgets.focus.without_selection import without_selection

BARS = COLUMNS.index("asks for")
COMPACT_NAME = "h1 \N{MIDDLE DOT} u00 \N{MIDDLE DOT} (00, 00)"

MOST_COPIED: Final = 100_000
"""Rows; more would keep the window."""


class NudgeTable(QTableView):
    """Rows move when they are sorted again; the mark moves with its row.

    Signals:
        parameter_chosen: the Parameter whose row the user chose.
    """

    parameter_chosen = Signal(object)

    def __init__(self, model: NudgeModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = NudgeDelegate(self)
        self._marking = False
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setFont(theme.figures_font(self.font()))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setAlternatingRowColors(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMinimumSize(*tokens.lengths("nudge_table.least"))
        self._build_headers()
        # A cell that is painted may be the widest so far: after the painting.
        model.widened.connect(self.fit_columns, Qt.ConnectionType.QueuedConnection)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def _build_headers(self) -> None:
        rows, headers = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(tokens.length("nudge_table.least_row"))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.hide()
        headers.setSectionsClickable(True)
        # The title says how the rows are sorted: a styled arrow would cover it.
        headers.setObjectName("wideHeader")
        headers.setHighlightSections(False)
        headers.setMinimumSectionSize(tokens.length("nudge_table.least_column"))
        self._fit_rows()

    def _fit_rows(self) -> None:
        scale = scale_of(self.font())
        self._delegate.set_scale(scale)
        row = round(tokens.size("table_row") * scale)
        self.verticalHeader().setDefaultSectionSize(row)
        header = round(tokens.size("table_header") * scale)
        self.horizontalHeader().setFixedHeight(header)

    def fit_columns(self) -> None:
        """Fit the columns to their contents; names shrink first."""
        metrics = self.fontMetrics()
        strong = QFontMetrics(role_font(self.font(), "label", strong=True))
        margin, hair = grown(self, MARGIN), grown(self, tokens.space("hair"))
        around, thin = 2 * margin, grown(self, tokens.space("xs"))
        widths = []
        for column, text in enumerate(self._model.widest_texts()):
            title = f"{TITLES[COLUMNS[column]]} {DOWN}"
            header = strong.horizontalAdvance(title) + around + thin
            widths.append(max(header, metrics.horizontalAdvance(text) + around + hair))
        first = round(FIRST * scale_of(self.font()))
        widths[0] += first - margin
        widths[-1] += round(LAST * scale_of(self.font())) - margin
        words = metrics.horizontalAdvance(WIDEST_WORDS)
        widths[BARS] = (
            words + 3 * margin + grown(self, tokens.length("nudge_table.least_bar"))
        )
        # A sign and words for what the nudge says too: the first to go.
        shortest = metrics.horizontalAdvance(COMPACT_NAME) + first + margin + hair
        fits = shortest + sum(widths[1:]) <= self.viewport().width()
        self.setColumnHidden(BARS, not fits)
        if not fits:
            widths[BARS] = 0
        left = self.viewport().width() - sum(widths[1:])
        least = shortest
        widths[0] = min(max(left, least), widths[0])
        # The remaining width makes the bars longer.
        spare = max(0, self.viewport().width() - sum(widths))
        widths[BARS if fits else 0] += spare
        for column, width in enumerate(widths):
            if width:
                self.horizontalHeader().resizeSection(column, width)

    def show_order(self, column: NudgeColumn, *, descending: bool) -> None:
        """Show the arrow of the sorted column."""
        order = (
            Qt.SortOrder.DescendingOrder
            if descending
            else (Qt.SortOrder.AscendingOrder)
        )
        self.horizontalHeader().setSortIndicator(COLUMNS.index(column), order)
        self._model.set_sorted(column, descending=descending)

    def set_order(self, ids: Ids) -> None:
        """List these parameters; the marked row has to be marked again."""
        self._marking = True
        self._model.set_order(ids)
        self._marking = False

    @property
    def is_collecting(self) -> bool:
        """Whether several rows are selected, which must keep their places."""
        ranges = self.selectionModel().selection()
        return ranges.count() > 1 or (ranges.count() == 1 and ranges.at(0).height() > 1)

    def selected_ids(self) -> Ids:
        """Parameters of the selected rows, from top to bottom."""
        ranges = self.selectionModel().selection()
        spans = [ranges.at(place) for place in range(ranges.count())]
        if not spans:
            return np.empty(0, dtype=np.int64)
        rows = np.concatenate([np.arange(s.top(), s.bottom() + 1) for s in spans])
        ids: Ids = self._model.ids[np.unique(rows)]
        return ids

    def mark(self, parameter: Parameter | None, *, scroll: bool) -> bool:
        """Select this parameter's row alone; False when it is not listed."""
        row = None if parameter is None else self._model.row_of(parameter)
        chosen = self.selectionModel()
        is_current = row is not None and chosen.currentIndex().row() == row
        if is_current and row is not None and chosen.isRowSelected(row):
            return True
        self._marking = True
        if row is not None:
            flag = QItemSelectionModel.SelectionFlag
            index = self._model.index(row, 0)
            position = self.verticalScrollBar().value()
            chosen.setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            if scroll:
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
            else:
                self.verticalScrollBar().setValue(position)
        elif not self.is_collecting:
            chosen.clear()
        self._marking = False
        return row is not None

    def show_current(self) -> bool:
        """Bring the marked row into view; False where there is none."""
        index = self.selectionModel().currentIndex()
        if not index.isValid() or not self.selectionModel().isRowSelected(index.row()):
            return False
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def copyings(self, place: QPoint | None) -> list[Copying]:
        """Rows, and all that are listed, with all their digits."""
        values, chosen, every = self._model.values, self.selected_ids(), self._model.ids
        if place is not None:
            row = self.rowAt(self.viewport().mapFromGlobal(place).y())
            if 0 <= row < len(every) and every[row] not in chosen:
                chosen = every[row : row + 1]
        if values is None:
            return []
        offered = []
        if 0 < len(chosen) <= MOST_COPIED:
            what = plural(len(chosen), "row", "{n} rows", n=count(len(chosen)))
            offered.append(Copying(what, tab_separated(values, chosen)))
        if len(every) <= MOST_COPIED:
            offered.append(Copying(tr("table"), tab_separated(values, every)))
        return offered

    def _on_row_changed(self, current: QModelIndex, _old: QModelIndex) -> None:
        if current.isValid() and not self._marking:
            self.parameter_chosen.emit(self._model.parameter(current.row()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
            self.fit_columns()

    def focusInEvent(self, event: QFocusEvent) -> None:
        with without_selection(self):
            super().focusInEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_columns()
