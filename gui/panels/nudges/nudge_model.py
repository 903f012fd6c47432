"""The nudge table's model: one row for each listed parameter, read from arrays."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from core.data.dataset import Dataset
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter
from core.values.words import tr
from gui.panels.nudges.nudge_labels import EXPLANATION, asked_text
from gui.panels.nudges.nudge_rows import (
    COLUMNS,
    NO_VALUE,
    TITLES,
    NudgeColumn,
    NudgeValues,
    tooltip,
)
from gui.panels.nudges.row_filter import Ids
from gui.session.parameter_names import name_of
from gui.style.number_format import fixed, short
from gui.style.signed_scale import SteadyScale, decimals
from gui.widgets.plain_text import tip as plain_tip

Index = QModelIndex | QPersistentModelIndex

DOWN: Final = "\N{DOWNWARDS ARROW}"
UP: Final = "\N{UPWARDS ARROW}"
MOST_NAMES: Final = 4096
"""Visible rows are drawn repeatedly, so their names are cached."""

HEADER_TIPS: Final = (
    tr("Layer, unit, and the input of the weight"),
    tr("Value of the parameter now, after the newest step"),
    tr(
        "Minus the gradient of the current batch's loss, before the step: the "
        "direction of descent"
    ),
    EXPLANATION,
    tr("Change of the parameter in the newest step"),
)


class NudgeModel(QAbstractTableModel):
    """Values are live; the order of the rows is set by `set_order`.

    Signals:
        widened: a cell had a wider text than its column has had before.
    """

    widened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: NudgeValues | None = None
        self._ids: Ids = np.empty(0, dtype=np.int64)
        self._scale = SteadyScale()
        self._names: dict[int, tuple[str, str]] = {}
        self._sorted: tuple[NudgeColumn, bool] = ("nudge", True)
        self._are_in_order = True
        self._nudge_digits = 4
        self._change_digits = 4
        self._widest: dict[int, str] = {}
        self._widest_name: tuple[Dataset | None, NetworkSpec | None, str]
        self._widest_name = None, None, ""

    @property
    def values(self) -> NudgeValues | None:
        return self._values

    @property
    def ids(self) -> Ids:
        """Parameter ids, row by row."""
        return self._ids

    def set_values(
        self, values: NudgeValues, learning_rate: float, now: float | None
    ) -> None:
        """Show new values in the same rows; `now` is None at rest."""
        if self._values is None or self._values.run.run_id != values.run.run_id:
            self._scale.reset()
            self._names.clear()
            self._widest.clear()
        self._values = values
        limit = self._scale.update(values.largest, now)
        self._nudge_digits = decimals(limit)
        self._change_digits = decimals(limit * min(1.0, learning_rate or 1.0))
        self._announce()

    def set_order(self, ids: Ids) -> None:
        """List these parameters in this order."""
        if len(ids) == len(self._ids):
            self._ids = ids
            self._announce()
            return
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    def clear(self) -> None:
        """Remove all rows."""
        self.beginResetModel()
        self._values = None
        self._ids = np.empty(0, dtype=np.int64)
        self.endResetModel()

    def parameter(self, row: int) -> Parameter | None:
        """The weight or bias of a row; None while there are no values."""
        if self._values is None:
            return None
        return self._values.parameter(int(self._ids[row]))

    def row_of(self, parameter: Parameter) -> int | None:
        """Its row, None when it is filtered out."""
        if self._values is None:
            return None
        rows = np.flatnonzero(self._ids == parameter.flat_index(self._values.run.spec))
        return int(rows[0]) if len(rows) else None

    def text(self, row: int, column: int) -> str:
        """The text of a cell."""
        text = self._text(row, column)
        if column and len(text) > len(self._widest.get(column, "")):
            # Figures are equally wide, and each column has as many decimals.
            self._widest[column] = text
            self.widened.emit()
        return text

    def _text(self, row: int, column: int) -> str:
        values = self._values
        if values is None:
            return ""
        index = int(self._ids[row])
        name = COLUMNS[column]
        if name == "parameter":
            return self.names(row)[0]
        if name == "value":
            return fixed(values.params.at(index))
        if name == "asks for":
            return asked_text(values.nudge(index), values.rms)
        if name == "nudge":
            return readable(values.nudge(index), self._nudge_digits)
        change = values.change(index)
        return NO_VALUE if change is None else readable(change, self._change_digits)

    def names(self, row: int) -> tuple[str, str]:
        """A row's name, and its short form for narrow columns."""
        if self._values is None:
            return "", ""
        index = int(self._ids[row])
        known = self._names.get(index)
        if known is None:
            if len(self._names) >= MOST_NAMES:
                self._names.clear()
            known = self._values.name(index), self._values.short_name(index)
            self._names[index] = known
        return known

    def share(self, row: int) -> float:
        """The nudge as a share of the largest, -1 to 1; 0 when there is none."""
        values = self._values
        if values is None or not values.largest > 0:
            return 0.0
        share = values.nudge(int(self._ids[row])) / values.largest
        return share if math.isfinite(share) else 0.0

    @property
    def widest_name(self) -> str:
        """As wide as any row's name: one width decides whether all are short."""
        run = self._values.run if self._values is not None else None
        if run is None:
            return ""
        if self._widest_name[0] is not run.dataset or self._widest_name[1] != run.spec:
            sizes = run.spec.layer_sizes
            names = (
                name_of(run, Parameter(k, sizes[k] - 1, sizes[k - 1] - 1))
                for k in range(1, len(sizes))
            )
            self._widest_name = run.dataset, run.spec, max(names, key=len)
        return self._widest_name[2]

    def widest_texts(self) -> Sequence[str]:
        """For each column a text as wide as its widest one, of those that were seen."""
        usual = (
            self.widest_name,
            fixed(-88.8888),
            fixed(-0.8, self._nudge_digits),
            tr("lower a little") + 8 * "\N{FIGURE SPACE}",
            fixed(-0.8, self._change_digits),
        )
        return tuple(
            max(text, self._widest.get(column, ""), key=len)
            for column, text in enumerate(usual)
        )

    def set_sorted(self, column: NudgeColumn, *, descending: bool) -> None:
        """Say in the header by which column the rows are sorted."""
        self._sorted = column, descending
        last = len(COLUMNS) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def set_in_order(self, *, are_in_order: bool) -> None:
        """Say so only of rows that are: older orders have newer values."""
        if are_in_order != self._are_in_order:
            self._are_in_order = are_in_order
            self.set_sorted(self._sorted[0], descending=self._sorted[1])

    def _title(self, section: int) -> str:
        name = COLUMNS[section]
        title = TITLES[name]
        if name != self._sorted[0] or not self._are_in_order:
            return title
        return f"{title} {DOWN if self._sorted[1] else UP}"

    def _announce(self) -> None:
        if len(self._ids):
            last = self.index(len(self._ids) - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole and self._values is not None:
            return plain_tip(tooltip(self._values, int(self._ids[index.row()])))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_text = COLUMNS[section] in ("parameter", "asks for")
            flags = Qt.AlignmentFlag
            side = flags.AlignLeft if is_text else flags.AlignRight
            return side | flags.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return HEADER_TIPS[section]
        return None


def readable(value: float, digits: int) -> str:
    """Fixed decimals, but never 0.000 for a value that is not zero."""
    if value == 0 or abs(value) >= 0.5 * 10.0**-digits:
        return fixed(value, digits)
    return short(float(f"{value:.1e}"))
