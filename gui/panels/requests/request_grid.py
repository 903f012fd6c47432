"""The table of requests as a widget: scrolling, mouse, keys, tool tips."""

import math
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from core.values.words import tr
from gui.panels.requests.example_headers import ExampleHeaders
from gui.panels.requests.grid_geometry import GridGeometry
from gui.panels.requests.grid_painter import (
    FIRST,
    HEADER_SPACE,
    LAST,
    MARGIN,
    THUMBNAIL,
    GridScene,
    paint_grid,
    widths,
)
from gui.panels.requests.printed_row import (
    Exponents,
    PrintedRow,
    exponents_of,
    print_row,
    print_rows,
)
from gui.panels.requests.request_csv import MOST_COPIED_CELLS, table_text
from gui.panels.requests.request_table import RequestTable
from gui.panels.requests.sum_columns import (
    SumColumn,
    sum_columns,
    sum_text,
    sum_tip,
)
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import count, counted, exponent_text, full
from gui.style.picture_pass import fill_ground
from gui.widgets.accessible.events import tell_current
from gui.widgets.accessible.parts import AND, LazyParts, Part, Path, Role
from gui.widgets.copying.content import Copying
from gui.widgets.focus.key_policy import is_plain

_KEYS: Final = Qt.Key
_WIDEST: Final = "\N{MINUS SIGN}000.00000"
_WIDEST_CELL: Final = "\N{MINUS SIGN}88.88888"
_NARROW: Final = tokens.space("xl")
_MOST_MEASURED: Final = 400


