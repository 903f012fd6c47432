"""The requests of each example of the current batch, and the change of the step."""

from collections.abc import Sequence
from typing import ClassVar, Final

import numpy as np
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtGui import QAction, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.protocol.snapshot import Need, Snapshot
from core.values.parameter import Unit
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.requests import REQUESTS
from gui.panels.requests.example_headers import ExampleHeaders
from gui.panels.requests.printed_row import largest_of
from gui.panels.requests.request_csv import (
    MOST_COPIED_CELLS,
    requests_request,
    table_text,
)
from gui.panels.requests.request_grid import RequestGrid
from gui.panels.requests.request_table import table_of
from gui.panels.requests.request_texts import (
    NO_RUN,
    WAITING,
    batch_figures,
    rows_line,
    scale_line,
)
from gui.panels.requests.row_choice import (
    Choice,
    ListedRows,
    rows_of_largest,
    rows_of_sample,
    rows_of_unit,
)
from gui.runtime.layout_items import nest
from gui.session.parameter_names import name_of, short_name_of
from gui.session.save_request import SaveRequest
from gui.session.selection import Selection, unit_of
from gui.session.view_state import ShownExample, View
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.number_format import count, counted
from gui.style.signed_scale import round_up
from gui.widgets.copying.content import Copying
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.menu_buttons import give_menu
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.plain_text import tip as plain_tip
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing
from gui.widgets.segmented_control import SegmentedControl
from gui.widgets.strips.figures import Figures
from gui.widgets.strips.strip import Strip

_ROOMY: Final = tokens.length("requests_panel.roomy_height")
"""Height at 100 % from which there is a line below the table: with five rows in it."""
CALM_MILLISECONDS: Final = 340
"""Minimum time between two batches while playing: no more than 3 flashes a second."""
CHOICES: Final[tuple[Choice, ...]] = ("largest", "unit", "sample")


