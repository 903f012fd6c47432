from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.arrays import HostParams
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.values.network_spec import flatten
from gui.session.selection import Selection
from gui.session.view_state import ShownExample
from tests.gui.support.whole_window import Glass, GlassMaker

XOR = load_preset("xor").experiment


def weights_of(glass: Glass) -> np.ndarray:
    return flatten(glass.view.params)


def test_space_plays_and_pauses(glass: GlassMaker) -> None:
    window = glass()
    play = window.window.actions_by_key["toggle_playing"]
    assert play.text() == "&Play"
    window.press(Qt.Key.Key_Space)
    window.wait_until(lambda: window.step > 3)
    assert play.text() == "&Pause"
    window.press(Qt.Key.Key_Space)
    window.wait_until(lambda: not window.view.snapshot.playing)
    assert play.text() == "&Play"
    paused_at = window.step
    window.qtbot.wait(100)
    assert window.step == paused_at


def test_right_takes_exactly_one_step_for_each_press(glass: GlassMaker) -> None:
    window = glass()
    for pressed in (1, 2, 3):
        window.press(Qt.Key.Key_Right)
        window.rest_at(pressed)
    for _ in range(4):
        window.press(Qt.Key.Key_Right)
    window.rest_at(7)
    assert len(window.view.run.metrics.batch_losses) == 7


def test_shift_right_ends_on_the_epoch(glass: GlassMaker) -> None:
    window = glass()
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    window.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.rest_at(window.view.snapshot.steps_per_epoch)
    assert window.view.snapshot.epoch == 1


def test_r_goes_back_to_the_same_weights(glass: GlassMaker) -> None:
    window = glass()
    first = weights_of(window)
    window.session.take_steps(5)
    window.rest_at(5)
    fifth = weights_of(window)
    assert not np.array_equal(first, fifth)
    window.press(Qt.Key.Key_R)
    window.wait_for_run(after=1)
    assert window.step == 0
    np.testing.assert_array_equal(weights_of(window), first)
    window.session.take_steps(5)
    window.rest_at(5)
    np.testing.assert_array_equal(weights_of(window), fifth)


def test_n_draws_other_weights_from_a_seed_that_the_form_shows(
    glass: GlassMaker,
) -> None:
    window = glass()
    first = weights_of(window)
    window.press(Qt.Key.Key_N)
    window.wait_for_run(after=1)
    assert not np.array_equal(weights_of(window), first)
    shown = window.window.experiment_panel.experiment
    assert shown.training.seed == window.view.run.experiment.training.seed != 0


def test_a_reset_while_playing_leaves_it_paused_and_ready_to_play(
    glass: GlassMaker,
) -> None:
    window = glass(play=True)
    window.wait_until(lambda: window.step > 3)
    window.press(Qt.Key.Key_R)
    window.wait_for_run(after=1)
    assert not window.session.playing
    assert window.window.actions_by_key["toggle_playing"].text() == "&Play"
    assert window.step == 0
    window.press(Qt.Key.Key_Space)
    window.wait_until(lambda: window.step > 3)
    assert window.session.playing


def test_a_new_seed_while_playing_goes_on_playing(glass: GlassMaker) -> None:
    window = glass(play=True)
    window.wait_until(lambda: window.step > 3)
    for _ in range(3):
        window.press(Qt.Key.Key_N)
    window.wait_for_run(after=3)
    window.wait_until(lambda: window.step > 3)
    assert window.session.playing


def test_two_quick_presses_of_space_cancel_each_other(glass: GlassMaker) -> None:
    window = glass()
    window.press(Qt.Key.Key_Space)
    assert window.session.playing
    window.press(Qt.Key.Key_Space)
    assert not window.session.playing
    window.press(Qt.Key.Key_Right)
    window.wait_until(lambda: window.step >= 1)
    # A snapshot may come before the event that tells the end of its steps.
    window.wait_until(
        lambda: not window.session.playing and not window.view.snapshot.playing
    )


def test_plus_and_minus_change_the_speed(glass: GlassMaker) -> None:
    window = glass(speed="3")
    window.press(Qt.Key.Key_Plus)
    assert window.window.speed.speed == 20
    window.press(Qt.Key.Key_Minus)
    window.press(Qt.Key.Key_Minus)
    assert window.window.speed.speed == 5


@pytest.mark.parametrize(
    "change", [{"training.learning_rate": 0.5}, {"training.batch_size": 5}]
)
def test_training_settings_act_on_the_weights_that_there_are(
    glass: GlassMaker, change: dict[str, object]
) -> None:
    window = glass()
    window.session.take_steps(4)
    window.rest_at(4)
    trained = weights_of(window)
    window.session.edit(XOR.with_values(change))
    window.wait_until(lambda: window.view.run.experiment == XOR.with_values(change))
    assert window.step == 4
    np.testing.assert_array_equal(weights_of(window), trained)
    window.press(Qt.Key.Key_Right)
    window.rest_at(5)


