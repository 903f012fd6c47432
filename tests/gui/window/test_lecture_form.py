"""What each workspace shows at first, and how it makes room in a lecture."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QLabel

from gui.style import tokens
from gui.window.workspace_forms import (
    LOW,
    NARROW,
    lecture_form,
    scarce,
    small_form,
)
from gui.window.workspaces import WORKSPACES, Area, Split, Tabs, panels_of
from tests.gui.support.whole_window import GlassMaker

LECTURE = tokens.SCALE_OF_LECTURES
BY_KEY = {workspace.key: workspace for workspace in WORKSPACES}


@pytest.mark.parametrize("key", BY_KEY)
def test_no_workspace_of_a_lecture_shows_the_form_or_loses_its_pictures(
    key: str,
) -> None:
    whole, left = (
        set(panels_of(workspace.area))
        for workspace in (BY_KEY[key], lecture_form(BY_KEY[key]))
    )
    assert "experiment" not in left
    assert whole - left <= {"experiment", "weight_images", "hidden_space"}


@pytest.mark.parametrize("key", BY_KEY)
def test_in_a_low_lecture_no_picture_stands_above_another(key: str) -> None:
    def heights(area: Area) -> int:
        if not isinstance(area, Split):
            return 1
        each = [heights(area.first), heights(area.second)]
        return sum(each) if area.orientation == Qt.Orientation.Vertical else max(each)

    lacks = scarce((1280, 720), LECTURE, lecture=True)
    assert heights(small_form(lecture_form(BY_KEY[key]), lacks).area) == 1


def test_a_small_window_has_one_picture_and_the_others_behind_it() -> None:
    assert scarce((1024, 600), 1, lecture=False) == frozenset()
    lacks = scarce((NARROW - 1, LOW - 1), 1, lecture=False)
    assert lacks == {"narrow", "low"}
    for key, workspace in BY_KEY.items():
        small = small_form(workspace, lacks)
        assert set(panels_of(small.area)) == set(panels_of(workspace.area)), key
        if key in ("train", "step", "backprop", "health", "digits", "playground"):
            at_side = [k for k in ("experiment", "draw") if k in panels_of(small.area)]
            others = [k for k in panels_of(workspace.area) if k not in at_side]
            area = small.area
            shown = area.second if isinstance(area, Split) else area
            assert shown == Tabs(("network", *(k for k in others if k != "network")))


@pytest.mark.parametrize("mode", ["normal", "lecture"])
def test_no_workspace_makes_a_low_window_grow_or_cuts_a_panel(
    glass: GlassMaker, mode: str
) -> None:
    window = glass(
        "digits", size=(1280, 680), lecture_mode="yes" if mode == "lecture" else "no"
    )
    window.session.take_steps(1)
    window.rest_at(1)
    for key in BY_KEY:
        window.show_workspace(key)
        QApplication.processEvents()
        assert window.window.size() == QSize(1280, 680), key
        assert window.window.minimumSizeHint().height() <= 680, key
        network = window.panel("network")
        if network.isVisible():
            assert network.canvas.layout_shown.stage.height > 40, key


@pytest.mark.parametrize("height", [720, 1080, 2160])
def test_in_a_lecture_the_curves_are_behind_a_tab_of_the_network(height: int) -> None:
    lacks = scarce((1280, height), LECTURE, lecture=True)
    area = small_form(lecture_form(BY_KEY["train"]), lacks).area
    assert area == Tabs(("network", "curves"))


def test_the_lecture_mode_enlarges_the_picture_and_gives_the_old_one_back(
    glass: GlassMaker,
) -> None:
    made = glass(size=(1280, 720))
    made.wait_for_run()
    window, canvas = made.window, made.panel("network").canvas
    window.show_workspace("train")
    made.wait_until(lambda: not window.player_bar.jobs.isVisible())
    before = canvas.size()
    bar = canvas.layout_shown.bars.width
    lecture = window.actions_by_key["lecture_mode"]
    lecture.trigger()
    made.wait_until(lambda: canvas.height() > 1.15 * before.height())
    assert canvas.width() > 1.2 * before.width()
    assert canvas.layout_shown.bars.width > 1.4 * bar
    assert window.size().width() == 1280
    lecture.trigger()
    made.wait_until(lambda: abs(canvas.width() - before.width()) < 8)
    # The line that tells what is waited for may come and go meanwhile.
    assert abs(canvas.height() - before.height()) <= 24
    assert window.size() == QSize(1280, 720)


def test_after_a_lecture_the_headers_are_as_they_were(glass: GlassMaker) -> None:
    made = glass("digits", size=(1600, 1000))
    window = made.window
    window.show_workspace("health")

    def titles() -> dict[str, int]:
        made.layout_at_rest()
        return {
            dock.key: label.width()
            for dock in window.docks.values()
            for label in dock.header.findChildren(QLabel)
            if label.isVisible() and label.text() == dock.windowTitle()
        }

    before = titles()
    assert len(before) > 1
    for _ in range(2):
        window.actions_by_key["lecture_mode"].trigger()
        made.layout_at_rest()
    assert titles() == before


FIRST = {
    "train": "weights",
    "step": "nudges",
    "batch": "nudges",
    "backprop": "signal",
    "digits": "signal",
    "health": "weights",
}


def test_a_workspace_has_its_own_first_view_and_keeps_what_was_chosen_in_it(
    glass: GlassMaker,
) -> None:
    window = glass().window
    network = window.panels["network"]
    for workspace, quantity in FIRST.items():
        window.show_workspace(workspace)
        assert network.quantity == quantity
    window.show_workspace("step")
    network.quantity = "signal"
    window.show_workspace("train")
    assert network.quantity == "weights"
    window.show_workspace("step")
    assert network.quantity == "signal"


def test_room_is_counted_in_points_of_text() -> None:
    assert scarce((1280, 720), 1, lecture=False) == frozenset()
    assert scarce((1280, 720), 1.5, lecture=False) == {"narrow", "low"}
    assert scarce((1920, 1080), 1.5, lecture=False) == frozenset()
    assert scarce((1280, 1020), LECTURE, lecture=True) == {"low"}
    enlarged = scarce((1280, 1020), LECTURE * 1.5, lecture=True)
    assert enlarged == {"tiny", "narrow", "low"}


def test_with_large_text_the_network_has_a_third_of_a_low_window(
    glass: GlassMaker,
) -> None:
    window = glass("digits", size=(1280, 720))
    window.window.preferences.set_value("font_scale", 150)
    canvas = window.panel("network").canvas
    for key in ("train", "step", "playground"):
        window.show_workspace(key)
        window.layout_at_rest()
        assert canvas.layout_shown.stage.height > 720 / 3, key
        for dock in window.window.docks.values():
            if dock.is_in_sight:
                assert dock.geometry().right() < 1280, (key, dock.key)


@pytest.mark.parametrize("key", BY_KEY)
def test_a_tiny_window_has_one_panel_at_a_time(key: str) -> None:
    workspace = BY_KEY[key]
    lacks = scarce((800, 600), 1, lecture=False)
    assert lacks == {"tiny", "narrow"}
    small = small_form(workspace, lacks).area
    assert isinstance(small, Tabs)
    assert set(small.keys) == set(panels_of(workspace.area))
    assert small.keys[0] in {"network", workspace.hero, workspace.key}
