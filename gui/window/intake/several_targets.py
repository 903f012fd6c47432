"""A list to choose several columns of numbers that are predicted together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.plain_text import show_plainly


class SeveralTargets(OwnDialog):
    """Is accepted with at least one column ticked."""

    def __init__(
        self, names: Sequence[str], chosen: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(tr("Targets"), parent)
        label = QLabel(tr("Columns of numbers that are predicted together:"), self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Targets"))
        for name in names:
            item = QListWidgetItem(name, self.list)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            states = Qt.CheckState
            is_chosen = name in chosen
            item.setCheckState(states.Checked if is_chosen else states.Unchecked)
        buttons = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(buttons.Ok | buttons.Cancel, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.list.itemChanged.connect(self._on_list_item_changed)
        column = QVBoxLayout(self)
        for widget in (label, self.list, self.buttons):
            column.addWidget(widget)
        if names:
            self.list.setCurrentRow(0)
        self._on_list_item_changed()
        show_plainly(self)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ticked columns, in the order of the file."""
        items = [self.list.item(row) for row in range(self.list.count())]
        checked = Qt.CheckState.Checked
        return tuple(one.text() for one in items if one.checkState() == checked)

    def _on_list_item_changed(self) -> None:
        accept = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        accept.setEnabled(bool(self.chosen))
