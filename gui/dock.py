"""A dock around a panel, with a slim title and a menu to save its picture."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMenu, QWidget

from gui.panel import Panel
from gui.theme import figures_font


class PanelDock(QDockWidget):
    """Signals: picture_wished, with the panel whose picture is to be saved."""

    picture_wished = Signal(object)

    def __init__(self, panel: Panel, parent: QWidget) -> None:
        super().__init__(panel.title, parent)
        self.setObjectName(f"dock_{panel.key}")
        self.panel = panel
        self.setWidget(panel)
        # Qt keeps the title's first size for ever in a dock without a font of its own.
        self.setFont(figures_font(self.font()))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)

    def _on_menu_requested(self) -> None:
        menu = QMenu(self)
        menu.addAction("Save picture…", self._on_picture_chosen)
        menu.popup(self.cursor().pos())

    def _on_picture_chosen(self) -> None:
        self.picture_wished.emit(self.panel)
