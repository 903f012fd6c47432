"""The main window's menus, built from the tables of actions, panels, workspaces."""

from collections.abc import Iterable, Mapping

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from core.values.words import tr
from gui.style.look import THEMES
from gui.window.actions import ACTIONS
from gui.window.dock import PanelDock


def fill_menu_bar(bar: QMenuBar, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
    """One menu for each title in the table of actions; returns them by title."""
    menus: dict[str, QMenu] = {}
    for spec in ACTIONS:
        if spec.menu not in menus:
            menus[spec.menu] = bar.addMenu(spec.menu)
        if spec.separated:
            menus[spec.menu].addSeparator()
        menus[spec.menu].addAction(actions[spec.key])
    return menus


def scheme_menu(parent: QWidget) -> tuple[QMenu, QActionGroup]:
    """The colour schemes, of which one is chosen; an action's data is its name."""
    menu = QMenu(tr("&Colours"), parent)
    group = QActionGroup(parent)
    titles = (tr("System"), tr("Light"), tr("Dark"))
    for name, title in zip(THEMES, titles, strict=True):
        action = QAction(title, group)
        action.setCheckable(True)
        action.setData(name)
        menu.addAction(action)
    return menu, group


def panels_menu(parent: QWidget, docks: Iterable[PanelDock]) -> QMenu:
    """The panels as switches."""
    menu = QMenu(tr("&Panels"), parent)
    for dock in docks:
        menu.addAction(dock.toggleViewAction())
    return menu
