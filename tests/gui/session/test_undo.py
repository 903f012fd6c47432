"""One undo for the experiment, the runs and what is done to their weights."""

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.experiment.presets import load_preset
from core.protocol.branch import Turn
from core.runner.left_runs import LeftRuns
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter, Unit
from gui.panels.number_lines.changes import changes_of
from gui.session.session_texts import NOT_KEPT
from gui.window.player.figures import interventions_text
from gui.window.player.timeline import Timeline
from tests.gui.support.whole_window import Glass, GlassMaker

XOR = load_preset("xor").experiment
WEIGHT = Parameter(1, 2, 1)
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def weights_of(window: Glass) -> np.ndarray:
    return flatten(window.view.params).copy()


def train(window: Glass, steps: int) -> None:
    end = window.step + steps
    window.session.take_steps(steps)
    window.rest_at(end)


def undo_text(window: Glass) -> str:
    return window.window.actions_by_key["undo"].text()


def test_undo_of_another_network_brings_the_run_back_at_its_step(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 20)
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: window.view.edited)
    train(window, 10)
    weights = weights_of(window)
    losses = window.view.run.metrics.batch_losses.buckets().means.copy()
    window.session.document.edit({"network.hidden": [3]})
    window.wait_for_run(after=1)
    train(window, 5)
    assert undo_text(window) == "&Undo hidden layers"
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.run_id == 1)
    window.rest_at(30)
    np.testing.assert_array_equal(weights_of(window), weights)
    metrics = window.view.run.metrics
    np.testing.assert_array_equal(metrics.batch_losses.buckets().means, losses)
    assert window.view.edited == {WEIGHT: 20}
    assert window.session.experiment == XOR
    # The history is there, too: every step of it, and what was done then.
    window.session.go_to_step(7)
    window.wait_until(lambda: window.step == 7)
    window.session.go_to_end()
    window.wait_until(lambda: window.step == 30)
    np.testing.assert_array_equal(weights_of(window), weights)
    assert "change of hidden 1" in undo_text(window)
    window.press(Qt.Key.Key_Z, CONTROL, SHIFT)
    window.wait_until(lambda: window.run_id == 2)
    window.rest_at(5)
    assert window.view.spec.layer_sizes == (2, 3, 2)


def test_curves_of_a_run_that_was_left_while_it_played_have_every_step(
    glass: GlassMaker,
) -> None:
    window = glass(play=True)
    window.wait_until(lambda: window.step > 20)
    window.press(Qt.Key.Key_N)
    window.wait_for_run(after=1)
    window.session.pause()
    window.wait_until(lambda: not window.session.playing)
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.run_id == 1)
    assert len(window.view.run.metrics.batch_losses) == window.step


def test_a_reset_is_undone_with_the_run(glass: GlassMaker) -> None:
    window = glass()
    train(window, 12)
    weights = weights_of(window)
    window.press(Qt.Key.Key_R)
    window.wait_for_run(after=1)
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.run_id == 1)
    window.rest_at(12)
    np.testing.assert_array_equal(weights_of(window), weights)
    window.press(Qt.Key.Key_Y, CONTROL)
    window.wait_until(lambda: window.run_id == 2)
    window.rest_at(0)


def test_a_preset_starts_over_from_weights_that_have_collapsed(
    glass: GlassMaker,
) -> None:
    window = glass("circle")
    first = weights_of(window)
    circle = window.session.experiment
    window.session.document.edit({"training.l2": 100.0})
    train(window, 20)
    window.session.document.choose_preset("circle", circle)
    window.wait_for_run(after=1)
    np.testing.assert_array_equal(weights_of(window), first)
    assert undo_text(window) == "&Undo preset circle"


def test_undo_of_an_ablation_leaves_no_trace(glass: GlassMaker) -> None:
    window = glass()
    train(window, 5)
    weights = weights_of(window)
    window.session.interventions.ablate_unit(Unit(1, 2))
    window.wait_until(lambda: window.view.ablated)
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: not window.view.frozen)
    window.wait_until(lambda: not window.view.edited)
    np.testing.assert_array_equal(weights_of(window), weights)
    assert interventions_text(window.view.snapshot) == ""
    assert changes_of(window.view) == ()


def test_undo_of_an_ablation_after_more_steps_leaves_no_change_to_take_back(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.interventions.ablate_unit(Unit(1, 2))
    window.wait_until(lambda: window.view.ablated)
    train(window, 5)
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: not window.view.frozen)
    assert changes_of(window.view) == ()


def test_experiment_and_weights_are_undone_in_the_order_they_were_done(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.document.edit({"training.learning_rate": 0.5})
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.session.document.edit({"training.l2": 0.25})
    window.wait_until(lambda: window.view.run.experiment == window.session.experiment)
    window.wait_until(lambda: window.view.edited)
    assert undo_text(window) == "&Undo L2"
    window.press(Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment.training.l2 == XOR.training.l2
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: not window.view.edited)
    assert undo_text(window) == "&Undo learning rate"
    window.press(Qt.Key.Key_Z, CONTROL)
    assert window.session.experiment == XOR
    assert undo_text(window) == "&Undo"


def test_every_one_of_many_small_runs_comes_back_at_its_step(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 3)
    for run_id in range(1, 12):
        window.press(Qt.Key.Key_R)
        window.wait_for_run(after=run_id)
    for run_id in range(11, 0, -1):
        window.press(Qt.Key.Key_Z, CONTROL)
        window.wait_until(lambda wanted=run_id: window.run_id == wanted)
    window.rest_at(3)
    assert len(window.view.run.metrics.batch_losses) == 3


def test_an_undo_that_brings_only_the_settings_says_so(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LeftRuns, "keep", lambda *_: None)
    window = glass()
    train(window, 3)
    window.session.document.edit({"network.hidden": [3]})
    window.wait_for_run(after=1)
    bar = window.window.message_bar
    assert not bar.isVisible()
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.run_id == 1)
    window.rest_at(0)
    assert bar.isVisible()
    assert bar.text == NOT_KEPT


