"""The rows that were found, in their groups; one of them is chosen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from core.values.words import tr
from gui.window.palette.matching import Hit
from gui.window.palette.row_painter import HIT, RowPainter

Row = Hit | str
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
PAGE: Final = 8


class ResultModel(QAbstractListModel):
    """Hits, with the heading of each group before its first one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        self.beginResetModel()
        self.rows = []
        group = None
        for hit in hits:
            if hit.entry.group is not group:
                group = hit.entry.group
                self.rows.append(group.value)
            self.rows.append(hit)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.rows[index.row()]
        if isinstance(row, str):
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if row.entry.problem else flags | Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else row.entry.title
        if isinstance(row, str):
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.entry.problem or row.entry.meaning or row.entry.remark
        return row if role == HIT else None


def spoken(hit: Hit) -> str:
    """A row for a screen reader."""
    entry = hit.entry
    value = entry.change.text if entry.change is not None else ""
    parts = (entry.title, value, hit.remark, entry.keys)
    return ", ".join(part for part in parts if part)


class ResultList(QListView):
    """Never has the focus: the field above it moves the choice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = ResultModel(self)
        self.setModel(self._rows)
        self.setItemDelegate(RowPainter(self))
        self.setObjectName("results")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(tr("Found"))

    @property
    def hits(self) -> list[Hit]:
        """All that is listed, from the top."""
        return [row for row in self._rows.rows if isinstance(row, Hit)]

    @property
    def chosen(self) -> Hit | None:
        row = self.currentIndex().row()
        found = self._rows.rows[row] if 0 <= row < len(self._rows.rows) else None
        return found if isinstance(found, Hit) else None

    def show_hits(self, hits: Sequence[Hit], chosen: int) -> None:
        """List hits, of which one is chosen."""
        self._rows.show_hits(hits)
        self.choose(chosen)

    def choose(self, place: int) -> None:
        """Choose a hit by its place among the hits."""
        hits = self.hits
        if not hits:
            return
        hit = hits[min(max(place, 0), len(hits) - 1)]
        index = self._rows.index(self._rows.rows.index(hit))
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, flag)
        if index.row() == 1:
            self.scrollToTop()  # with its heading
        else:
            self.scrollTo(index)

    def step(self, by: int) -> None:
        """Choose a row further down or up; at an end, the other end."""
        hits = self.hits
        if not hits or self.chosen is None:
            return
        place = hits.index(self.chosen) + by
        if abs(by) == 1:
            place %= len(hits)
        self.choose(place)

    def height_for(self, most: int) -> int:
        """Of all rows, but not more than this."""
        total = sum(
            self.sizeHintForIndex(self._rows.index(k)).height()
            for k in range(self._rows.rowCount())
        )
        return min(total, most)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
