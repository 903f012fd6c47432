"""A dock around a panel, with a header of its own and a menu for the rest."""

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QMenu, QWidget

from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.window.panel_header import PanelHeader


class PanelDock(QDockWidget):
    """Empty except for its title until it is shown.

    Signals:
        panel_missed: the panel's key, when it is shown and still empty.
        picture_requested: the panel's key.
        fill_requested: the panel's key, when it is to fill the window.
        menu_opening: the menu, and the place of the screen that it is for.
        sight_changed: the panel's key, and whether it is in sight from now on.
        resized: it has another size.
        released: it needs less than the length that it has only for what it needed.
    """

    panel_missed = Signal(str)
    picture_requested = Signal(str)
    fill_requested = Signal(str)
    sight_changed = Signal(str, bool)
    menu_opening = Signal(object, object)
    resized = Signal()
    released = Signal()

    def __init__(self, entry: PanelEntry, parent: QWidget) -> None:
        super().__init__(entry.title, parent)
        self.setObjectName(f"dock_{entry.key}")
        self.key = entry.key
        self.short_title = entry.short or entry.title
        self.header = PanelHeader(entry.key, entry.title, self)
        self.header.picture_requested.connect(self._on_picture_chosen)
        self.header.fill_requested.connect(self._on_fill_chosen)
        self.setTitleBarWidget(self.header)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.is_in_sight = False
        self._needed = QSize()
        self.visibilityChanged.connect(self._on_visibility_changed)
        # Otherwise it would be shown with the window, in any workspace.
        self.hide()

    def set_panel(self, panel: Panel) -> None:
        """Show a panel, and what it has for the header."""
        roles = QPalette.ColorRole
        panel.setAutoFillBackground(True)
        panel.setBackgroundRole(roles.Window if panel.on_chrome else roles.Base)
        self.header.take_parts(panel)
        self.setWidget(panel)

    def _on_visibility_changed(self, visible: bool) -> None:
        self.is_in_sight = visible
        self.sight_changed.emit(self.key, visible)

    def _on_menu_requested(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        place = self.mapToGlobal(at)
        self.menu_opening.emit(menu, place)
        menu.addAction(tr("What is this panel?"), self.header.help.click)
        menu.addAction(tr("Save picture…"), self._on_picture_chosen)
        menu.addAction(tr("Fill the window"), self._on_fill_chosen)
        menu.addSeparator()
        back = tr("Back to its place") if self.isFloating() else tr("Float")
        menu.addAction(back, self._on_float_chosen)
        menu.addAction(tr("Close"), self.close)
        menu.popup(place)

    def _on_float_chosen(self) -> None:
        self.setFloating(not self.isFloating())

    def _on_picture_chosen(self) -> None:
        self.picture_requested.emit(self.key)

    def _on_fill_chosen(self) -> None:
        if self.isFloating():
            self.setFloating(False)
        else:
            self.fill_requested.emit(self.key)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.widget() is None:
            self.panel_missed.emit(self.key)

    def event(self, event: QEvent) -> bool:
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._note_needs()
        return taken

    def _note_needs(self) -> None:
        # Qt gives a dock what its panel needs, and leaves it that afterwards.
        before, now = self._needed, self.minimumSizeHint()
        self._needed = now
        is_wide = before.width() == self.width() > now.width()
        is_high = before.height() == self.height() > now.height()
        if is_wide or is_high:
            self.released.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
