"""Lessons in the real window: they lead, see what was done, and leave no trace."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from core.lessons.expressions.names import SURFACES as RACED
from core.lessons.model import Lesson
from core.lessons.places import (
    CONTROLS,
    MODES,
    PLANES,
    PLAYER,
    ROWS,
    STAGES,
    WORKSPACES,
)
from core.lessons.reading.lesson_file import read_lesson
from core.lessons.writing import scene_text
from core.side_jobs.race.surfaces import OWN, SURFACES
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter, Unit
from gui.panels.backprop.stages import Kind
from gui.panels.landscape.landscape_panel import KINDS
from gui.panels.lesson.lesson_panel import LessonPanel
from gui.panels.network_picture.scene.quantity import QUANTITIES
from gui.panels.requests.requests_panel import CHOICES
from gui.session.lessons.step_state import DO_NOT_KNOW
from gui.window import workspaces
from gui.window.lessons.controls import control_of
from gui.window.lessons.scene_request import scene_of
from tests.gui.support.whole_window import Glass, GlassMaker
from tests.gui.support.written_lessons import written

LESSON = """+++
title = "Circles"
minutes = 5

[scene]
preset = "circle"
panels = ["network", "curves"]
speed = "full"
+++

## One

Step {step}, weight {w(1,0,0)}.

```scene
step = 5
select = "unit(1,2)"
```

```question
ask = "Which?"
answers = ["This", "That"]
right = 2
reveal = ["Step {begin(step)} says that.", "It is that, at step {begin(step)}."]
```

```turn
task = "Train to step 9"
until = "step >= 9"
hint = "Press play."
```

```turn
task = "Select a weight"
until = "selected(weight)"
```

```show
controls = ["play"]
do = ["step 4", "select w(2,0,0)"]
```

## Two

```question
ask = "How many weights and biases?"
number = "parameters"
within = 0
reveal = "{parameters}."
```

## Three

