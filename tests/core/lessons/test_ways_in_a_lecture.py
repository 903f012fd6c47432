"""What a text tells the reader to use is there in every form of the window."""

import re

import pytest

from core.lessons.places import FIELD, PANELS
from gui.window.workspace_forms import lecture_form, lesson_form, scarce, small_form
from gui.window.workspaces import WORKSPACES, panels_of
from tests.core.lessons.plain_network import lesson_keys, our_lesson

BY_KEY = {workspace.key: workspace for workspace in WORKSPACES}
WHERE = re.compile(
    r"\b(the (panel|player|window|form|table|field|pictures?) (below|above)"
    r"|(player|panel|pictures?|slider) below|below the network"
    r"|on the (left|right) (takes|shows))\b"
)


@pytest.mark.parametrize("key", lesson_keys())
def test_no_text_says_where_a_panel_is_that_another_window_has_elsewhere(
    key: str,
) -> None:
    for step in our_lesson(key).steps:
        for text in step.texts:
            found = WHERE.search("…".join(text.parts))
            assert found is None, f"{step.title}: {found}"


@pytest.mark.parametrize("key", lesson_keys())
def test_what_tasks_and_hints_tell_to_press_is_what_show_me_points_at(
    key: str,
) -> None:
    for step in our_lesson(key).steps:
        told = " ".join(
            p for t in step.turns for x in (t.task, t.hint) for p in x.parts
        )
        controls = step.all_controls
        if re.search(r"\b[Rr]eset \(key R\)", told):
            assert "reset" in controls, step.title
        if re.search(r"\b[Nn]ew seed\b", told):
            assert "new seed" in controls, step.title
        if re.search(r"\bin the form\b", told):
            fields = [c for c in controls if c.startswith(FIELD)]
            assert fields or "experiment" in controls, step.title
        # The name of a button stands with its key, which works without the button.
        assert not re.search(r"\bReset\b(?! \(key R\))", told), step.title


@pytest.mark.parametrize("key", lesson_keys())
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_a_lecture_keeps_every_panel_that_a_step_is_done_in(
    key: str, size: tuple[int, int]
) -> None:
    scene = None
    for step in our_lesson(key).steps:
        scene = step.scene or scene
        assert scene is not None
        form = lesson_form(BY_KEY[scene.workspace], scene.panels)
        lecture = lecture_form(form, scene.panels)
        shown = panels_of(small_form(lecture, scarce(size, 1.5, lecture=True)).area)
        for control in step.all_controls:
            panel = "experiment" if control.startswith(FIELD) else control
            if panel in PANELS:
                assert panel in shown, f"{step.title}: {control}"


@pytest.mark.parametrize("key", lesson_keys())
def test_each_of_several_tasks_says_what_show_me_points_at(key: str) -> None:
    for step in our_lesson(key).steps:
        if len(step.turns) > 1 and len(step.show.controls) > 1:
            assert all(turn.controls for turn in step.turns), step.title
