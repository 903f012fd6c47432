"""The table of nudges: minus the gradient for every parameter of the network."""

import dataclasses
from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.protocol.snapshot import Need, Snapshot
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.nudges import NUDGES
from gui.panels.nudges.nudge_csv import nudges_request
from gui.panels.nudges.nudge_filter_bar import NudgeFilterBar
from gui.panels.nudges.nudge_model import NudgeModel
from gui.panels.nudges.nudge_rows import (
    COLUMNS,
    NudgeColumn,
    NudgeValues,
    Order,
    nudge_values,
    tab_separated,
)
from gui.panels.nudges.nudge_table import MOST_COPIED, NudgeTable
from gui.panels.nudges.nudge_texts import (
    NO_RUN,
    WAITING,
    notice,
    status_line,
)
from gui.panels.nudges.row_sorter import RowSorter, SortedRows
from gui.panels.nudges.sort_menu import SortMenu
from gui.panels.nudges.step_figures import step_figures
from gui.runtime.layout_items import nest
from gui.session.own_units import standard_units_text
from gui.session.save_request import SaveRequest
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.style.number_format import count, counted
from gui.style.signed_scale import moment
from gui.widgets.copying.content import Copying
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.menu_buttons import give_menu
from gui.widgets.plain_text import tip as plain_tip
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing
from gui.widgets.strips.figures import Figures
from gui.widgets.strips.strip import Strip

ROWS_BEFORE_SORTING = 10_000


