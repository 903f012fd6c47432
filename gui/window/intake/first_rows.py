"""The first rows of a table, as they stand in the file."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QTableView, QWidget

from core.data.table.overview import Overview
from core.values.plain_text import plain as plain_text
from core.values.words import tr
from gui.style import tokens
from gui.style.lengths import grown
from gui.window.intake.column_table import plain

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NOTHING: Final = "missing"
_LONGEST: Final = 60


class _RowModel(QAbstractTableModel):
    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.overview: Overview | None = None

    def show(self, overview: Overview | None) -> None:
        self.beginResetModel()
        self.overview = overview
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        is_none = parent.isValid() or self.overview is None
        return 0 if is_none else len(self.overview.rows)  # type: ignore[union-attr]

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        is_none = parent.isValid() or self.overview is None
        return 0 if is_none else len(self.overview.columns)  # type: ignore[union-attr]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        is_name = orientation == Qt.Orientation.Horizontal and self.overview is not None
        if is_name and role == _Role.DisplayRole:
            assert self.overview is not None
            return plain_text(self.overview.columns[section].name, _LONGEST)
        if is_name and role == _Role.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> Qt.AlignmentFlag:
        """Numbers end below each other, and their name with them."""
        assert self.overview is not None
        sides = Qt.AlignmentFlag
        is_number = "number" in self.overview.columns[column].kind
        side = sides.AlignRight if is_number else sides.AlignLeft
        return side | sides.AlignVCenter

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        assert self.overview is not None
        text = self.overview.rows[index.row()][index.column()]
        if role == _Role.DisplayRole:
            return _NOTHING if text is None else plain_text(text, _LONGEST)
        if role == _Role.ForegroundRole and text is None:
            return self._view.palette().brush(QPalette.ColorRole.PlaceholderText)
        if role == _Role.TextAlignmentRole:
            return self._side(index.column())
        return None


class FirstRows(QTableView):
    """Scrolls through the first rows, nothing can be changed in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("First rows of the file"))
        self._model = _RowModel(self)
        self.setModel(self._model)
        plain(self)

    def show_overview(self, overview: Overview | None) -> None:
        """Show the first rows of another table."""
        if overview is not self._model.overview:
            self._model.show(overview)
            self.resizeColumnsToContents()
            for column in range(self._model.columnCount()):
                self.setColumnWidth(
                    column, self.columnWidth(column) + grown(self, tokens.space("m"))
                )
