from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from core.arrays import HostParams
from core.experiment import toml_form
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.values.network_spec import flatten
from core.values.parameter import Parameter, Unit
from gui.session.document.dependent_edits import with_dependent_edits
from gui.session.session_texts import GOES_ON
from gui.session.view_state import ShownExample
from gui.widgets.refusal import REFUSED
from gui.window.main_window import SAME_WEIGHTS
from gui.window.save_requests import weights_request
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
    window.press(Qt.Key.Key_Right)
    window.rest_at(paused_at + 1)


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
    shown = window.session.experiment
    assert shown.training.seed == window.view.run.experiment.training.seed != 0


def test_n_says_where_given_initial_weights_stay_the_same(glass: GlassMaker) -> None:
    window = glass("chain")
    first = weights_of(window)
    window.press(Qt.Key.Key_N)
    window.wait_for_run(after=1)
    assert np.array_equal(weights_of(window), first)
    assert window.says == SAME_WEIGHTS


Way = Callable[[Glass, Path], object]
WAYS: dict[str, Way] = {
    "reset": lambda window, _: window.press(Qt.Key.Key_R),
    "new seed": lambda window, _: window.press(Qt.Key.Key_N),
    "preset": lambda window, _: window.session.document.choose_preset("xor", XOR),
    "layers": lambda window, _: window.session.document.edit({"network.hidden": [3]}),
    "experiment": lambda window, path: window.drop(path / "mine.toml"),
    "weights": lambda window, path: window.drop(path / "mine.npz"),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("playing", [True, False])
def test_whatever_starts_over_goes_on_playing_if_it_was(
    glass: GlassMaker, tmp_path: Path, way: str, playing: bool
) -> None:
    window = glass(play=playing)
    (tmp_path / "mine.toml").write_text(toml_form.dumps(XOR))
    weights_request(window.view).write(tmp_path / "mine.npz")
    window.wait_until(lambda: window.step > 3 or not playing)
    WAYS[way](window, tmp_path)
    window.wait_for_run(after=1)
    if playing:
        window.wait_until(lambda: window.run_id == 2 and window.step > 3)
    assert window.session.playing == playing
    text = "&Pause" if playing else "&Play"
    assert window.window.actions_by_key["toggle_playing"].text() == text
    window.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    window.wait_until(lambda: window.run_id == 1)
    assert window.session.playing == playing


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


HUGE = XOR.with_values({"network.hidden": [1_000_000, 1_000_000]})


def test_a_first_start_that_fails_says_why_and_goes_on_with_any_edit(
    glass: GlassMaker,
) -> None:
    window = glass(HUGE, wait=False)
    window.wait_until(lambda: "parameters need" in window.says)
    window.press(Qt.Key.Key_Space)
    window.wait_until(lambda: "no network to train" in window.says)
    assert not window.session.playing
    window.session.edit(XOR)
    window.wait_for_run(after=1)
    assert window.says == ""
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)


def test_a_start_that_fails_leaves_the_run_before_it(glass: GlassMaker) -> None:
    window = glass()
    window.session.take_steps(3)
    window.rest_at(3)
    weights = weights_of(window)
    window.session.start(HUGE)
    window.wait_until(lambda: "parameters need" in window.says)
    assert window.session.experiment == XOR
    draft = window.session.document.draft
    assert draft.value("network.hidden") == XOR.network.hidden
    assert "parameters need" in draft.problems["network.hidden"]
    np.testing.assert_array_equal(weights_of(window), weights)
    window.press(Qt.Key.Key_Right)
    window.rest_at(4)
    assert window.run_id == 1