class NudgesPanel(Panel):
    """Values belong to the shown step; the order may be of an older one."""

    entry: ClassVar[PanelEntry] = NUDGES
    in_step = True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._run_id: int | None = None
        self._selection: Selection | None = None
        self._order = Order()
        self._sorted: SortedRows | None = None
        self._is_first_look = True  # and the rows may be anywhere
        self._is_stale = False  # other values than those that were sorted
        self._message = ""
        self._sort_later = QTimer(self)
        self._sort_later.setSingleShot(True)
        self.sorter = RowSorter(self)
        self.model = NudgeModel(self)
        self.table = NudgeTable(self.model, self)
        self.table.setAccessibleName(tr("Nudges"))
        self.filter_bar = NudgeFilterBar(self)
        self.more_button = QToolButton(self)
        self.more_menu = QMenu(self)
        self.sort_menu = SortMenu(self.more_menu)
        self.by_size_action = QAction(tr("Sort by absolute value"), self)
        self.hold_action = QAction(tr("Keep the order while training"), self)
        self.copy_action = QAction(tr("Copy selected rows"), self)
        self.save_action = QAction(
            tr("Save listed rows as CSV\N{HORIZONTAL ELLIPSIS}"), self
        )
        self.strip = Strip("strip", self)
        self.figures = Figures(self.strip)
        self.figures.setAccessibleName(tr("The step"))
        self.strip.row.addWidget(self.figures)
        self.notice = QWidget(self)
        self.notice_label = ElidingLabel(self.notice)
        self.notice_button = QPushButton(self.notice)
        self.status_label = ElidingLabel(self)
        self.message_label = QLabel(NO_RUN, self)
        self._build_menu()
        self._build_layout()
        self._connect()

    def _build_menu(self) -> None:
        self.by_size_action.setCheckable(True)
        self.by_size_action.setChecked(True)
        self.hold_action.setCheckable(True)
        self.more_menu.addMenu(self.sort_menu)
        self.more_menu.addActions([self.by_size_action, self.hold_action])
        self.more_menu.addSeparator()
        self.more_menu.addActions([self.copy_action, self.save_action])
        self.more_button.setText(tr("Table"))
        give_menu(self.more_button, self.more_menu)
        self.more_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more_button.setToolTip(tr("Sorting, copying and saving"))

    def _build_layout(self) -> None:
        self.status_label.setFont(theme.figures_font(self.font()))
        self.status_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        pad, thin = tokens.space("panel_pad"), tokens.space("s")
        around = (pad, thin, pad, thin)
        ScaledMargins(self.status_label, around, self.status_label)
        self.message_label.setWordWrap(True)
        self.message_label.setMargin(grown(self, tokens.space("l")))
        self.message_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message_label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        filters = QHBoxLayout()
        ScaledSpacing(filters, tokens.space("xs"), self)
        filters.addWidget(self.filter_bar, 1)
        filters.addWidget(self.more_button)
        pad = tokens.space("panel_pad")
        notice_layout = QHBoxLayout(self.notice)
        ScaledMargins(notice_layout, (pad, 0, pad, 0), self.notice)
        notice_layout.addWidget(self.notice_label, 1)
        notice_layout.addWidget(self.notice_button)
        self.notice.hide()
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        nest(layout, filters)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notice)
        layout.addWidget(self.status_label)
        self.pages = QStackedLayout(self)
        self.pages.addWidget(self.message_label)
        self.pages.addWidget(content)

    def _connect(self) -> None:
        self.filter_bar.filter_changed.connect(self._on_filter_changed)
        self.by_size_action.toggled.connect(self._on_order_toggled)
        self.hold_action.toggled.connect(self._on_hold_toggled)
        self.copy_action.triggered.connect(self._on_copy_triggered)
        self.save_action.triggered.connect(self._on_save_triggered)
        self.table.horizontalHeader().sectionClicked.connect(self._on_header_clicked)
        self.table.parameter_chosen.connect(self._on_table_parameter_chosen)
        self.sorter.rows_sorted.connect(self._on_sorter_rows_sorted)
        self.notice_button.clicked.connect(self._on_notice_clicked)
        self._sort_later.timeout.connect(self._on_sort_later_timeout)
        self.sort_menu.order_chosen.connect(self._sort_by)
        self._show_order()

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (self.filter_bar,), (self.more_button,)

    def strip_part(self) -> QWidget:
        return self.strip

    def sort_actions(self) -> Sequence[QAction]:
        return self.sort_menu.actions()

    def needs(self) -> frozenset[Need]:
        return frozenset({"gradient", "batch"})

    def forget_drawn(self) -> None:
        self._snapshot = None

    def draw(self, view: View | None) -> None:
        if view is None:
            self._forget(NO_RUN)
            return
        if view.snapshot is not self._snapshot:
            self._snapshot = view.snapshot
            values = nudge_values(view)
            if values is None:
                self._forget(WAITING)
                return
            self._draw_values(view, values)
        if self.model.values is None:
            return
        self.filter_bar.set_selection(view.selection)
        self._follow_selection(view)
        self._draw_status()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # The rows have been sorted otherwise meanwhile: the place means nothing now.
        self._is_first_look = True
        self._look_from_the_top()

    def _forget(self, message: str) -> None:
        self._is_first_look = True
        self._run_id, self._sorted, self._selection = None, None, None
        if self.model.values is not None:
            self.model.clear()
        self.figures.show_figures(())
        self.message_label.setText(message)
        self.pages.setCurrentIndex(0)

    def _draw_values(self, view: View, values: NudgeValues) -> None:
        is_new = self._run_id != view.run.run_id
        if is_new:
            self._run_id = view.run.run_id
            self._sorted, self._is_first_look = None, True
            # Before the rows are sorted: the old selection may not exist here.
            self._selection = view.selection
            self.model.clear()
            self.filter_bar.set_run(view.run)
        rate = view.snapshot.learning_rate
        now = moment(playing=view.snapshot.playing)
        self.model.set_values(values, rate, now)
        units = standard_units_text(view.run.dataset)
        self.figures.show_figures(step_figures(view, values), units)
        self.pages.setCurrentIndex(1)
        if is_new:
            # While millions are sorted, some rows are better than none for a second.
            first = min(len(values.params), ROWS_BEFORE_SORTING)
            self.table.set_order(np.arange(first, dtype=np.int64))
            self._sort()
            self.table.fit_columns()
        else:
            self._is_stale = True  # at the same step too: a weight may be edited
            self._sort_when_due()

    def _draw_status(self) -> None:
        values = self.model.values
        if values is None:
            return
        # The order follows seldom enough that rows can be read.
        playing = self._snapshot is not None and self._snapshot.playing
        is_older = self._sorted_at() not in (None, values.step)
        in_order = not (is_older or (playing and self._sorted_at() is not None))
        self.model.set_in_order(are_in_order=in_order)
        text = status_line(
            len(self.model.ids),
            len(values.params),
            self.filter_bar.row_filter,
            not_understood=self.filter_bar.not_understood,
            sorted_at=self._sorted_at(),
            step=values.step,
        )
        if self.sorter.is_busy:
            text += tr(", sorting\N{HORIZONTAL ELLIPSIS}")
        _set_text(self.status_label, f"{self._message} {text}".lstrip())

    def _sorted_at(self) -> int | None:
        """The step of the order, None when it is the same at every step."""
        if self._sorted is None or not self._sorted.order.is_live:
            return None
        return self._sorted.step

    def _sort(self) -> None:
        """Make the requested order as soon as possible."""
        if self.model.values is None:
            return
        self._sort_later.stop()
        self._is_stale = False
        order = dataclasses.replace(
            self._order,
            by_size=self.by_size_action.isChecked(),
            sign=self.filter_bar.sign,
        )
        self.sorter.sort(self.model.values, self.filter_bar.row_filter, order)
        self._draw_status()

    def _sort_when_due(self) -> None:
        """Follow the values, but seldom enough that rows can be read."""
        if not self._is_stale or self._sorted_at() is None:
            return
        if self._is_held() or self.sorter.is_busy or self._sort_later.isActive():
            return
        wait = self.sorter.seconds_to_wait()
        if wait > 0:
            self._sort_later.start(int(1000 * wait) + 1)
        else:
            self._sort()

    def _is_held(self) -> bool:
        return self.hold_action.isChecked() or self.table.is_collecting

    def _follow_selection(self, view: View) -> None:
        if view.selection != self._selection:
            self._selection = view.selection
            self._mark_selection(scroll=True)

    def _mark_selection(self, *, scroll: bool) -> None:
        """Highlight the selected parameter's row, or show why there is none."""
        values, chosen = self.model.values, self._selection
        if values is None:
            return
        parameter = chosen if isinstance(chosen, Parameter) else None
        is_listed = self.table.mark(parameter, scroll=scroll)
        is_said = chosen is None or is_listed
        if isinstance(chosen, Unit):
            is_said = self.filter_bar.selected_action.isChecked()
        if chosen is not None and not is_said:
            text, offer = notice(values.run, chosen)
            self.notice_label.setText(text)
            self.notice_button.setText(offer)
        self.notice.setVisible(not is_said)

    def _on_header_clicked(self, column: int) -> None:
        name = COLUMNS[column]
        is_same = name == self._order.column
        down = not self._order.descending if is_same else name != "parameter"
        self._sort_by(name, down)

    def _sort_by(self, column: NudgeColumn, descending: bool) -> None:
        self._order = Order(column, descending)
        self._is_first_look = True
        self._show_order()
        self._sort()

    def _show_order(self) -> None:
        order = self._order
        self.table.show_order(order.column, descending=order.descending)
        self.sort_menu.show_order(order.column, descending=order.descending)

    def _on_order_toggled(self, _by_size: bool) -> None:
        self._sort()

    def _on_hold_toggled(self, held: bool) -> None:
        if not held:
            self._sort()

    def _on_filter_changed(self) -> None:
        self._message = ""
        self._sort()

    def _on_sort_later_timeout(self) -> None:
        if self.isVisible() and not self._is_held():
            self._sort()

    def _on_sorter_rows_sorted(self, made: SortedRows) -> None:
        values = self.model.values
        if values is None or made.run_id != values.run.run_id:
            return
        self._sorted = made
        self.table.set_order(made.ids)
        self._mark_selection(scroll=self._is_first_look)
        if self._is_first_look:
            self._look_from_the_top()
        self._is_first_look = False
        self._draw_status()

    def _look_from_the_top(self) -> None:
        """Show the first rows, or that of the selection."""
        if not self.table.show_current():
            self.table.verticalScrollBar().setValue(0)

    def _on_table_parameter_chosen(self, parameter: Parameter) -> None:
        if parameter != self._selection:
            self._selection = parameter
            self.notice.hide()
            self.selection_made.emit(parameter)

    def _on_notice_clicked(self) -> None:
        if isinstance(self._selection, Unit):
            self.filter_bar.show_selected_only()
        else:
            self.filter_bar.clear()
        self._mark_selection(scroll=True)

    def _on_copy_triggered(self) -> None:
        ids = self.table.selected_ids()
        if self.model.values is None or not len(ids):
            return
        if len(ids) > MOST_COPIED:
            self._message = tr(
                "{ids} rows are too many to copy; save them as CSV.",
                ids=count(len(ids)),
            )
        else:
            self._message = tr("Copied {rows}.", rows=counted(len(ids), "row"))
            Copying(tr("rows"), tab_separated(self.model.values, ids)).put()
        self._draw_status()

    def table_requests(self) -> list[SaveRequest]:
        if self.model.values is None:
            return []
        return [nudges_request(self.model.values, self.model.ids)]

    def _on_save_triggered(self) -> None:
        for request in self.table_requests():
            self.save_requested.emit(request)


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setToolTip(plain_tip(text))
