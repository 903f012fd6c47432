"""Asks how many sheets are wanted, and with which number they begin."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from core.worksheets.make import MOST_SEED
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.widgets.own_dialog import OwnDialog

MOST_SHEETS = 60
WIDTH = tokens.length("worksheet_dialog.width")


class WorksheetDialog(OwnDialog):
    """Is deleted when it is closed.

    Signals:
        chosen: the first sheet's number, and how many sheets.
    """

    chosen = Signal(int, int)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(tr("Worksheet"), parent)
        text = QLabel(
            tr(
                "{title}: a page with some numbers left out, to be computed by hand, "
                "and a second file with the answers. Each sheet has other numbers; "
                "number 0 has those of the lesson.",
                title=title,
            ),
            self,
        )
        text.setWordWrap(True)
        text.setMinimumWidth(WIDTH)
        self.first = QSpinBox(self)
        self.first.setRange(0, MOST_SEED)
        self.count = QSpinBox(self)
        self.count.setRange(1, MOST_SHEETS)
        form = QFormLayout()
        form.addRow(tr("Number of the first sheet"), self.first)
        form.addRow(tr("Sheets, one for each pupil"), self.count)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Save | kinds.Cancel, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(text)
        nest(layout, form)
        layout.addWidget(self.buttons)
        self.accepted.connect(self._on_accepted)

    def _on_accepted(self) -> None:
        self.chosen.emit(self.first.value(), self.count.value())
