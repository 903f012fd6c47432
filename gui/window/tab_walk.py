"""Where Tab goes in the main window: as it is read, the header first."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from gui.widgets.focus.tab_stops import tab_stops

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow
    from gui.window.panel_docks import PanelDocks


class Walk(NamedTuple):
    """The stops in their order, and the index of the one that is first from nowhere.

    It is the first of the panels: who has chosen a workspace wants these, and the
    header is one step back.
    """

    stops: list[QWidget]
    begin: int


def walk_of(window: "MainWindow", docks: "PanelDocks") -> Walk:
    """Header, panels, lesson, and the player where it stands."""
    header = [*tab_stops(window.menu_bar), *tab_stops(window.header)]
    panels = [*tab_stops(docks.strips), *docks.tab_stops()]
    panels += [stop for bar in window.lessons.parts for stop in tab_stops(bar)]
    player = tab_stops(window.player_bar)
    area = window.toolBarArea(window.player_bar)
    if area == Qt.ToolBarArea.TopToolBarArea:
        return Walk([*header, *player, *panels], len(header) + len(player))
    return Walk([*header, *panels, *player], len(header))
