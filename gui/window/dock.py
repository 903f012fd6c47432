"""A dock around a panel, with a slim title and a menu to save its picture."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QMenu, QWidget

from gui.panels.base import PanelEntry
from gui.style.theme import figures_font


class PanelDock(QDockWidget):
    """Empty except for its title until it is shown.

    Signals:
        panel_missed: the panel's key, when it is shown and still empty.
        picture_requested: the panel's key.
    """

    panel_missed = Signal(str)
    picture_requested = Signal(str)

    def __init__(self, entry: PanelEntry, parent: QWidget) -> None:
        super().__init__(entry.title, parent)
        self.setObjectName(f"dock_{entry.key}")
        self._key = entry.key
        # Without its own font a dock keeps the title's first size for ever.
        self.setFont(figures_font(self.font()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        # Otherwise it would be shown with the window, in any workspace.
        self.hide()

    def _on_menu_requested(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Save picture…", self._on_picture_chosen)
        menu.popup(self.cursor().pos())

    def _on_picture_chosen(self) -> None:
        self.picture_requested.emit(self._key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.widget() is None:
            self.panel_missed.emit(self._key)
