"""What each workspace shows at first, and how it makes room in a lecture."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from gui.window.workspaces import (
    LOW,
    WORKSPACES,
    Area,
    Split,
    Tabs,
    lecture_form,
    panels_of,
)
from tests.gui.support.whole_window import GlassMaker

BY_KEY = {workspace.key: workspace for workspace in WORKSPACES}


@pytest.mark.parametrize("key", BY_KEY)
def test_no_workspace_of_a_lecture_shows_the_form_or_loses_its_pictures(
    key: str,
) -> None:
    whole, left = (
        set(panels_of(workspace.area))
        for workspace in (BY_KEY[key], lecture_form(BY_KEY[key], 800))
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

    assert heights(lecture_form(BY_KEY[key], 720).area) == 1


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


def test_in_a_low_lecture_the_curves_are_behind_a_tab_of_the_network() -> None:
    train = BY_KEY["train"]
    assert lecture_form(train, 800).area == Tabs(("network", "curves"))
    assert panels_of(lecture_form(train, LOW).area) == ("network", "curves")
    assert lecture_form(train, LOW).area != Tabs(("network", "curves"))


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
