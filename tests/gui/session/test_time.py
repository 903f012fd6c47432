from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from core.experiment.model import Experiment
from core.values.network_spec import flatten
from core.values.parameter import Edit, Parameter, Unit
from gui.style.number_format import count, loss_text
from gui.window.player.figures import interventions_text
from gui.window.player.timeline import BEYOND
from tests.gui.support.whole_window import Glass, GlassMaker

WEIGHT = Parameter(1, 2, 1)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def weights_of(glass: Glass) -> np.ndarray:
    return flatten(glass.view.params).copy()


def train(glass: Glass, steps: int) -> None:
    end = glass.step + steps
    glass.session.take_steps(steps)
    glass.rest_at(end)
    glass.wait_until(lambda: glass.view.snapshot.end == end)


def value(glass: Glass) -> float:
    return float(glass.view.params[0][0][2, 1])


def test_left_goes_back_exactly_and_ctrl_right_forward_again(glass: GlassMaker) -> None:
    window = glass()
    seen = [weights_of(window)]
    for step in (1, 2, 3):
        window.press(Qt.Key.Key_Right)
        window.rest_at(step)
        seen.append(weights_of(window))
    window.press(Qt.Key.Key_Left)
    window.press(Qt.Key.Key_Left)
    window.wait_until(lambda: window.step == 1)
    np.testing.assert_array_equal(weights_of(window), seen[1])
    assert window.view.snapshot.end == 3
    window.press(Qt.Key.Key_Right, CONTROL)
    window.wait_until(lambda: window.step == 2)
    np.testing.assert_array_equal(weights_of(window), seen[2])
    window.press(Qt.Key.Key_End, CONTROL)
    window.wait_until(lambda: window.step == 3)
    np.testing.assert_array_equal(weights_of(window), seen[3])
    assert not window.window.actions_by_key["go_to_end"].isEnabled()
    assert len(window.view.run.metrics.batch_losses) == 3


def test_play_after_an_early_stop_goes_on_from_the_end_and_says_so(
    glass: GlassMaker,
) -> None:
    values = {
        "data.name": "spiral",
        "data.noise": 0.25,
        "data.validation_fraction": 0.3,
        "training.learning_rate": 0.5,
        "training.early_stopping": 2,
    }
    window = glass(Experiment().with_values(values))
    hint = window.window.player.timeline.findChildren(QLabel)
    window.press(Qt.Key.Key_Space)
    window.wait_until(lambda: window.view.snapshot.stopped_at)
    stopped_at = window.view.snapshot.stopped_at
    assert stopped_at is not None
    assert window.step < stopped_at
    window.wait_until(lambda: BEYOND in [label.text() for label in hint])
    notice = window.window.message_bar.text
    assert f"Play continues from step {count(stopped_at)}" in notice
    window.press(Qt.Key.Key_Space)
    # Not the step that is shown: it may have stopped again.
    metrics = window.view.run.metrics
    window.wait_until(lambda: len(metrics.batch_losses) > stopped_at)
    assert not metrics.abandoned


