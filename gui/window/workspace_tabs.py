"""The tabs of the workspaces, beside the menus, above everything they change."""

from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from gui.style.key_names import key_text
from gui.window.workspaces import WORKSPACES, shortcut_of


class WorkspaceTabs(QTabBar):
    """One tab per workspace, in the order of their shortcuts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Workspaces")
        self.setExpanding(False)
        self.setDrawBase(False)
        for number, workspace in enumerate(WORKSPACES, start=1):
            index = self.addTab(workspace.title)
            shortcut = shortcut_of(number)
            keys = f"  ({key_text(shortcut)})" if shortcut else ""
            self.setTabToolTip(index, workspace.tip + keys)


def menus_and_tabs(menus: QWidget, tabs: QWidget, parent: QWidget) -> QWidget:
    """One row for both; with a system menu bar only the tabs are in it."""
    row = QWidget(parent)
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(16)
    layout.addWidget(menus)
    layout.addStretch(1)
    layout.addWidget(tabs)
    return row
