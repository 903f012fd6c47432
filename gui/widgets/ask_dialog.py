"""A dialog with fields, what is wrong with them below, and OK and Cancel."""

from PySide6.QtWidgets import QDialogButtonBox, QVBoxLayout, QWidget

from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.problem_label import ProblemLabel


class AskDialog(OwnDialog):
    """Stays open until what was typed is taken; it grows with what is wrong."""

    def __init__(self, title: str, parent: QWidget, width: int) -> None:
        """Make one without fields.

        Args:
            title: of the window.
            parent: owner.
            width: the least, in points at 100 %.
        """
        super().__init__(title, parent)
        self._width = width
        self.problem = ProblemLabel(self)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel, self)
        self.buttons.accepted.connect(self.take)
        self.buttons.rejected.connect(self.reject)
        self._column = QVBoxLayout(self)

    def take(self) -> None:
        """Read the fields; `accept`, or `refuse` with a reason."""
        raise NotImplementedError

    def refuse(self, reason: str) -> None:
        """Say why what was typed is not taken."""
        self.problem.show_problem(reason)
        self.adjustSize()

    def end(self) -> None:
        """All fields are there."""
        self._column.addWidget(self.problem)
        self._column.addWidget(self.buttons)
        self.fit()

    def fit(self) -> None:
        scale = scale_of(self.font())
        self.setMinimumWidth(round(self._width * scale))
        self._column.setSpacing(round(tokens.space("m") * scale))