class RequestGrid(QAbstractScrollArea):
    """Rows are parameters, columns are examples; sums and the change at the right.

    Signals:
        row_chosen: the row that the user chose.
        column_chosen: the example whose header the user chose.
    """

    row_chosen = Signal(int)
    column_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: RequestTable | None = None
        self._headers: ExampleHeaders | None = None
        self._short_names: tuple[str, ...] = ()
        self._whole_names: tuple[str, ...] = ()
        self._exponents = Exponents(0, 0, ())
        self._columns: tuple[SumColumn, ...] = ()
        self._printed: dict[int, PrintedRow] = {}
        self._limit = 1.0
        self._widest_names = (0, 0)
        self._figures = True
        self._row: int | None = None
        self._column: int | None = None
        self.setFont(theme.figures_font(self.font()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Requests of the examples of the batch"))
        self.viewport().setMouseTracking(True)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setMinimumSize(*tokens.lengths("request_grid.least"))

    @property
    def table(self) -> RequestTable | None:
        return self._table

    @property
    def current_row(self) -> int | None:
        return self._row

    @property
    def current_column(self) -> int | None:
        return self._column

    @property
    def exponents(self) -> Exponents:
        return self._exponents

    @property
    def columns(self) -> tuple[SumColumn, ...]:
        """The columns right of the examples."""
        return self._columns

    def show_table(
        self,
        table: RequestTable,
        names: tuple[str, ...],
        whole_names: tuple[str, ...],
        headers: ExampleHeaders,
        limit: float,
    ) -> None:
        """Show these rows, coloured from minus `limit` to `limit`."""
        self._table, self._headers, self._limit = table, headers, limit
        self._short_names, self._whole_names = names, whole_names
        self._measure_names()
        self._exponents = exponents_of(table)
        self._columns = sum_columns(table, self._exponents)
        self._printed = {}
        self._fit_scroll_bars()
        self.viewport().update()

    def set_figures(self, figures: bool) -> None:
        """Show numbers in the cells, or narrow cells with colours only."""
        self._figures = figures
        self._fit_scroll_bars()
        self.viewport().update()

    def set_current(self, row: int | None, column: int | None, *, follow: bool) -> None:
        """Outline a row and the header of a column."""
        if (row, column) == (self._row, self._column):
            return
        moved = row != self._row
        self._row, self._column = row, column
        if follow and moved and row is not None:
            self._scroll_to_row(row)
        self.viewport().update()
        tell_current(self)

    def printed(self, row: int) -> PrintedRow:
        """The figures of a row: as they are seen, or by itself out of sight."""
        assert self._table is not None
        if row in self.geometry_now().shown_rows():
            return self._print_shown()[row]
        return print_row(self._table, self._exponents, row)

    def _print_shown(self) -> dict[int, PrintedRow]:
        """Those in sight, computed when they are first shown."""
        assert self._table is not None
        rows = self.geometry_now().shown_rows()
        if list(self._printed) != list(rows):
            self._printed = print_rows(self._table, self._exponents, rows)
        return self._printed

    def copyings(self, place: QPoint | None) -> list[Copying]:
        """The chosen row, and all that are listed, with all their digits."""
        del place
        table = self._table
        if table is None or table.cells.size > MOST_COPIED_CELLS:
            return []
        whole = Copying(tr("table"), table_text(table, self.names))
        if self._row is None:
            return [whole]
        row = table_text(table, self.names, row=self._row)
        return [Copying(tr("row"), row), whole]

    def described(self) -> Part:
        """The table in words: rows of parameters, cells of examples and sums."""
        table, headers, name = self._table, self._headers, self.accessibleName()
        if table is None or headers is None:
            return Part(name, role=Role.Table)
        rows = LazyParts(len(table.rows), self._described_row)
        chosen: Path = () if self._row is None else (self._row,)
        if self._row is not None and self._column is not None:
            chosen = (self._row, len(self._columns) + self._column)
        value = counted(len(table.rows), "row")
        return Part(name, value, Role.Table, None, rows, chosen)

    def _described_row(self, row: int) -> Part:
        """The sums come first: they are what a row is read for."""
        assert self._table is not None
        geometry, printed = self.geometry_now(), self.printed(row)
        sums = [
            f"{column.title} "
            f"{sum_text(column, self._table, self._exponents, printed, row)} "
            f"{column.unit}".strip()
            for column in self._columns
        ]
        before = tr(
            "before the step {weight}", weight=full(float(self._table.weight[row]))
        )
        n_cells = len(sums) + self._table.cells.shape[1]
        box = None
        if row in geometry.shown_rows():
            top = geometry.row_top(row)
            box = QRectF(0, top, geometry.width, geometry.row)
        return Part(
            self._whole_names[row],
            AND.join((before, *sums)),
            Role.Row,
            box,
            LazyParts(n_cells, partial(self._described_cell, row, tuple(sums))),
        )

    def _described_cell(self, row: int, sums: tuple[str, ...], place: int) -> Part:
        assert self._table is not None
        assert self._headers is not None
        if place < len(sums):
            return Part(sums[place], "", Role.Cell)
        example = place - len(sums)
        unit = exponent_text(self._exponents.request)
        asked = f"{self.printed(row).cell(example)} {unit}".strip()
        index = count(int(self._table.batch.indices[example]))
        who = tr(
            "example {index}, {name}", index=index, name=self._headers.name(example)
        )
        return Part(who, tr("asks for {asked}", asked=asked), Role.Cell)

    def geometry_now(self) -> GridGeometry:
        """The layout at this size."""
        metrics = QFontMetrics(self.font())
        scale = scale_of(self.font())
        table, margin = self._table, grown(self, MARGIN)
        least_name = grown(self, tokens.length("request_grid.least_name"))
        name = min(
            self._widest_names[self._has_room_for_names] + self._pad + margin,
            max(least_name, self.viewport().width() // 4),
        )
        titles = tuple(column.title for column in self._columns)
        sums = widths(self.font(), (_WIDEST,) * len(titles), titles)
        pad, end = self._pad, round(LAST * scale)
        cell = metrics.horizontalAdvance(_WIDEST_CELL) + 2 * margin
        narrow, between = grown(self, _NARROW), grown(self, tokens.space("xs"))
        side = min(round(THUMBNAIL * scale), cell - between)
        if not self._figures:
            side = narrow - between
        geometry = GridGeometry(
            self.viewport().width(),
            self.viewport().height(),
            max(side + metrics.height(), 2 * metrics.height())
            + grown(self, HEADER_SPACE),
            round(tokens.size("table_row") * scale),
            name,
            cell if self._figures else narrow,
            (*sums[:-1], sums[-1] + end - margin) if sums else (),
            0 if table is None else table.cells.shape[1],
            0 if table is None else len(table.rows),
            pad,
            end,
            self.horizontalScrollBar().value(),
            self.verticalScrollBar().value(),
        )
        return geometry.filled()

    def _measure_names(self) -> None:
        self._widest_names = (
            self._widest(self._short_names),
            self._widest(self._whole_names),
        )

    def _widest(self, names: tuple[str, ...]) -> int:
        """Only the longest ones are measured: there can be a thousand."""
        # In whole pixels the width would be rounded down, and the name cut.
        metrics = QFontMetricsF(self.font())
        longest = max((len(name) for name in names), default=0)
        long = {name for name in names if len(name) >= longest - 1}
        some = sorted(long)[:_MOST_MEASURED]
        return math.ceil(max(map(metrics.horizontalAdvance, some), default=0))

    @property
    def _pad(self) -> int:
        return round(FIRST * scale_of(self.font()))

    @property
    def _has_room_for_names(self) -> bool:
        """Whether the whole names leave most of the width to the examples."""
        wide = self._widest_names[True] + self._pad + grown(self, MARGIN)
        return wide <= self.viewport().width() // 5

    @property
    def names(self) -> tuple[str, ...]:
        """Of the rows, as they are painted."""
        return self._whole_names if self._has_room_for_names else self._short_names

    def _fit_scroll_bars(self) -> None:
        geometry = self.geometry_now()
        for bar, number, whole in (
            (self.horizontalScrollBar(), geometry.columns, geometry.whole_columns),
            (self.verticalScrollBar(), geometry.rows, geometry.whole_rows),
        ):
            bar.setRange(0, max(0, number - whole))
            bar.setPageStep(whole)
            bar.setSingleStep(1)

    def _scroll_to_row(self, row: int) -> None:
        bar = self.verticalScrollBar()
        whole = self.geometry_now().whole_rows
        bar.setValue(min(max(bar.value(), row - whole + 1), row))

    def _scroll_to_column(self, column: int) -> None:
        bar = self.horizontalScrollBar()
        whole = self.geometry_now().whole_columns
        bar.setValue(min(max(bar.value(), column - whole + 1), column))

    def _go_to_row(self, row: int) -> None:
        if self._table is None or not len(self._table.rows):
            return
        row = min(max(row, 0), len(self._table.rows) - 1)
        self._scroll_to_row(row)
        if row != self._row:
            self._row = row
            self.viewport().update()
            tell_current(self)
            self.row_chosen.emit(row)

    def _go_to_column(self, column: int) -> None:
        if self._table is None:
            return
        column = min(max(column, 0), self._table.cells.shape[1] - 1)
        self._scroll_to_column(column)
        if column != self._column:
            self._column = column
            self.viewport().update()
            tell_current(self)
            self.column_chosen.emit(column)

    def tip_at(self, point: QPointF) -> str:
        """The exact value at a position."""
        table, headers = self._table, self._headers
        if table is None or headers is None:
            return ""
        geometry = self.geometry_now()
        row, column = geometry.row_at(point.y()), geometry.column_at(point.x())
        place = geometry.sum_at(point.x())
        if row is None:
            if point.y() >= geometry.header:
                return ""
            if column is not None:
                return headers.tip(column)
            return "" if place is None else self._columns[place].tip
        if column is not None:
            asked = full(float(table.cells[row, column]))
            return tr(
                "{asked}\n{name}\n{headers_name} asks for it",
                name=self.names[row],
                headers_name=headers.name(column),
                asked=asked,
            )
        if place is not None:
            return sum_tip(self._columns[place], table, self.printed(row), row)
        return tr(
            "{weight}\n{name}\nbefore the step",
            name=self.names[row],
            weight=full(float(table.weight[row])),
        )

    def sizeHint(self) -> QSize:
        return QSize(*tokens.lengths("request_grid.wished"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_scroll_bars()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._measure_names()
            self._fit_scroll_bars()
            self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        del dx, dy  # scroll bars count rows and columns, not pixels
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._table is None:
            return
        geometry = self.geometry_now()
        row = geometry.row_at(event.position().y())
        column = geometry.column_at(event.position().x())
        if row is not None:
            self._go_to_row(row)
        elif column is not None and event.position().y() < geometry.header:
            self._go_to_column(column)

    def keeps_key(self, event: QKeyEvent) -> bool:
        """Whether a key goes to another column; see gui.widgets.focus.key_policy."""
        sideways = (_KEYS.Key_Left, _KEYS.Key_Right)
        return is_plain(event) and event.key() in sideways

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = -1 if self._row is None else self._row
        column = -1 if self._column is None else self._column
        page = self.geometry_now().whole_rows
        rows = {
            _KEYS.Key_Up: row - 1,
            _KEYS.Key_Down: row + 1,
            _KEYS.Key_PageUp: row - page,
            _KEYS.Key_PageDown: row + page,
            _KEYS.Key_Home: 0,
            _KEYS.Key_End: 10**9,
        }
        key = _KEYS(event.key())
        if key in rows:
            self._go_to_row(rows[key])
        elif key == _KEYS.Key_Left:
            self._go_to_column(column - 1)
        elif key == _KEYS.Key_Right:
            self._go_to_column(column + 1)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            table, headers = self._table, self._headers
            if table is None or headers is None:
                fill_ground(painter, QRect(event.rect()), self.palette().base())
                return
            geometry = self.geometry_now()
            printed = self._print_shown()
            painter.setFont(self.font())
            scene = GridScene(
                geometry,
                table,
                self._exponents,
                self._columns,
                headers,
                self.names,
                printed,
                self._limit,
                self._figures,
                self.palette(),
                self._row,
                self._column,
            )
            paint_grid(painter, scene)