class RequestsPanel(Panel):
    """Rows are parameters, columns the batch's examples, at the right their mean."""

    entry: ClassVar[PanelEntry] = REQUESTS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._selection: Selection | None = None
        self._unit: Unit | None = None
        self._seed = 0
        self._names: tuple[str, ...] = ()
        self._message = ""
        self._since_shown = QElapsedTimer()
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self.strip = Strip("strip", self)
        self.figures = Figures(self.strip)
        self.figures.setAccessibleName(tr("The batch"))
        self.strip.row.addWidget(self.figures)
        self.rows_label = ElidingLabel(self)
        self.scale_label = ElidingLabel(self)
        self.choice = SegmentedControl(
            (
                (tr("Largest"), tr("The parameters with the largest mean request")),
                (
                    tr("Selected unit"),
                    tr("The bias and all weights into the selected unit"),
                ),
                (tr("Sample"), tr("Parameters at random, the same ones at each step")),
            ),
            self,
            name=tr("Which parameters"),
        )
        self.cells_choice = SegmentedControl(
            (
                (tr("Figures"), tr("A number in each cell")),
                (tr("Colours"), tr("Narrow cells, so that more examples are visible")),
            ),
            self,
            name=tr("Contents of the cells"),
        )
        self.grid = RequestGrid(self)
        self.more_button = QToolButton(self)
        self.redraw_action = QAction(tr("Draw another sample"), self)
        self.copy_action = QAction(tr("Copy the listed rows"), self)
        self.save_action = QAction(tr("Save the listed rows as CSV…"), self)
        self._arrange()
        self._connect()

    def needs(self) -> frozenset[Need]:
        return frozenset({"batch", "gradient", "requests"})

    def _arrange(self) -> None:
        self._build_menu()
        figures = theme.figures_font(self.font())
        for label in (self.rows_label, self.scale_label):
            label.setFont(figures)
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        controls = QHBoxLayout()
        ScaledSpacing(controls, tokens.space("close"), self)
        controls.addWidget(self.choice)
        controls.addWidget(self.cells_choice)
        controls.addWidget(self.more_button)
        controls.addStretch(1)
        end = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self.scale_label.setAlignment(end)
        self._below = QWidget(self)
        below = QHBoxLayout(self._below)
        ScaledSpacing(below, tokens.space("m"), self)
        below.addWidget(self.rows_label, 3)
        below.addWidget(self.scale_label, 2)
        content = QWidget(self)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        pad, thin = tokens.space("panel_pad"), tokens.space("xs")
        ScaledMargins(below, (pad, thin, pad, thin), self._below)
        column.addWidget(self.strip)
        nest(column, controls)
        column.addWidget(self.grid, 1)
        column.addWidget(self._below)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.choice,), (self.cells_choice, self.more_button)

    def strip_part(self) -> QWidget:
        return self.strip

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Rows before words about them.
        self._below.setVisible(self.height() >= _ROOMY * scale_of(self.font()))

    def _build_menu(self) -> None:
        menu = QMenu(self)
        menu.addActions([self.redraw_action, self.copy_action, self.save_action])
        self.more_button.setText(tr("Table"))
        self.more_button.setToolTip(tr("Another sample, copying and saving"))
        give_menu(self.more_button, menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _connect(self) -> None:
        self._calm.timeout.connect(self._on_calm_timeout)
        self.choice.segment_chosen.connect(self._on_choice_segment_chosen)
        self.cells_choice.segment_chosen.connect(self._on_cells_segment_chosen)
        self.grid.row_chosen.connect(self._on_grid_row_chosen)
        self.grid.column_chosen.connect(self._on_grid_column_chosen)
        self.redraw_action.triggered.connect(self._on_redraw_triggered)
        self.copy_action.triggered.connect(self._on_copy_triggered)
        self.save_action.triggered.connect(self._on_save_triggered)

    def forget_drawn(self) -> None:
        self._snapshot = None

    def draw(self, view: View | None) -> None:
        if view is None:
            self._forget(NO_RUN)
            return
        if view.snapshot is not self._snapshot:
            wait = self._milliseconds_to_wait(view)
            if wait > 0:
                if not self._calm.isActive():
                    self._calm.start(wait)
                return
            self._show(view)
        elif view.selection != self._selection:
            unit = self._unit
            self._selection = view.selection
            if self.chosen == "unit" and self._unit_to_list(view) != unit:
                self._show(view)
        self._mark(view)

    @property
    def chosen(self) -> Choice:
        """What the rows are."""
        return CHOICES[self.choice.index]

    def choose_rows(self, choice: str) -> None:
        """Choose the rows by their key."""
        index = [str(known) for known in CHOICES].index(choice)
        if index != self.choice.index:
            self.choice.choose(index)
            self._on_choice_segment_chosen(index)

    def _forget(self, reason: str) -> None:
        self._snapshot = None
        self.figures.show_figures(())
        self._layout.show_reason(reason)

    def _milliseconds_to_wait(self, view: View) -> int:
        shown = self._snapshot
        if shown is None or not view.snapshot.playing:
            return 0
        if shown.run_id != view.snapshot.run_id:
            return 0
        return max(0, CALM_MILLISECONDS - self._since_shown.elapsed())

    def _show(self, view: View) -> None:
        rows = self._rows(view)
        table = None if rows is None else table_of(view.snapshot, rows)
        if rows is None or table is None:
            self._forget(WAITING)
            return
        self._calm.stop()
        self._since_shown.start()
        self._snapshot, self._selection = view.snapshot, view.selection
        self._names = _names(view, rows)
        limit = round_up(largest_of(table.cells))
        headers = ExampleHeaders(view.run.dataset, table.batch)
        whole = tuple(name_of(view.run, p) for p in rows.parameters())
        self.grid.show_table(table, self._names, whole, headers, limit)
        self.figures.show_figures(batch_figures(table))
        self.scale_label.setText(scale_line(limit))
        self._message = ""
        self._show_rows_line(view, rows)
        self._layout.show_content()

    def _show_rows_line(self, view: View, rows: ListedRows) -> None:
        chosen = _unit_of(view.selection) is not None
        line = rows_line(view, self.chosen, rows, chosen=chosen)
        self.rows_label.setText(self._message or line)
        self.rows_label.setToolTip(plain_tip(line))

    def _rows(self, view: View) -> ListedRows | None:
        snapshot = view.snapshot
        record, gradient = snapshot.requests, snapshot.gradient
        if record is None or gradient is None:
            return None
        if self.chosen == "largest":
            return rows_of_largest(view.spec, gradient, len(record.deltas[0]))
        if self.chosen == "sample":
            return rows_of_sample(view.spec, record, self._seed)
        self._unit = self._unit_to_list(view)
        return rows_of_unit(view.spec, record, self._unit)

    def _unit_to_list(self, view: View) -> Unit:
        """The selected unit, or the one of the first layer with the largest request."""
        unit = _unit_of(view.selection)
        record = view.snapshot.requests
        if unit is not None or record is None:
            return unit or Unit(1, 0)
        sizes = np.nan_to_num(np.mean(np.abs(record.deltas[0]), axis=0))
        return Unit(1, int(np.argmax(sizes)))

    def _mark(self, view: View) -> None:
        table = self.grid.table
        if table is None:
            return
        column = None
        if view.example.origin == "train" and view.example.index is not None:
            found = np.flatnonzero(table.batch.indices == view.example.index)
            column = int(found[0]) if len(found) else None
        self.grid.set_current(table.rows.find(view.selection), column, follow=True)

    def _show_again(self) -> None:
        if self.view is not None and self._snapshot is not None:
            self._show(self.view)
            self._mark(self.view)

    def _on_calm_timeout(self) -> None:
        if self.isVisible():
            self.draw(self.view)

    def _on_choice_segment_chosen(self, _index: int) -> None:
        self.grid.verticalScrollBar().setValue(0)
        self._show_again()

    def _on_cells_segment_chosen(self, index: int) -> None:
        self.grid.set_figures(index == 0)

    def _on_grid_row_chosen(self, row: int) -> None:
        table = self.grid.table
        if table is not None:
            self.selection_made.emit(table.rows.parameter(row))

    def _on_grid_column_chosen(self, column: int) -> None:
        table = self.grid.table
        if table is not None:
            self.example_chosen.emit(ShownExample.of_batch(table.batch, column))

    def _on_redraw_triggered(self) -> None:
        self._seed += 1
        self.choice.choose(CHOICES.index("sample"))
        self._show_again()

    def _say(self, message: str) -> None:
        self._message = message
        table = self.grid.table
        if self.view is not None and table is not None:
            self._show_rows_line(self.view, table.rows)

    def _on_copy_triggered(self) -> None:
        table = self.grid.table
        if table is None:
            return
        if table.cells.size > MOST_COPIED_CELLS:
            self._say(
                tr(
                    "{size} cells are too many to copy; save as CSV.",
                    size=count(table.cells.size),
                )
            )
            return
        Copying(tr("rows"), table_text(table, self._names)).put()
        self._say(tr("Copied {rows}.", rows=counted(len(table.rows), "row")))

    def table_requests(self) -> list[SaveRequest]:
        table = self.grid.table
        return [] if table is None else [requests_request(table, self._names)]

    def _on_save_triggered(self) -> None:
        for request in self.table_requests():
            self.save_requested.emit(request)


def _unit_of(selection: Selection | None) -> Unit | None:
    """The computed unit of a selection."""
    if selection is None or selection.layer == 0:
        return None
    return unit_of(selection)


def _names(view: View, rows: ListedRows) -> tuple[str, ...]:
    return tuple(short_name_of(view.run, p) for p in rows.parameters())
