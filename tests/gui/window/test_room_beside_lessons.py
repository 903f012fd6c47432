"""What stands beside the panels takes width from them, and nothing else."""

from PySide6.QtCore import Qt

from gui.window.workspaces import WORKSPACES
from tests.gui.support.whole_window import GlassMaker


def test_the_list_of_lessons_takes_the_place_of_the_weight_images_alone(
    glass: GlassMaker,
) -> None:
    made = glass("digits", size=(1280, 720))
    window, canvas = made.window, made.panel("network").canvas
    made.layout_at_rest()
    before = canvas.height()
    assert window.docks["weight_images"].is_in_sight
    window.lessons.toggle()
    made.layout_at_rest()
    # The line that tells what is waited for may come and go meanwhile.
    assert abs(canvas.height() - before) <= 24
    assert canvas.width() > 600
    assert not window.docks["weight_images"].is_in_sight
    window.lessons.toggle()
    made.layout_at_rest()
    assert abs(canvas.height() - before) <= 24
    assert window.docks["weight_images"].is_in_sight


def test_a_lesson_leaves_the_network_its_height(glass: GlassMaker) -> None:
    made = glass("digits", size=(1280, 720))
    window, canvas = made.window, made.panel("network").canvas
    made.layout_at_rest()
    before = canvas.height()
    window.lessons.toggle()
    window.layouts.show_scene("train", ["experiment", "network", "curves"])
    made.layout_at_rest()
    assert abs(canvas.height() - before) <= 24


def test_no_panel_of_a_lecture_reaches_below_the_list(glass: GlassMaker) -> None:
    made = glass("digits", size=(1280, 720))
    made.window.actions_by_key["lecture_mode"].trigger()
    made.press(Qt.Key.Key_F2)
    (bar,) = made.window.lessons.parts
    for workspace in WORKSPACES:
        made.show_workspace(workspace.key)
        made.layout_at_rest()
        docks = [dock for dock in made.window.docks.values() if dock.isVisible()]
        right = max(dock.geometry().right() for dock in docks)
        assert right < bar.x(), workspace.key
