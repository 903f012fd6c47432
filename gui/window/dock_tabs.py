"""Panels on top of each other: a switch in the header of the one in front.

Qt's own bar of tabs would take a line more; it is there without height, and Qt moves
its docks by it.
"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow, QTabBar, QWidget

from gui.widgets.focus.tab_stops import tab_stops
from gui.window.dock import PanelDock


class DockTabs(QObject):
    """Keeps the switches up to date, and raises the panel that is chosen."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, PanelDock]) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        # Queued: Qt says so of one dock after the other.
        queued = Qt.ConnectionType.QueuedConnection
        for dock in docks.values():
            dock.visibilityChanged.connect(self.renew, queued)
            dock.topLevelChanged.connect(self.renew, queued)
            dock.dockLocationChanged.connect(self.renew, queued)
            dock.header.tab_chosen.connect(self._on_tab_chosen)

    def renew(self) -> None:
        """Show who is on top of whom."""
        for bar in self._window.findChildren(
            QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for dock in self._docks.values():
            if dock.is_in_sight:
                dock.header.show_tabs(self._tabs_of(dock))

    def _tabs_of(self, dock: PanelDock) -> tuple[tuple[str, str], ...]:
        """Keys and titles of all panels in its place, in the order of the View menu."""
        if dock.isFloating():
            return ()
        beside = self._window.tabifiedDockWidgets(dock)
        if not beside:
            return ()
        docks = self._docks.items()
        return tuple(
            (key, one.short_title) for key, one in docks if one is dock or one in beside
        )

    def bring_to_front(self, key: str) -> None:
        """Show a panel, whatever is on top of it, and give it the focus."""
        dock = self._docks[key]
        dock.show()
        dock.raise_()
        # Once it stands where it is going to be seen.
        QTimer.singleShot(0, dock, partial(_focus_into, dock))

    def _on_tab_chosen(self, key: str) -> None:
        header = self.sender()
        had = self._window.focusWidget()
        is_by_keys = isinstance(header, QWidget) and header.isAncestorOf(had)
        self._docks[key].raise_()
        if is_by_keys:
            QTimer.singleShot(0, self, partial(self._focus_switch, key))

    def _focus_switch(self, key: str) -> None:
        """Its other header has a switch of its own, on which the next arrow goes on."""
        self.renew()
        switch = self._docks[key].header.switch
        if switch is not None:
            switch.take_focus()


def _focus_into(dock: PanelDock) -> None:
    stops = [*tab_stops(dock.widget()), *tab_stops(dock.header)]
    if stops:
        stops[0].setFocus(Qt.FocusReason.TabFocusReason)
