"""A list of examples that are not images; only visible rows are requested."""

from typing import Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.style import theme, tokens
from gui.style.lengths import grown
from gui.widgets.focus.without_selection import without_selection
from gui.widgets.pictures.tile_painting import mark_pixmap
from gui.widgets.pictures.tiles import TileSource
from gui.widgets.plain_text import tip as plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
NO_INDEX: Final = QModelIndex()
MARK: Final = 14
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEAST_HEIGHT: Final = tokens.length("point_table.least_height")
"""The header and a row."""


class _PointModel(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.source: TileSource | None = None
        self._icons: dict[bool, QIcon] = {}
        self.draw_icons(dark=theme.is_dark(parent.palette()))

    def draw_icons(self, *, dark: bool) -> None:
        """Renew the marks in the colours of a theme."""
        self._icons = {
            right: QIcon(mark_pixmap(MARK, right=right, dark=dark))
            for right in (True, False)
        }

    def set_source(self, source: TileSource | None) -> None:
        before = self.source
        same = (
            before is not None
            and source is not None
            and len(before.order) == len(source.order)
            and before.headers == source.headers
        )
        if not same:
            self.beginResetModel()
        self.source = source
        if not same:
            self.endResetModel()
            return
        corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), corner)

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        del parent
        return 0 if self.source is None else len(self.source.order)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        del parent
        return 0 if self.source is None else len(self.source.headers)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> str | None:
        shown = role == Qt.ItemDataRole.DisplayRole
        if self.source is None or not shown or orientation == Qt.Orientation.Vertical:
            return None
        return self.source.headers[section]

    def data(
        self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | QIcon | Qt.AlignmentFlag | None:
        if self.source is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.source.cells(index.row())[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.source.tooltip(index.row()))
        is_guess = index.column() == self.source.said_column
        if role == Qt.ItemDataRole.DecorationRole and is_guess:
            right = self.source.tile(index.row()).right
            return None if right is None else self._icons[right]
        return None


class _MarkBesideText(QStyledItemDelegate):
    """A mark stands right of its class, not at the other end of the cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        option.decorationPosition = QStyleOptionViewItem.Position.Right


class PointTable(QTableView):
    """Rows to choose from, by click or with the arrow keys.

    Signals:
        position_chosen: the user chose this row.
    """

    position_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _PointModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_MarkBesideText(self))
        self.setFont(theme.figures_font(self.font()))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self._fit_rows()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(_RIGHT)
        header.setResizeContentsPrecision(0)
        self.setMinimumSize(tokens.length("point_table.least_width"), LEAST_HEIGHT)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    def _fit_rows(self) -> None:
        height = self.fontMetrics().height() + grown(self, tokens.space("s"))
        self.verticalHeader().setDefaultSectionSize(height)

    def set_source(self, source: TileSource | None) -> None:
        # A reset moves the current row, which the user has not chosen.
        with QSignalBlocker(self.selectionModel()):
            self._model.set_source(source)
        if source is not None:
            self._fit_columns(source)
        self.viewport().update()

    def _fit_columns(self, source: TileSource) -> None:
        """The prediction and its mark get what they need; the others share the rest.

        Where that would cut a name or a number, each gets its own, and one scrolls.
        """
        modes, header = QHeaderView.ResizeMode, self.horizontalHeader()
        places = range(len(source.headers))
        needed = [
            max(header.sectionSizeHint(k), self.sizeHintForColumn(k)) for k in places
        ]
        others = [width for k, width in enumerate(needed) if k != source.said_column]
        left = self.viewport().width() - (sum(needed) - sum(others))
        # All of the others get the same width.
        is_room = max(others, default=0) * len(others) <= left
        for k in places:
            shares = is_room and k != source.said_column
            mode = modes.Stretch if shares else modes.ResizeToContents
            if header.sectionResizeMode(k) != mode:
                header.setSectionResizeMode(k, mode)

    def set_current(self, position: int | None) -> None:
        """Mark this row without emitting a signal."""
        row = -1 if position is None else position
        if row == self.currentIndex().row():
            return
        with QSignalBlocker(self.selectionModel()):
            if position is None:
                self.clearSelection()
                self.setCurrentIndex(QModelIndex())
            else:
                self.selectRow(position)
        self.viewport().update()

    def scroll_to(self, position: int) -> None:
        self.scrollTo(self._model.index(position, 0))

    def _on_current_row_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self.position_chosen.emit(current.row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        source = self._model.source
        if source is not None:
            self._fit_columns(source)

    def focusInEvent(self, event: QFocusEvent) -> None:
        with without_selection(self):
            super().focusInEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