def test_edits_that_follow_a_start_that_fails_do_not_reach_the_run_before_it(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.device = "abacus"
    window.session.start(XOR.with_values({"network.hidden": [3]}))
    window.session.edit(
        window.session.experiment.with_values({"training.learning_rate": 0.5})
    )
    window.wait_until(lambda: "abacus" in window.says)
    assert window.session.experiment == XOR
    slower = XOR.with_values({"training.learning_rate": 0.01})
    window.session.edit(slower)
    window.wait_until(lambda: window.view.run.experiment == slower)
    assert window.run_id == 1
    assert window.window.actions_by_key["undo"].text() == "&Undo learning rate"


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
    window.session.reset()
    window.wait_for_run(after=1)
    assert "not a finite number" not in window.says


def test_a_selection_outlives_a_new_start_of_the_same_network(
    glass: GlassMaker,
) -> None:
    window = glass()
    window.session.select(Unit(1, 6))
    window.session.use_seed(9)
    window.wait_for_run(after=1)
    assert window.view.selection == Unit(1, 6)


@pytest.mark.parametrize(
    "values",
    [{"network.hidden": [7]}, {"network.hidden": [8, 2]}, {"data.name": "circle"}],
    ids=["other layers", "one more layer", "other data"],
)
def test_nothing_is_selected_in_another_network_or_with_other_data(
    glass: GlassMaker, values: dict[str, Any]
) -> None:
    window = glass()
    window.session.select(Unit(1, 6))
    window.session.edit(XOR.with_values(values))
    window.wait_for_run(after=1)
    assert window.view.selection is None


def test_what_the_network_does_not_have_is_not_selected(glass: GlassMaker) -> None:
    window = glass()
    window.session.select(Unit(1, 1))
    for gone in (Unit(1, 99), Unit(9, 0), Parameter(1, 0, 784)):
        window.session.select(gone)
        assert window.view.selection == Unit(1, 1)
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
    assert window.session.experiment == digits


def test_data_that_are_not_there_leave_the_run_and_are_offered(
    glass: GlassMaker,
) -> None:
    window = glass(play=True)
    window.wait_until(lambda: window.step > 3)
    box = window.panel("experiment").findChild(QComboBox, "data.name")
    box.setCurrentIndex(box.findData("fashion-mnist"))
    box.activated.emit(box.currentIndex())
    window.wait_until(lambda: "Fashion-MNIST is not" in window.says)
    assert window.session.experiment == XOR
    assert window.session.playing
    at = window.step
    window.wait_until(lambda: window.step > at)
    assert window.run_id == 1
    assert box.currentData() == "xor"
    assert box.property(REFUSED)
    texts = [label.text() for label in window.panel("experiment").findChildren(QLabel)]
    (told,) = [text for text in texts if "Fashion-MNIST is not" in text]
    assert told.endswith(GOES_ON)
    offer = window.panel("experiment").findChild(QPushButton, "download")
    assert (offer.isVisible(), offer.text()) == (True, "Download Fashion-MNIST…")
    window.session.document.edit({"data.name": "circle"})
    window.wait_for_run(after=1)
    assert not box.property(REFUSED)
    assert not offer.isVisible()
    offers = window.window.message_bar.findChildren(QPushButton)
    assert "Download Fashion-MNIST" in [button.text() for button in offers]


def test_a_formula_that_cannot_be_had_leaves_form_and_picture_together(
    glass: GlassMaker,
) -> None:
    name = with_dependent_edits({"data.name": "formula"}, XOR)
    window = glass(XOR.with_values(name))
    running = window.session.experiment
    window.session.document.edit({"data.formula": "log(x)"})
    window.wait_until(lambda: "not finite" in window.says)
    assert window.session.experiment == window.view.run.experiment == running
    field = window.panel("experiment").findChild(QLineEdit, "data.formula")
    assert field.text() == running.data.formula
    window.session.document.edit({"training.learning_rate": 0.5})
    window.wait_until(lambda: window.view.run.experiment == window.session.experiment)
    assert (window.run_id, field.text()) == (1, running.data.formula)


def test_a_formula_that_is_typed_and_cannot_be_had_can_be_mended(
    glass: GlassMaker,
) -> None:
    name = with_dependent_edits({"data.name": "formula"}, XOR)
    window = glass(XOR.with_values(name))
    running = window.session.experiment.data.formula
    field = window.panel("experiment").findChild(QLineEdit, "data.formula")
    window.focus(field)
    field.selectAll()
    window.type("log(x)")
    window.press(Qt.Key.Key_Return)
    window.wait_until(lambda: field.property(REFUSED))
    assert field.text() == "log(x)"
    window.press(Qt.Key.Key_Tab)
    assert field.text() == running
    assert field.accessibleDescription().startswith("Formula: log(x) is not finite")
    assert window.session.experiment.data.formula == running
    assert window.run_id == 1


def test_a_preset_whose_data_are_not_there_leaves_the_form_as_it_was(
    glass: GlassMaker,
) -> None:
    window = glass("circle")
    preset = window.window.findChild(QComboBox, "preset")
    preset.setCurrentIndex(preset.findText("mnist"))
    preset.activated.emit(preset.currentIndex())
    window.wait_until(lambda: "MNIST is not" in window.says)
    data = window.panel("experiment").findChild(QComboBox, "data.name")
    assert (preset.currentText(), data.currentData()) == ("circle", "circle")
    assert "MNIST is not" in data.accessibleDescription()


def test_a_folder_with_damaged_data_leaves_the_form_as_it_was(
    glass: GlassMaker, tmp_path: Path
) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    for name in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3"):
        (folder / f"{name}-ubyte").write_bytes(b"xx")
    (folder / "t10k-labels-idx1-ubyte").write_bytes(b"xx")
    window = glass("circle")
    window.drop(folder)
    window.wait_until(lambda: "ends too early" in window.says)
    data = window.panel("experiment").findChild(QComboBox, "data.name")
    assert data.currentData() == window.view.run.experiment.data.name == "circle"
    assert data.accessibleDescription().startswith("MNIST: ")


def test_an_unchanged_experiment_changes_nothing(glass: GlassMaker) -> None:
    window = glass()
    window.session.edit(Experiment(XOR.data, XOR.network, XOR.training))
    window.press(Qt.Key.Key_Right)
    window.rest_at(1)
    assert window.run_id == 1


def test_no_training_begins_while_what_is_being_typed_is_refused(
    glass: GlassMaker,
) -> None:
    window = glass()
    session = window.session
    is_right = [False]
    session.document.finishers.append(lambda: is_right[0])
    for begin in (session.step_batch, session.step_epoch, session.toggle_playing):
        begin()
        assert not session.playing
    is_right[0] = True
    session.step_batch()
    window.rest_at(1)