def test_a_drag_of_the_slider_while_playing_pauses_and_shows_that_step(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.set_speed(None)
    window.press(Qt.Key.Key_Space)
    slider = window.window.player.timeline.slider
    # At full speed the slider follows a few times a second.
    window.wait_until(lambda: slider.maximum() > 100)
    y = slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(40, y))
    QTest.mouseMove(slider, QPoint(slider.width() // 2, y))
    QTest.mouseRelease(
        slider, Qt.MouseButton.LeftButton, pos=QPoint(slider.width() // 2, y)
    )
    # Training goes on until the runner hears of it, and the slider grows with it.
    wished, largest = slider.value(), slider.maximum()
    window.wait_until(lambda: not window.session.playing and window.step == wished)
    assert abs(wished - largest / 2) < largest / 10 + 20
    assert window.view.snapshot.is_past


def test_keys_on_the_slider_and_a_number_in_the_field_go_to_their_step(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 40)
    bar = window.window.player.timeline
    window.focus(bar.slider)
    for key, step in (
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_PageUp, 3),
        (Qt.Key.Key_Left, 2),
        (Qt.Key.Key_End, 40),
    ):
        window.press(key)
        window.wait_until(lambda step=step: window.step == step)
        assert bar.slider.value() == bar.field.value() == step
    window.focus(bar.field)
    bar.field.selectAll()
    window.type("17")
    window.press(Qt.Key.Key_Return)
    window.wait_until(lambda: window.step == 17)
    assert bar.slider.value() == 17


def test_playing_on_from_an_earlier_step_leaves_the_old_curve_as_a_branch(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 60)
    old = window.view.run.metrics.batch_losses.buckets().means.copy()
    window.session.go_to_step(20)
    window.wait_until(lambda: window.step == 20)
    metrics = window.view.run.metrics
    assert len(metrics.batch_losses) == 60
    training = window.session.experiment.training
    changed = replace(training, learning_rate=training.learning_rate / 50)
    window.session.edit(replace(window.session.experiment, training=changed))
    window.wait_until(lambda: len(metrics.abandoned) == 1)
    train(window, 10)
    (branch,) = metrics.abandoned
    assert (branch.start, branch.end) == (20, 60)
    np.testing.assert_array_equal(branch.curves.batch_losses.buckets().means, old)
    new = metrics.batch_losses.buckets().means
    assert len(new) == 30
    np.testing.assert_array_equal(new[:21], old[:21])
    assert not np.array_equal(new[21:30], old[21:30])
    window.wait_until(lambda: metrics.tests.steps.max() == 30)
    panel = window.panel("curves")
    window.wait_until(lambda: "branch left at step 20" in panel._loss.legend.text)
    x, _ = panel._loss._abandoned.getData()
    assert (x.min(), x.max()) == (20, 60)


def test_settings_of_an_earlier_step_come_back_in_the_form(glass: GlassMaker) -> None:
    window = glass()
    train(window, 10)
    first = window.session.experiment
    faster = replace(first.training, learning_rate=0.3)
    window.session.edit(replace(first, training=faster))
    train(window, 10)
    window.session.go_to_step(5)
    window.wait_until(lambda: window.step == 5)
    assert window.session.experiment == first
    assert window.session.experiment == first
    window.session.go_to_step(20)
    window.wait_until(lambda: window.step == 20)
    assert window.session.experiment.training == faster


def test_the_curves_mark_the_step_that_is_shown_and_read_its_test_loss(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 30)
    part = window.panel("curves")._loss
    plot = part.plot
    assert not plot._cursor.isVisible()
    window.press(Qt.Key.Key_Left)
    window.wait_until(lambda: window.step == 29)
    assert plot._cursor.isVisible()
    assert plot._cursor.value() == 29
    window.wait_until(lambda: window.view.evaluation.step == 29)
    figures = window.window.player.figures
    shown = loss_text(window.view.evaluation.test_loss)
    window.wait_until(lambda: f"test {shown}" in part.legend.text)
    assert figures.loss.value.text() == shown
    assert figures.loss.toolTip() == "at step 29"
    window.press(Qt.Key.Key_End, CONTROL)
    window.wait_until(lambda: window.step == 30)
    assert not plot._cursor.isVisible()


def test_an_edit_of_a_panel_is_undone_and_redone_with_keys(glass: GlassMaker) -> None:
    window = glass()
    train(window, 5)
    before = weights_of(window)
    undo = window.window.actions_by_key["undo"]
    assert not undo.isEnabled()
    old = value(window)
    for new in (0.1, 0.2, 0.75):
        window.panel("network").edits_made.emit((Edit(WEIGHT, new),))
    window.wait_until(lambda: value(window) == 0.75)
    assert window.view.edited == {WEIGHT: 5}
    assert "bias" not in undo.text()
    assert "change of hidden 1" in undo.text()
    status = window.window.player.timeline.interventions
    window.wait_until(lambda: status.text() == "edited at 5")
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: value(window) == old)
    np.testing.assert_array_equal(weights_of(window), before)
    assert not window.view.edited
    window.press(Qt.Key.Key_Z, CONTROL, SHIFT)
    window.wait_until(lambda: value(window) == 0.75)


def test_ctrl_z_after_typing_in_a_field_is_the_fields_own(glass: GlassMaker) -> None:
    window = glass()
    window.session.take_steps(3)
    window.rest_at(3)
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: value(window) == 0.5)
    undone: list[int] = []
    window.window.actions_by_key["undo"].triggered.connect(lambda: undone.append(1))
    field = window.window.player.timeline.field
    window.focus(field)
    field.selectAll()
    window.type("1")
    window.press(Qt.Key.Key_Z, CONTROL)
    assert field.text() != "1"
    assert undone == []


