"""The menu of the orders that the rows may have: each column, both ways."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from core.values.words import tr
from gui.panels.nudges.nudge_rows import COLUMNS, TITLES, NudgeColumn

_WAYS: Final = ((True, tr("descending")), (False, tr("ascending")))


class SortMenu(QMenu):
    """Does by keys what a click on a title does.

    Signals:
        order_chosen: the column, and whether its largest value is the first.
    """

    order_chosen = Signal(str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Sort by"), parent)
        self._group = QActionGroup(self)
        self._orders: dict[tuple[str, bool], QAction] = {}
        for column in COLUMNS:
            for descending, way in _WAYS:
                text = tr("{column}, {way}", column=TITLES[column], way=way)
                action = self.addAction(text)
                action.setCheckable(True)
                self._group.addAction(action)
                chosen = partial(self.order_chosen.emit, column, descending)
                action.triggered.connect(chosen)
                self._orders[column, descending] = action

    def show_order(self, column: NudgeColumn, *, descending: bool) -> None:
        """Mark the order in force."""
        self._orders[column, descending].setChecked(True)
