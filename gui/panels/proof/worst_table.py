"""The ten derivatives on which the three methods agree least; a row is a selection."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from core.protocol.side_jobs.proofs import ProofReport, ProofRow
from core.values.words import tr
from gui.panels.proof.proof_texts import error_text
from gui.session.parameter_names import name_of, short_name_of
from gui.session.view_state import Run
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.number_format import general, short
from gui.widgets.copying.content import EXACT
from gui.widgets.focus.without_selection import without_selection
from gui.widgets.plain_text import tip as plain_tip

_HEADERS: Final = (
    (tr("parameter"), tr("Click to select it in every panel")),
    (tr("autodiff"), tr("By JAX")),
    (tr("explicit"), tr("By the backward pass that this window shows")),
    (tr("difference"), "(C(w + h) \N{MINUS SIGN} C(w \N{MINUS SIGN} h)) / 2h"),
    (
        tr("rel. error"),
        tr("The larger one of autodiff and difference against explicit"),
    ),
    (
        tr("rounding"),
        tr("Possible effect of rounding on the difference, relative to the derivative"),
    ),
)


class WorstTable(QTableWidget):
    """Signals: parameter_chosen, with a Parameter."""

    parameter_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(0, len(_HEADERS), parent)
        self._report: ProofReport | None = None
        self.setFont(theme.figures_font(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Largest relative errors"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        for column, (title, tip) in enumerate(_HEADERS):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            self.setHorizontalHeaderItem(column, item)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(tokens.length("worst_table.least_column"))
        self.cellClicked.connect(self._on_cell_clicked)
        self.currentCellChanged.connect(self._on_current_cell_changed)

    def forget(self) -> None:
        """Fill it again with the next report, though it be the same."""
        self._report = None

    def show_report(self, run: Run, report: ProofReport) -> None:
        if report is self._report:
            return
        self._report = report
        self.blockSignals(True)
        self.setRowCount(len(report.worst))
        for row, worst in enumerate(report.worst):
            self._fill(row, run, worst)
        self.setCurrentCell(-1, -1)
        self.blockSignals(False)
        self.resizeRowsToContents()

    def _fill(self, row: int, run: Run, worst: ProofRow) -> None:
        size = abs(worst.explicit)
        share = significant(worst.rounding / size, 2) if size else "\N{EM DASH}"
        texts = (
            short_name_of(run, worst.parameter),
            significant(worst.autodiff, 5),
            significant(worst.explicit, 5),
            significant(worst.difference, 5),
            error_text(worst.relative_error),
            share,
        )
        exact = (None, worst.autodiff, worst.explicit, worst.difference)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if 0 < column < len(exact):
                item.setData(EXACT, float(exact[column] or 0.0))
            if column:
                item.setTextAlignment(
                    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                )
            item.setToolTip(plain_tip(_tip(run, worst)))
            if not worst.agrees:
                item.setForeground(theme.colour(theme.colours_of(self).wrong))
            self.setItem(row, column, item)

    def _choose(self, row: int) -> None:
        if self._report is not None and 0 <= row < len(self._report.worst):
            self.parameter_chosen.emit(self._report.worst[row].parameter)

    def _on_cell_clicked(self, row: int, _column: int) -> None:
        self._choose(row)

    def _on_current_cell_changed(
        self, row: int, _column: int, old_row: int, _old_column: int
    ) -> None:
        if row != old_row and self.hasFocus():
            self._choose(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        with without_selection(self):
            super().focusInEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("worst_table.wished"))

    def minimumSizeHint(self) -> QSize:
        return QSize(
            tokens.length("worst_table.least_width"), 7 * self.fontMetrics().height()
        )


def _tip(run: Run, row: ProofRow) -> str:
    verdict = tr("agree") if row.agrees else tr("do not agree")
    return tr(
        "{run}: the three {verdict}. autodiff {autodiff!r}, explicit {explicit!r}, "
        "difference {difference!r}; h {step}; rounding alone may change the "
        "difference by {rounding}.",
        run=name_of(run, row.parameter),
        verdict=verdict,
        autodiff=row.autodiff,
        explicit=row.explicit,
        difference=row.difference,
        step=short(row.step),
        rounding=general(row.rounding, 2),
    )
