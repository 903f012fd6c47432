"""The branches that the run has left, each of which can be gone to."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from core.protocol.branch import Branch
from core.values.words import tr
from gui.style.number_format import count


def branch_text(branch: Branch) -> str:
    """What tells a branch from the others."""
    return tr(
        "To step {end}, on the branch left at {start}",
        end=count(branch.end),
        start=count(branch.start),
    )


class BranchMenu(QMenu):
    """The newest branch first.

    Signals:
        branch_chosen: the number of a branch.
    """

    branch_chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Branc&hes"), parent)
        self._branches: Sequence[Branch] = ()
        self.triggered.connect(self._on_triggered)
        self.menuAction().setEnabled(False)

    def show_branches(self, branches: Sequence[Branch]) -> None:
        """Offer these, unless the user is just choosing one."""
        if branches == self._branches or self.isVisible():
            return
        self._branches = branches
        self.clear()
        for branch in reversed(branches):
            action = QAction(branch_text(branch), self)
            action.setData(branch.number)
            self.addAction(action)
        self.menuAction().setEnabled(bool(branches))

    def _on_triggered(self, action: QAction) -> None:
        self.branch_chosen.emit(action.data())