def test_an_ablated_unit_stays_silent_and_gets_its_weights_back(
    glass: GlassMaker,
) -> None:
    window = glass()
    unit = Unit(1, 2)
    before = weights_of(window)
    window.session.interventions.ablate_unit(Unit(1, 2))
    window.wait_until(lambda: window.view.ablated == {unit})
    assert not window.view.params[1][0][:, 2].any()
    train(window, 5)
    assert not window.view.params[1][0][:, 2].any()
    assert "frozen" in interventions_text(window.view.snapshot)
    window.session.go_to_step(0)
    window.wait_until(lambda: window.step == 0)
    window.session.interventions.restore_unit(Unit(1, 2))
    window.wait_until(lambda: not window.view.frozen)
    np.testing.assert_array_equal(weights_of(window), before)
    window.session.interventions.ablate_unit(Unit(2, 0))
    assert not window.view.ablated
    train(window, 1)
    assert not window.view.frozen


def test_a_held_activation_is_shown_and_let_go_with_the_example(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.interventions.hold_activation(Unit(1, 2), 5.0)
    assert window.view.trace.activations[0][2] == 5.0
    assert window.view.held == {Unit(1, 2): 5.0}
    held = window.view.trace.output.copy()
    window.session.document.undo_stack.undo()
    assert not window.view.held
    assert not np.array_equal(window.view.trace.output, held)
    window.session.document.undo_stack.redo()
    assert window.view.held
    window.session.show_example(replace(window.view.example, index=1))
    assert not window.view.held


def test_a_reset_begins_a_history_of_its_own(glass: GlassMaker) -> None:
    window = glass()
    train(window, 20)
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: window.view.edited)
    window.press(Qt.Key.Key_R)
    window.wait_for_run(after=1)
    assert (window.step, window.view.snapshot.end) == (0, 0)
    assert not window.view.edited
    assert window.window.actions_by_key["undo"].text() == "&Undo reset"
    assert window.window.player.timeline.slider.maximum() == 0


def test_keys_that_follow_fast_do_not_lose_the_time_bar(glass: GlassMaker) -> None:
    window = glass()
    train(window, 20)
    bar = window.window.player.timeline
    for _ in range(3):
        window.press(Qt.Key.Key_Left)
        window.press(Qt.Key.Key_Right)
    window.rest_at(20)
    window.wait_until(lambda: bar.slider.value() == window.view.snapshot.end == 20)
    assert window.session.seek_target is None
    window.press(Qt.Key.Key_Left)
    window.wait_until(lambda: window.step == 19)
    assert bar.slider.value() == 19


def test_a_step_that_is_not_there_becomes_the_nearest(glass: GlassMaker) -> None:
    window = glass()
    train(window, 10)
    window.session.go_to_step(-5)
    window.wait_until(lambda: window.step == 0)
    window.session.go_to_step(99)
    window.wait_until(lambda: window.step == 10)
    assert window.session.seek_target is None


