"""Workspaces and panels of the whole window: what is open, remembered, computed."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.window.workspaces import WORKSPACES, panels_of
from tests.gui.support.whole_window import Glass, GlassMaker

PANELS_OF = {w.key: set(panels_of(w.area)) for w in WORKSPACES}
KEYS = list(PANELS_OF)


def open_panels(glass: Glass) -> set[str]:
    return {key for key, dock in glass.window.docks.items() if dock.isVisible()}


def tab_of(glass: Glass, key: str) -> QPoint:
    return glass.window.tabs.tabRect(KEYS.index(key)).center()


def test_a_click_on_a_tab_shows_its_panels_and_no_others(glass: GlassMaker) -> None:
    window = glass()
    for key in (*KEYS, *reversed(KEYS)):
        QTest.mouseClick(
            window.window.tabs, Qt.MouseButton.LeftButton, pos=tab_of(window, key)
        )
        assert open_panels(window) == PANELS_OF[key]


def test_ctrl_and_a_number_change_the_workspace(glass: GlassMaker) -> None:
    window = glass()
    for number, key in (*enumerate(KEYS, start=1), (1, KEYS[0])):
        digit = Qt.Key(ord(str(number % 10)))
        window.press(digit, Qt.KeyboardModifier.ControlModifier)
        assert open_panels(window) == PANELS_OF[key]
        assert (
            window.window.tabs.tabText(window.window.tabs.currentIndex()).lower() == key
        )


def test_a_panel_opens_in_the_workspace_where_there_is_room(glass: GlassMaker) -> None:
    window = glass()
    dock = window.window.docks["batch"]
    dock.toggleViewAction().trigger()
    QApplication.processEvents()
    assert open_panels(window) == PANELS_OF["train"] | {"batch"}
    assert window.window.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea
    top = window.window.menuWidget().geometry().bottom()
    assert dock.geometry().top() > top
    assert dock.width() >= dock.minimumSizeHint().width()


def test_each_workspace_remembers_what_is_open_in_it(glass: GlassMaker) -> None:
    window = glass()
    window.window.docks["batch"].toggleViewAction().trigger()
    window.window.docks["curves"].close()
    changed = open_panels(window)
    window.show_workspace("digits")
    assert open_panels(window) == PANELS_OF["digits"]
    window.show_workspace("train")
    assert (
        open_panels(window)
        == changed
        == {
            "experiment",
            "network",
            "weight_images",
            "batch",
        }
    )
    window.window.actions_by_key["restore_layout"].trigger()
    assert open_panels(window) == PANELS_OF["train"]


def test_a_window_without_panels_says_how_to_open_them(glass: GlassMaker) -> None:
    window = glass()
    hint = window.window.centralWidget()
    for key in open_panels(window):
        assert not hint.isVisible()
        window.window.docks[key].close()
        QApplication.processEvents()
    assert hint.isVisible()
    window.window.actions_by_key["restore_layout"].trigger()
    QApplication.processEvents()
    assert not hint.isVisible()


def test_workspace_and_layout_outlive_a_restart(glass: GlassMaker) -> None:
    window = glass(workspace="digits")
    assert open_panels(window) == PANELS_OF["digits"]
    window.window.docks["examples"].close()
    window.window.speed.set_position(2)
    glass.close(window)
    again = glass()
    assert open_panels(again) == {"draw", "network"}
    assert again.window.speed.position == 2


def test_changing_the_workspace_never_makes_the_window_grow(glass: GlassMaker) -> None:
    window = glass(size=(1000, 700), lecture_mode="no")
    for key in ("step", "digits", "train", "step", "train", "digits"):
        window.show_workspace(key)
        QApplication.processEvents()
        assert window.window.size().toTuple() == (1000, 700)


def test_only_what_open_panels_need_is_computed(glass: GlassMaker) -> None:
    window = glass()
    assert window.view.snapshot.gradient is None
    assert window.view.snapshot.batch is None
    window.show_workspace("step")
    window.wait_until(lambda: window.view.snapshot.gradient is not None)
    window.wait_until(lambda: window.view.snapshot.batch is not None)
    window.window.docks["batch"].close()
    window.window.docks["nudges"].close()
    window.panel("network").quantity = "weights"
    QApplication.processEvents()
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    assert window.view.snapshot.gradient is None
    assert window.view.snapshot.batch is None
    window.window.docks["batch"].toggleViewAction().trigger()
    window.wait_until(lambda: window.view.snapshot.batch is not None)
    assert window.step == 1


@pytest.mark.parametrize("workspace", KEYS)
def test_the_keys_steer_the_training_right_after_a_change_of_workspace(
    glass: GlassMaker, workspace: str
) -> None:
    window = glass("digits")
    for key in PANELS_OF:
        window.show_workspace(key)
    window.show_workspace(workspace)
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    for key in PANELS_OF[workspace]:
        window.window.docks[key].close()
        window.press(Qt.Key.Key_Right)
    window.rest_at(1 + len(PANELS_OF[workspace]))


def test_every_panel_shows_the_same_step(glass: GlassMaker) -> None:
    window = glass("digits")
    for key in window.window.docks:
        window.window.docks[key].show()
    window.session.take_steps(5)
    window.rest_at(5)
    window.wait_until(lambda: window.view.snapshot.batch is not None)
    views = {id(window.panel(key).view) for key in window.window.docks}
    assert views == {id(window.view)}
    assert window.window.player.timeline.field.value() == 5
    assert "Batch of step 5" in window.panel("batch").title_label.text()
    assert "Batch of step 5" in window.panel("nudges").figures.text()
