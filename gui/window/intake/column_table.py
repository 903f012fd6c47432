"""The list of a table's columns: what each holds, and whether it is an input."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from core.values.words import tr
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.plain_text import tip
from gui.window.intake.texts import ColumnLine

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NAMES: Final = (tr("Column"), tr("Holds"), tr("Missing"), tr("Becomes"))
_TAKE: Final = tr("A tick takes the column as an input; Space changes it")


class ColumnModel(QAbstractTableModel):
    """Signals: use_changed, with the name of a column and whether it is to be used."""

    use_changed = Signal(str, bool)

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.lines: tuple[ColumnLine, ...] = ()

    def show_lines(self, lines: tuple[ColumnLine, ...]) -> None:
        """Show other lines; of the same columns, the chosen one stays chosen."""
        if [line.name for line in lines] == [line.name for line in self.lines]:
            self.lines = lines
            if lines:
                end = self.index(len(lines) - 1, len(_NAMES) - 1)
                self.dataChanged.emit(self.index(0, 0), end)
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_NAMES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return _NAMES[section]
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == 0 and self.lines[index.row()].can_change:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        line = self.lines[index.row()]
        text = (line.name, line.holds, line.missing, line.becomes)[index.column()]
        if role == _Role.DisplayRole:
            return text
        if role == _Role.ToolTipRole:
            return _TAKE if index.column() == 0 and line.can_change else tip(text)
        if role == _Role.ForegroundRole and line.is_used is False:
            return self._view.palette().brush(QPalette.ColorRole.PlaceholderText)
        if role == _Role.CheckStateRole and index.column() == 0:
            if not line.can_change:
                return None
            states = Qt.CheckState
            return states.Checked if line.is_used else states.Unchecked
        return None

    def setData(  # noqa: N802
        self, index: _Index, value: Any, role: int = _Role.EditRole
    ) -> bool:
        if role != _Role.CheckStateRole or not self.lines[index.row()].can_change:
            return False
        used = Qt.CheckState(value) == Qt.CheckState.Checked
        self.use_changed.emit(self.lines[index.row()].name, used)
        return True


class ColumnTable(QTableView):
    """A row for each column of the file."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Columns of the file"))
        self.columns = ColumnModel(self)
        self.setModel(self.columns)
        plain(self)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def show_lines(self, lines: tuple[ColumnLine, ...]) -> None:
        """Show the columns of the file."""
        is_other = len(lines) != len(self.columns.lines)
        self.columns.show_lines(lines)
        if is_other and lines:
            self.setCurrentIndex(self.columns.index(0, 0))
        self._fit()

    def _fit(self) -> None:
        """Each as wide as its contents; the last takes what is left, if it is more."""
        room = self.viewport().width()
        for column in range(len(_NAMES)):
            self.resizeColumnToContents(column)
            wanted = self.columnWidth(column) + grown(self, tokens.space("m"))
            is_last = column == len(_NAMES) - 1
            self.setColumnWidth(column, max(wanted, room) if is_last else wanted)
            room -= wanted

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() == Qt.Key.Key_Space and row >= 0:
            line = self.columns.lines[row]
            if line.can_change:
                self.columns.use_changed.emit(line.name, not line.is_used)
            return
        super().keyPressEvent(event)


def plain(view: QTableView) -> None:
    """Rows as the other tables of the window have them."""
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setWordWrap(False)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setDefaultAlignment(_LEFT)
    height = round(tokens.size("table_row") * scale_of(view.font()))
    view.verticalHeader().setDefaultSectionSize(height)
