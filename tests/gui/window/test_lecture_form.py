"""What each workspace shows at first, and how it makes room in a lecture."""

import pytest
from PySide6.QtCore import QSize

from gui.window.workspaces import LOW, WORKSPACES, Tabs, lecture_form, panels_of
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