```scene
workspace = "playground"
panels = ["network", "plane"]
```
"""


@pytest.fixture
def circles(tmp_path: Path) -> Lesson:
    return written(tmp_path / "circles", LESSON)


def open_lesson(glass: Glass, lesson: Lesson) -> None:
    glass.window.lessons.open(lesson)
    wait_for_scene(glass)


def wait_for_scene(glass: Glass) -> None:
    session = glass.window.lessons.session
    glass.wait_until(lambda: session.values is not None)


def panel_of(glass: Glass) -> LessonPanel:
    panel = glass.window.lessons.panel
    assert panel is not None
    return panel


def weights_of(glass: Glass) -> np.ndarray:
    return flatten(glass.view.params).copy()


def visible_panels(glass: Glass) -> set[str]:
    return {key for key, dock in glass.window.docks.items() if dock.isVisible()}


def test_a_scene_is_set_as_the_lesson_says(glass: GlassMaker, circles: Lesson):
    window = glass()

    open_lesson(window, circles)

    assert window.session.experiment.data.name == "circle"
    assert (window.step, window.session.playing) == (5, False)
    assert window.view.selection == Unit(1, 2)
    assert visible_panels(window) == {"network", "curves"}
    assert window.window.speed.speed is None
    assert "Step 5, weight " in panel_of(window).page.text.text()


def test_the_own_run_waits_and_comes_back_with_all_that_belongs_to_it(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    window.session.take_steps(20)
    window.rest_at(20)
    window.session.interventions.edit_params((Edit(Parameter(1, 0, 0), 0.5),))
    window.wait_until(lambda: window.view.edited)
    window.session.select(Unit(1, 3))
    window.show_workspace("step")
    run_id, weights = window.run_id, weights_of(window)
    undo = window.window.actions_by_key["undo"].text()
    panels = visible_panels(window)

    open_lesson(window, circles)
    window.session.document.edit({"network.hidden": [3]})
    window.wait_until(lambda: window.view.spec.layer_sizes[1] == 3)
    window.window.lessons.close()
    window.wait_until(lambda: window.run_id == run_id)

    assert window.step == 20
    assert np.array_equal(weights_of(window), weights)
    assert window.view.selection == Unit(1, 3)
    assert window.window.actions_by_key["undo"].text() == undo
    assert window.window.layouts.current == "step"
    assert visible_panels(window) == panels
    assert not window.session.playing


def test_undo_in_a_lesson_ends_where_its_scene_begins(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    window.session.document.edit({"training.learning_rate": 0.5})
    open_lesson(window, circles)
    scene = window.run_id
    window.session.document.edit({"training.learning_rate": 0.25})
    undo = window.window.actions_by_key["undo"]

    undo.trigger()
    assert window.session.experiment.training.learning_rate != 0.25
    window.wait_until(lambda: not undo.isEnabled())
    undo.trigger()

    assert window.session.document.situation.run_id == scene


def test_nothing_of_a_lesson_can_be_redone_after_it(glass: GlassMaker, circles: Lesson):
    window = glass()
    run_id = window.run_id
    open_lesson(window, circles)
    window.session.document.edit({"training.learning_rate": 0.25})
    window.window.actions_by_key["undo"].trigger()
    window.window.lessons.close()
    window.wait_until(lambda: window.run_id == run_id)

    assert not window.window.actions_by_key["redo"].isEnabled()
    assert not window.window.actions_by_key["undo"].isEnabled()


def test_a_run_that_played_plays_on_after_the_lesson(
    glass: GlassMaker, circles: Lesson
):
    window = glass(play=True)
    run_id = window.run_id

    open_lesson(window, circles)
    assert not window.session.playing
    window.window.lessons.close()

    window.wait_until(lambda: window.run_id == run_id and window.session.playing)


def test_keys_lead_through_a_lesson(glass: GlassMaker, circles: Lesson):
    window = glass()
    open_lesson(window, circles)
    session = window.window.lessons.session

    window.press(Qt.Key.Key_1)
    assert session.state.answer == 0
    window.press(Qt.Key.Key_3)
    assert session.state.answer == DO_NOT_KNOW
    window.press(Qt.Key.Key_2)
    window.press(Qt.Key.Key_Return)
    assert session.state.is_revealed
    assert session.is_right
    assert "It is that, at step 5." in panel_of(window).page.card.reveal_text
    window.press(Qt.Key.Key_PageDown)
    assert session.place == 1
    window.press(Qt.Key.Key_PageUp)
    assert session.place == 0
    assert session.state.is_revealed


def test_return_in_a_field_is_for_the_field(glass: GlassMaker, circles: Lesson):
    window = glass()
    open_lesson(window, circles)
    window.window.lessons.session.go_to(2)
    wait_for_scene(window)
    window.show_workspace("train")
    field = control_of(window.window, "field training.learning_rate")
    assert field is not None
    window.focus(field)
    window.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    window.type("0.07")
    window.press(Qt.Key.Key_Return)

    assert window.session.experiment.training.learning_rate == 0.07


def test_return_takes_the_number_that_was_typed(glass: GlassMaker, circles: Lesson):
    window = glass()
    open_lesson(window, circles)
    session = window.window.lessons.session
    session.go_on()
    field = panel_of(window).page.card.findChild(QLineEdit)
    assert field is not None
    window.focus(field)
    window.type("1,234")
    window.press(Qt.Key.Key_Return)

    assert session.state.typed == 1234
    assert session.state.is_revealed


def test_tab_walks_through_the_lesson(glass: GlassMaker, circles: Lesson):
    window = glass()
    open_lesson(window, circles)
    walked = set()
    for _ in range(60):
        window.press(Qt.Key.Key_Tab)
        walked.add(QApplication.focusWidget())

    panel = panel_of(window)
    assert {panel.next, panel.show_me, panel.again} <= walked


def test_keys_of_lessons_do_nothing_without_one(glass: GlassMaker):
    window = glass()

    window.press(Qt.Key.Key_PageDown)
    window.press(Qt.Key.Key_1)

    assert window.window.lessons.session.lesson is None


def test_a_task_sees_that_it_was_done_and_stays_done(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    session = window.window.lessons.session
    window.session.select(Parameter(2, 0, 0))
    # The second task counts only after the first.
    assert session.state.done == [False, False]

    window.session.take_steps(4)
    window.wait_until(lambda: session.state.done == [True, True])

    assert session.state.is_revealed
    window.session.go_to_step(2)
    window.wait_until(lambda: window.step == 2)
    assert session.state.done == [True, True]


@pytest.mark.parametrize("edits", [False, True])
def test_this_step_again_restores_the_scene_to_the_bit(
    glass: GlassMaker, circles: Lesson, edits: bool
):
    window = glass()
    open_lesson(window, circles)
    weights = weights_of(window)
    if edits:
        window.session.interventions.edit_params((Edit(Parameter(1, 0, 0), 9.0),))
        window.wait_until(lambda: window.view.edited)
    window.session.take_steps(3)
    window.rest_at(8)
    window.session.select(None)

    panel_of(window).again.click()
    wait_for_scene(window)

    assert window.step == 5
    assert np.array_equal(weights_of(window), weights)
    assert window.view.selection == Unit(1, 2)


def test_show_me_points_at_the_control_and_then_does_it(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    lessons = window.window.lessons

    panel_of(window).show_me.click()
    assert lessons.ring.target is window.window.player.button("toggle_playing")
    assert lessons.ring.isVisible()
    assert lessons.session.state.done == [False, False]
    panel_of(window).show_me.click()
    window.wait_until(lambda: lessons.session.state.done == [True, True])

    assert window.step == 9
    assert not lessons.ring.isVisible()


def test_the_ring_lets_clicks_through(glass: GlassMaker, circles: Lesson):
    window = glass()
    open_lesson(window, circles)
    panel_of(window).show_me.click()
    button = window.window.player.button("toggle_playing")
    place = button.mapTo(window.window, button.rect().center())

    assert window.window.childAt(place) is button


def test_a_typed_number_is_right_within_its_bounds(glass: GlassMaker, circles: Lesson):
    window = glass()
    open_lesson(window, circles)
    session = window.window.lessons.session
    session.go_on()
    count = window.view.spec.parameter_count

    session.reveal()
    assert session.is_right is None
    session.type_number(count + 1.0)
    assert session.is_right is False
    session.type_number(float(count))
    assert session.is_right is True


def test_a_step_of_another_workspace_shows_its_panels(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    window.window.lessons.session.go_to(2)
    wait_for_scene(window)

    assert window.window.layouts.current == "playground"
    assert visible_panels(window) == {"network", "plane"}


def test_the_end_of_a_lesson_is_remembered_and_the_list_is_shown(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    session = window.window.lessons.session
    for _ in circles.steps:
        session.go_on()

    assert session.lesson is None
    assert panel_of(window).shows_list
    progress = session.progress.known("circles")
    assert progress is not None
    assert progress.is_done


def test_progress_is_there_when_the_program_starts_again(
    glass: GlassMaker, circles: Lesson
):
    window = glass()
    open_lesson(window, circles)
    window.window.lessons.session.go_on()
    window.window.lessons.session.choose(0)
    glass.close(window)

    again = glass()

    progress = again.window.lessons.session.progress.known("circles")
    assert progress is not None
    assert (progress.step, progress.furthest, progress.is_done) == (1, 1, False)


def test_the_list_has_own_lessons_and_says_what_is_wrong_with_one(
    glass: GlassMaker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("GLASSBOX_CONFIG", str(tmp_path / "config"))
    for key, text in (("mine", LESSON), ("broken", "no lesson")):
        folder = tmp_path / "config" / "lessons" / key
        folder.mkdir(parents=True)
        (folder / "lesson.md").write_text(text)
    window = glass()
    window.window.actions_by_key["lessons"].trigger()
    rows = {row.entry.key: row for row in panel_of(window).list.rows}

    assert "lesson.md:1" in rows["broken"].accessibleName()
    assert not rows["broken"].isEnabled()
    QTest.mouseClick(rows["mine"], Qt.MouseButton.LeftButton)
    wait_for_scene(window)
    lesson = window.window.lessons.session.lesson
    assert lesson is not None
    assert lesson.title == "Circles"


def test_a_kiosk_shows_nothing_that_leads_elsewhere(glass: GlassMaker, circles: Lesson):
    window = glass()
    window.window.lessons.open(circles, kiosk=True)
    wait_for_scene(window)

    assert not window.window.header.isVisible()
    assert not window.window.menu_bar.isVisible()
    window.press(Qt.Key.Key_F2)
    assert window.window.lessons.session.lesson is circles


def test_the_panel_takes_at_most_a_third_of_the_window_and_fits_in_it(
    glass: GlassMaker, circles: Lesson
):
    window = glass(size=(1280, 720))
    open_lesson(window, circles)
    QApplication.processEvents()

    assert (window.window.width(), window.window.height()) == (1280, 720)
    assert 340 <= panel_of(window).width() <= 1280 // 3


def test_a_saved_scene_is_read_as_what_the_window_shows(
    glass: GlassMaker, circles: Lesson, tmp_path: Path
):
    window = glass()
    window.session.document.edit({"training.learning_rate": 0.07})
    window.session.take_steps(12)
    window.rest_at(12)
    window.session.select(Parameter(1, 0, 1))
    scene = scene_of(window.window)
    assert scene is not None
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "lesson.md").write_text(scene_text(scene))

    read = read_lesson(folder).steps[0].scene

    assert read is not None
    assert read.experiment == window.session.experiment
    assert read.step == 12
    assert read.selection == Parameter(1, 0, 1)
    assert read.workspace == "train"
    assert set(read.panels) <= set(WORKSPACES["train"])


def test_lessons_name_the_windows_own_workspaces_panels_and_controls(
    glass: GlassMaker,
):
    window = glass()
    found = {w.key: workspaces.panels_of(w.area) for w in workspaces.WORKSPACES}

    assert {key: set(panels) for key, panels in WORKSPACES.items()} == {
        key: set(panels) for key, panels in found.items()
    }
    assert set(MODES) == set(QUANTITIES)
    assert PLANES == KINDS
    assert ROWS == CHOICES
    assert (*SURFACES, OWN) == RACED
    assert get_args(Kind) == STAGES
    missing = [c for c in PLAYER if control_of(window.window, c) is None]
    assert missing == []
    assert set(CONTROLS) - set(PLAYER) <= set(window.window.docks)
    assert control_of(window.window, "field training.learning_rate") is not None


COMPARED = """+++
title = "Compared"
minutes = 1