def test_undo_of_a_changed_weight_after_more_steps_goes_back_to_before_it(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 10)
    weights = weights_of(window)
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: window.view.edited)
    train(window, 15)
    later = weights_of(window)
    assert undo_text(window).endswith(", back to step 10")
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.step == 10 and not window.view.edited)
    np.testing.assert_array_equal(weights_of(window), weights)
    assert window.says.startswith("Back at step 10, before the change of hidden 1")
    assert "up to 25, are kept: Ctrl+B goes there." in window.says
    assert changes_of(window.view) == ()
    # And again: the steps that it led to are ahead, and it is no longer before them.
    window.press(Qt.Key.Key_Z, CONTROL, SHIFT)
    window.wait_until(lambda: window.view.edited and window.view.snapshot.end == 25)
    assert window.says == ""
    window.session.go_to_end()
    window.wait_until(lambda: window.step == 25)
    np.testing.assert_array_equal(weights_of(window), later)


def test_where_the_run_went_back_to_is_said_until_it_stands_elsewhere(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 3)
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: window.view.edited)
    train(window, 4)
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.step == 3 and not window.view.edited)
    assert window.says.startswith("Back at step 3")
    train(window, 1)
    assert window.says == ""
    window.window.travel.go_to(2)
    window.wait_until(lambda: window.step == 2)
    assert window.says.startswith("Step 2.")
    window.session.go_to_end()
    window.wait_until(lambda: window.step == 4)
    assert window.says == ""


def test_undo_of_freezing_after_more_steps_goes_back_to_before_it(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 10)
    weights = weights_of(window)
    window.session.interventions.set_frozen(frozenset({WEIGHT}))
    window.wait_until(lambda: window.view.frozen)
    train(window, 15)
    later = weights_of(window)
    assert undo_text(window) == "&Undo freezing, back to step 10"
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.step == 10 and not window.view.frozen)
    np.testing.assert_array_equal(weights_of(window), weights)
    assert window.says.startswith("Back at step 10, before the freezing.")
    window.press(Qt.Key.Key_B, CONTROL)
    window.wait_until(lambda: window.step == 25)
    np.testing.assert_array_equal(weights_of(window), later)
    assert window.view.frozen == {WEIGHT}


def test_undo_of_a_held_activation_after_more_steps_leaves_the_step(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 10)
    window.session.interventions.hold_activation(Unit(1, 1), 0.5)
    window.wait_until(lambda: window.view.held)
    train(window, 5)
    assert undo_text(window).startswith("&Undo held activation of ")
    assert "back to step" not in undo_text(window)
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: not window.view.held)
    assert window.step == 15


def test_the_way_back_from_a_branch_outlives_a_view_between_turn_and_snapshot(
    glass: GlassMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = glass()
    train(window, 20)
    window.session.go_to_step(8)
    window.wait_until(lambda: window.step == 8)
    window.session.interventions.edit_params((Edit(WEIGHT, -0.5),))
    window.wait_until(lambda: window.view.edited)
    train(window, 4)
    document = window.session.document
    take_turn = document.take_turn

    def take_turn_and_be_seen(run_id: int, turn: Turn) -> None:
        take_turn(run_id, turn)
        window.session._renew_view()  # as an evaluation may, on a busy machine

    monkeypatch.setattr(document, "take_turn", take_turn_and_be_seen)
    window.press(Qt.Key.Key_B, CONTROL)
    window.wait_until(lambda: window.step == 20)
    assert undo_text(window) == "&Undo going to another branch"
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.step == 12)


def test_undo_of_going_to_a_branch_comes_back_to_the_step_before(
    glass: GlassMaker,
) -> None:
    window = glass()
    edit = window.session.interventions.edit_params
    train(window, 20)
    edit((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: window.view.edited)
    train(window, 10)
    first = weights_of(window)
    window.session.go_to_step(8)
    window.wait_until(lambda: window.step == 8)
    edit((Edit(WEIGHT, -0.5),))
    window.wait_until(lambda: window.view.edited == {WEIGHT: 8})
    train(window, 4)
    second = weights_of(window)
    shown = [(30, first), (12, second)]
    for times in (1, 2):
        for step, _weights in shown[:times]:
            window.press(Qt.Key.Key_B, CONTROL)
            window.wait_until(lambda step=step: window.step == step)
        for step, weights in reversed([(12, second), *shown][:times]):
            assert undo_text(window) == "&Undo going to another branch"
            window.press(Qt.Key.Key_Z, CONTROL)
            window.wait_until(lambda step=step: window.step == step)
            np.testing.assert_array_equal(weights_of(window), weights)
    # What was done on this branch is undone next, and nothing else.
    assert "change of hidden 1" in undo_text(window)
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.step == 8 and not window.view.edited)


def test_a_held_unit_is_told_beside_the_timeline_until_it_is_let_go(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 2)
    timeline = window.window.findChild(Timeline)
    assert timeline is not None
    label = timeline.interventions
    assert label.text() == ""
    window.session.interventions.hold_activation(Unit(1, 1), 0.5)
    window.wait_until(lambda: label.text() == "1 held")
    assert "release" in label.toolTip()
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: label.text() == "")
