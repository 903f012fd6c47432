"""A panel floats, is moved and closed, outlives a restart, and comes back."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from core.values.words import tr
from gui.window.dock import PanelDock
from tests.gui.support.whole_window import Glass, GlassMaker


def dock_of(window: Glass, key: str) -> PanelDock:
    dock = window.window.docks[key]
    assert isinstance(dock, PanelDock)
    return dock


def choose(dock: PanelDock, text: str) -> None:
    """Choose an entry of the menu that the right mouse button opens."""
    dock.customContextMenuRequested.emit(QPoint(5, 5))
    menus = [menu for menu in dock.findChildren(QMenu) if menu.isVisible()]
    (entry,) = [one for menu in menus for one in menu.actions() if one.text() == text]
    entry.trigger()
    for menu in menus:
        menu.close()
    QApplication.processEvents()


def floating(window: Glass) -> set[str]:
    docks = window.window.docks
    return {key for key, dock in docks.items() if dock.isFloating()}


def open_panels(window: Glass) -> set[str]:
    docks = window.window.docks
    return {key for key, dock in docks.items() if not dock.isHidden()}


def test_a_panel_floats_and_goes_back_by_its_menu(glass: GlassMaker) -> None:
    window = glass()
    places = window.layout_at_rest()
    dock = dock_of(window, "curves")
    choose(dock, tr("Float"))
    assert dock.isFloating()
    assert dock.isWindow()
    assert dock.widget().isVisible()
    choose(dock, tr("Back to its place"))
    assert floating(window) == set()
    window.wait_until(lambda: window.layout_at_rest() == places)


def test_a_floating_panel_is_closed_and_opened_as_it_was(glass: GlassMaker) -> None:
    window = glass()
    dock = dock_of(window, "curves")
    choose(dock, tr("Float"))
    choose(dock, tr("Close"))
    assert "curves" not in open_panels(window)
    dock.toggleViewAction().trigger()
    QApplication.processEvents()
    assert dock.isVisible()
    assert dock.isFloating()


def test_a_panel_that_fills_nothing_goes_back_from_floating(glass: GlassMaker) -> None:
    window = glass()
    dock = dock_of(window, "curves")
    choose(dock, tr("Float"))
    choose(dock, tr("Fill the window"))
    assert not dock.isFloating()


def test_floating_and_moved_panels_outlive_a_restart(glass: GlassMaker) -> None:
    window = glass()
    choose(dock_of(window, "curves"), tr("Float"))
    dock_of(window, "curves").setGeometry(40, 60, 420, 300)
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    right = Qt.DockWidgetArea.RightDockWidgetArea
    where = window.window.dockWidgetArea(dock_of(window, "experiment"))
    other = right if where == left else left
    window.window.addDockWidget(other, dock_of(window, "experiment"))
    QApplication.processEvents()
    glass.close(window)
    again = glass()
    assert floating(again) == {"curves"}
    assert dock_of(again, "curves").size().toTuple() == (420, 300)
    moved = dock_of(again, "experiment")
    assert again.window.dockWidgetArea(moved) == other


def test_restoring_the_layout_brings_every_panel_back(glass: GlassMaker) -> None:
    window = glass()
    places, panels = window.layout_at_rest(), open_panels(window)
    choose(dock_of(window, "curves"), tr("Float"))
    choose(dock_of(window, "network"), tr("Close"))
    left = Qt.DockWidgetArea.LeftDockWidgetArea
    window.window.addDockWidget(left, dock_of(window, "weight_images"))
    dock_of(window, "batch").toggleViewAction().trigger()
    QApplication.processEvents()
    assert open_panels(window) != panels
    window.window.actions_by_key["restore_layout"].trigger()
    QApplication.processEvents()
    assert floating(window) == set()
    assert open_panels(window) == panels
    window.wait_until(lambda: window.layout_at_rest() == places)


def test_a_panel_can_be_given_to_a_second_screen(glass: GlassMaker) -> None:
    screens = QApplication.screens()
    if len(screens) < 2:
        pytest.skip("there is one screen only")
    window = glass()
    dock = dock_of(window, "curves")
    choose(dock, tr("Float"))
    dock.move(screens[1].geometry().topLeft())
    QApplication.processEvents()
    assert dock.screen() is screens[1]
    assert dock.isVisible()