[scene]
preset = "circle"
set = { "data.n_points" = 40 }
workspace = "compare"
panels = ["experiment", "compare"]
+++

## One

```scene
```

```turn
task = "Train all: {member(0, accuracy.test)}"
until = "compared"
```

## Two

```scene
workspace = "batch"
panels = ["requests", "walks"]
step = 1
```

```question
ask = "Angle?"
number = "angle"
within = 1
reveal = "{angle}"
```
"""


@pytest.fixture
def compared(tmp_path: Path) -> Lesson:
    return written(tmp_path / "compared", COMPARED)


def test_a_comparison_counts_when_the_reader_has_asked_for_it(
    glass: GlassMaker, compared: Lesson
):
    window = glass()
    open_lesson(window, compared)
    session, panel = window.window.lessons.session, window.panel("compare")
    panel.steps.setValue(3)
    window.wait_until(lambda: window.window.layouts.are_all_drawn)
    QApplication.processEvents()
    assert not window.session.open_jobs, "it trains before anything is predicted"
    assert session.state.done == [False]

    panel.button.click()
    window.wait_until(lambda: session.state.done == [True])

    values = session.values
    assert values is not None
    newest = panel.comparison.members[0].test_accuracy[-1]
    assert values.read("member", (0, "accuracy.test")) == newest
    assert values.read("member", (99, "accuracy.test")) is None


def test_the_angle_of_the_shown_step_is_read_when_it_was_computed(
    glass: GlassMaker, compared: Lesson
):
    window = glass()
    open_lesson(window, compared)
    session = window.window.lessons.session
    session.go_to(1)
    wait_for_scene(window)

    def angle() -> object:
        values = session.values
        return None if values is None else values.read("angle", ())

    window.wait_until(lambda: angle() is not None)
    assert 0 < float(str(angle())) < 180
