"""Layout of the table of requests: plain numbers, no painting."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRect


@dataclass(frozen=True, slots=True)
class GridGeometry:
    """Names at the left and sums at the right are fixed, the examples scroll.

    Attributes:
        width: of the viewport.
        height: of the viewport.
        header: height of the headers.
        row: height of a row.
        name: width of the names.
        cell: width of an example's column.
        sums: width of each column right of the examples.
        columns: examples.
        rows: parameters.
        pad: left of the names.
        end: right of the last column.
        first_column: examples scrolled out at the left.
        first_row: rows scrolled out at the top.
    """

    width: int
    height: int
    header: int
    row: int
    name: int
    cell: int
    sums: tuple[int, ...]
    columns: int
    rows: int
    pad: int = 0
    end: int = 0
    first_column: int = 0
    first_row: int = 0

    @property
    def cells_right(self) -> int:
        """Left edge of the sums: beside the last example when all of them fit."""
        room = max(self.name, self.width - sum(self.sums))
        whole = max(1, (room - self.name) // self.cell)
        return min(room, self.name + min(whole, self.columns) * self.cell)

    def filled(self) -> "GridGeometry":
        """With what no further row or example has room in shared out among the rest."""
        return self._filled_down()._filled_across()

    def _filled_down(self) -> "GridGeometry":
        if self.whole_rows >= self.rows or self.height < self.header + self.row:
            return self
        return replace(self, row=(self.height - self.header) // self.whole_rows)

    def _filled_across(self) -> "GridGeometry":
        spare = self.width - self.cells_right - sum(self.sums)
        if self.whole_columns >= self.columns or not self.sums or spare <= 0:
            return self
        each = spare // len(self.sums)
        sums = [wide + each for wide in self.sums]
        sums[-1] += spare - each * len(sums)
        return replace(self, sums=tuple(sums))

    @property
    def whole_columns(self) -> int:
        """Number of completely visible examples."""
        return min(self.columns, max(1, (self.cells_right - self.name) // self.cell))

    @property
    def whole_rows(self) -> int:
        """Rows that are seen whole."""
        return max(1, (self.height - self.header) // self.row)

    def shown_columns(self) -> range:
        """Number of visible examples, including a partly visible last one."""
        seen = -(-(self.cells_right - self.name) // self.cell)
        return range(self.first_column, min(self.columns, self.first_column + seen))

    def shown_rows(self) -> range:
        """Rows that are seen: whole ones only, as half a figure is another one."""
        end = self.first_row + self.whole_rows
        return range(self.first_row, min(self.rows, end))

    def row_top(self, row: int) -> int:
        return self.header + (row - self.first_row) * self.row

    def cell_left(self, column: int) -> int:
        return self.name + (column - self.first_column) * self.cell

    def cells_box(self) -> QRect:
        """The part that scrolls sideways, headers included."""
        return QRect(self.name, 0, self.cells_right - self.name, self.height)

    def sum_left(self, column: int) -> int:
        return self.cells_right + sum(self.sums[:column])

    def row_at(self, y: float) -> int | None:
        """The row at a height; None on the headers or below the last row."""
        if y < self.header:
            return None
        row = self.first_row + int(y - self.header) // self.row
        return row if row in self.shown_rows() else None

    def column_at(self, x: float) -> int | None:
        """The example at a place, None beside them."""
        if not self.name <= x < self.cells_right:
            return None
        column = self.first_column + int(x - self.name) // self.cell
        return column if column < self.columns else None

    def sum_at(self, x: float) -> int | None:
        """The column right of the examples at a place."""
        left = self.cells_right
        for column, width in enumerate(self.sums):
            if left <= x < left + width:
                return column
            left += width
        return None