def test_another_network_starts_over_and_plays_on(glass: GlassMaker) -> None:
    window = glass(play=True)
    window.wait_until(lambda: window.step > 3)
    window.session.edit(XOR.with_values({"network.hidden": [3, 4]}))
    window.session.edit(XOR.with_values({"network.hidden": [3, 5]}))
    window.wait_for_run(after=2)
    assert window.view.spec.layer_sizes == (2, 3, 5, 2)
    window.wait_until(lambda: window.step > 3)


def test_a_failed_start_says_why_and_leaves_nothing_dead(glass: GlassMaker) -> None:
    window = glass()
    window.session.start(XOR.with_values({"network.hidden": [1_000_000, 1_000_000]}))
    window.wait_until(lambda: "parameters need" in window.says)
    window.press(Qt.Key.Key_Space)
    window.wait_until(lambda: "no network to train" in window.says)
    assert not window.session.playing
    window.session.edit(XOR)
    window.wait_for_run(after=2)
    assert window.says == ""
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)


def test_a_failed_start_goes_on_with_the_next_edit_of_any_field(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.device = "abacus"
    window.session.start(XOR)
    window.wait_until(lambda: "abacus" in window.says)
    window.session.device = "auto"
    faster = XOR.with_values({"training.learning_rate": 0.5})
    window.session.edit(faster)
    window.wait_for_run(after=2)
    assert window.view.run.experiment == faster


@pytest.mark.parametrize("workspace", ["train", "step", "digits"])
def test_divergence_is_explained_and_training_stops(
    glass: GlassMaker, workspace: str
) -> None:
    wild = {
        "network.activation": "identity",
        "network.output": "identity",
        "training.loss": "squared-error",
        "training.learning_rate": 1000.0,
    }
    digits = load_preset("digits").experiment
    window = glass(digits.with_values(wild), play=True, workspace=workspace)
    window.wait_until(lambda: "not a finite number" in window.says)
    assert not window.session.playing


def test_a_selection_that_still_exists_outlives_a_new_start(glass: GlassMaker) -> None:
    window = glass()
    window.session.select(Selection(1, 6))
    window.session.edit(XOR.with_values({"network.hidden": [7]}))
    window.wait_for_run(after=1)
    assert window.view.selection == Selection(1, 6)
    window.session.edit(XOR.with_values({"network.hidden": [6]}))
    window.wait_for_run(after=2)
    assert window.view.selection is None


def test_what_the_network_does_not_have_is_not_selected(glass: GlassMaker) -> None:
    window = glass()
    window.session.select(Selection(1, 1))
    for gone in (Selection(1, 99), Selection(9, 0), Selection.of_weight(1, 0, 784)):
        window.session.select(gone)
        assert window.view.selection == Selection(1, 1)
    window.session.select(None)
    assert window.view.selection is None


def test_the_shown_example_is_run_through_the_new_weights(glass: GlassMaker) -> None:
    window = glass()
    test = window.view.run.dataset.test
    shown = ShownExample(test.network_inputs(5), int(test.labels[5]), "test", 5)
    window.session.show_example(shown)
    assert window.view.example is shown
    before = window.view.trace.output
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    assert window.view.example.index == 5
    assert not np.array_equal(window.view.trace.output, before)


def test_an_example_of_another_size_is_not_shown(glass: GlassMaker) -> None:
    window = glass()
    before = window.view.example
    window.session.show_example(ShownExample(np.zeros(784, np.float32)))
    assert window.view.example is before


def test_given_weights_are_shown_and_returned_to(glass: GlassMaker) -> None:
    window = glass()
    params: HostParams = tuple(
        (np.full_like(weights, 0.25), np.zeros_like(biases))
        for weights, biases in window.view.params
    )
    window.session.start(XOR, params=params)
    window.wait_for_run(after=1)
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    window.press(Qt.Key.Key_R)
    window.wait_for_run(after=2)
    np.testing.assert_array_equal(weights_of(window), flatten(params))


def test_missing_data_is_replaced_and_offered(glass: GlassMaker) -> None:
    digits = load_preset("digits").experiment
    missing = replace(digits, data=replace(digits.data, name="fashion-mnist"))
    window = glass(missing)
    assert window.view.run.dataset.name == "digits"
    assert "The bundled digits are used" in window.says
    assert window.session.experiment == digits
    assert window.window.experiment_panel.experiment == digits


def test_an_unchanged_experiment_changes_nothing(glass: GlassMaker) -> None:
    window = glass()
    window.session.edit(Experiment(XOR.data, XOR.network, XOR.training))
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    assert window.run_id == 1