def test_a_branch_that_was_left_is_gone_to_by_key_and_menu_with_its_curves(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 40)
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: window.view.edited)
    train(window, 20)
    old = weights_of(window)
    metrics = window.view.run.metrics
    losses = metrics.batch_losses.buckets().means.copy()
    window.wait_until(lambda: metrics.tests.steps.max() == 60)
    window.session.go_to_step(20)
    window.wait_until(lambda: 20 in metrics.tests.steps)
    tests = metrics.tests.steps.tolist()
    window.session.interventions.edit_params((Edit(WEIGHT, -0.5),))
    window.wait_until(lambda: window.view.snapshot.end == 20)
    train(window, 10)
    new, others = weights_of(window), metrics.batch_losses.buckets().means.copy()
    actions = window.window.actions_by_key
    assert actions["go_to_branch"].isEnabled()
    window.wait_until(lambda: "change of hidden 1" in actions["undo"].text())

    window.press(Qt.Key.Key_B, CONTROL)
    window.wait_until(lambda: window.step == 60)
    np.testing.assert_array_equal(weights_of(window), old)
    np.testing.assert_array_equal(metrics.batch_losses.buckets().means, losses)
    assert metrics.tests.steps.tolist() == tests
    assert window.view.edited == {WEIGHT: 40}
    (left,) = metrics.abandoned
    assert (left.start, left.end) == (20, 30)
    # What was done on the other branch is no part of this one: the way here is undone.
    assert actions["undo"].text() == "&Undo going to another branch"

    (choice,) = window.window.branches.actions()
    assert choice.text() == "To step 30, on the branch left at 20"
    choice.trigger()
    window.wait_until(lambda: window.step == 30)
    np.testing.assert_array_equal(weights_of(window), new)
    np.testing.assert_array_equal(metrics.batch_losses.buckets().means, others)


def test_undo_of_an_edit_in_the_past_has_the_later_steps_ahead_again(
    glass: GlassMaker,
) -> None:
    window = glass()
    train(window, 30)
    metrics = window.view.run.metrics
    losses = metrics.batch_losses.buckets().means.copy()
    last = weights_of(window)
    window.session.go_to_step(12)
    window.wait_until(lambda: window.step == 12)
    window.session.interventions.edit_params((Edit(WEIGHT, 0.5),))
    window.wait_until(lambda: window.view.snapshot.end == 12)
    assert len(metrics.batch_losses) == 12
    window.press(Qt.Key.Key_Z, CONTROL)
    window.wait_until(lambda: window.view.snapshot.end == 30)
    assert not metrics.abandoned
    np.testing.assert_array_equal(metrics.batch_losses.buckets().means, losses)
    window.session.go_to_end()
    window.wait_until(lambda: window.step == 30)
    np.testing.assert_array_equal(weights_of(window), last)


def test_a_unit_silenced_on_two_branches_gets_back_the_weights_of_its_branch(
    glass: GlassMaker,
) -> None:
    window = glass()
    unit = Unit(1, 2)
    ways = [parameter.place for parameter in unit.outgoing_weights(window.view.spec)]
    before = []
    for step in (20, 10):
        if window.step < step:
            train(window, step - window.step)
        else:
            window.session.go_to_step(step)
            window.wait_until(lambda step=step: window.step == step)
        before.append([float(window.view.params[1][0][place]) for place in ways])
        window.session.interventions.ablate_unit(unit)
        window.wait_until(lambda: window.view.ablated)
        train(window, 3)
    window.press(Qt.Key.Key_B, CONTROL)
    window.wait_until(lambda: window.step == 23)
    window.session.interventions.restore_unit(unit)
    window.wait_until(lambda: not window.view.ablated)
    restored = [float(window.view.params[1][0][place]) for place in ways]
    assert restored == before[0] != before[1]
