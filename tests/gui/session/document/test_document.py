"""The experiment as a document: edits from anywhere, and what undo makes of them."""

import pytest
from pytestqt.qtbot import QtBot

from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.protocol.branch import Turn
from gui.session.document import commands
from gui.session.document.commands import Situation
from gui.session.document.document import ExperimentDocument, Notice
from gui.session.document.draft import Draft
from gui.session.document.edit_texts import edit_text
from gui.session.document.layer_edit import LayerEdit
from tests.gui.support.experiment_forms import Form, press
from tests.gui.support.sample_views import sample_dataset

CIRCLE = load_preset("circle").experiment


class Desk:
    """A document, and what it wants to run."""

    def __init__(self, experiment: Experiment = CIRCLE) -> None:
        self.document = ExperimentDocument(free_memory=lambda: 10**10)
        self.document.start_over(experiment, "start")
        self.document.take_start(experiment, sample_dataset())
        self.stack = self.document.undo_stack
        self.wanted: list[Situation] = []
        self.document.situation_changed.connect(self.wanted.append)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_a_preset_that_differs_in_training_values_alone_starts_over():
    collapsed = CIRCLE.with_values({"training.l2": 100.0})
    desk = Desk(collapsed)
    desk.document.choose_preset("circle", CIRCLE)
    (wanted,) = desk.wanted
    assert wanted.experiment == CIRCLE
    assert wanted.run_id == 2


def test_training_values_act_on_the_run_and_data_start_another(desk: Desk):
    desk.document.edit({"training.l2": 0.5})
    desk.document.edit({"data.noise": 0.2})
    assert [wanted.run_id for wanted in desk.wanted] == [1, 2]


def test_another_optimiser_brings_its_rate_and_one_undo_takes_back_both():
    desk = Desk(Experiment())
    before = desk.document.experiment.training
    desk.document.edit({"training.optimizer": "adam"})
    training = desk.document.experiment.training
    assert (training.optimizer, training.learning_rate) == ("adam", 0.003)
    assert "0.003, which suits Adam" in desk.document.notes["training.learning_rate"]
    assert desk.stack.undo_text == "optimiser"
    desk.stack.undo()
    assert desk.document.experiment.training == before
    assert "training.learning_rate" not in desk.document.notes


def test_the_optimiser_of_the_preset_brings_the_rate_of_the_preset_back():
    preset = CIRCLE.with_values({"training.learning_rate": 0.7})
    desk = Desk(preset)
    desk.document.edit({"training.optimizer": "sgd"})
    assert desk.document.experiment.training.learning_rate == 0.1
    desk.document.use_seed(3)
    desk.document.edit({"training.optimizer": preset.training.optimizer})
    assert desk.document.experiment.training.learning_rate == 0.7


def test_a_typed_rate_stays_with_every_optimiser_until_another_preset():
    desk = Desk(Experiment())
    desk.document.edit({"training.learning_rate": 0.02})
    desk.document.edit({"network.hidden": [3]})
    desk.document.edit({"training.optimizer": "adam"})
    assert desk.document.experiment.training.learning_rate == 0.02
    desk.document.choose_preset("digits", Experiment())
    desk.document.edit({"training.optimizer": "adam"})
    assert desk.document.experiment.training.learning_rate == 0.003


def test_a_typed_rate_that_was_undone_is_no_typed_rate():
    desk = Desk(Experiment())
    desk.document.edit({"training.learning_rate": 0.02})
    desk.stack.undo()
    desk.document.edit({"training.optimizer": "adam"})
    assert desk.document.experiment.training.learning_rate == 0.003


def test_undo_of_a_start_asks_for_the_run_before_and_redo_for_the_later(desk: Desk):
    desk.document.edit({"network.hidden": [3]})
    desk.document.use_seed(9)
    assert desk.stack.undo_text == "new seed"
    desk.stack.undo()
    desk.stack.undo()
    desk.stack.redo()
    assert [wanted.run_id for wanted in desk.wanted] == [2, 3, 2, 1, 2]
    assert desk.document.experiment.network.hidden == (3,)


def test_a_reset_begins_with_the_same_given_weights(desk: Desk):
    params = ((sample_dataset().train.inputs, sample_dataset().train.inputs),)
    desk.document.start_over(CIRCLE, "opening of w.npz", params=params)
    desk.document.reset()
    assert desk.wanted[-1].params is params
    assert desk.stack.undo_text == "reset"


def test_what_was_done_after_an_undo_takes_the_place_of_the_redo(desk: Desk):
    desk.document.edit({"training.l2": 0.5})
    desk.stack.undo()
    desk.document.edit({"training.l1": 0.5})
    assert desk.stack.redo_text == ""
    desk.stack.undo()
    assert desk.document.experiment == CIRCLE
    assert desk.stack.undo_text == ""


def test_edits_of_one_value_that_follow_fast_are_one_and_back_again_is_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(commands, "SAME_EDIT_SECONDS", 60.0)
    for value in (0.1, 0.2, 0.5):
        desk.document.edit({"training.l2": value})
    assert len(desk.stack.done) == 1
    desk.document.edit({"training.l2": CIRCLE.training.l2})
    assert desk.stack.done == []


def test_a_later_step_waits_and_another_branch_forgets_it(desk: Desk):
    desk.document.take_place(1, 20)
    desk.document.edit({"training.l2": 0.5})
    desk.document.take_place(1, 5)
    assert desk.stack.undo_text == ""
    desk.document.take_place(1, 20)
    assert desk.stack.undo_text == "L2"
    desk.document.take_turn(1, Turn(5, 9, 1))
    assert desk.stack.done == []


def test_a_start_that_fails_leaves_the_form_with_what_runs_and_the_reason(desk: Desk):
    desk.document.edit({"training.l2": 0.5})
    running = desk.document.experiment
    desk.document.edit({"data.name": "mnist"})
    desk.document.fall_back(running, "MNIST is not here", missing_data="mnist")
    draft = desk.document.draft
    assert desk.document.experiment == running
    assert desk.document.situation.run_id == 1
    assert draft.value("data.name") == "circle"
    assert draft.problems == {"data.name": "MNIST is not here"}
    assert desk.document.notice.missing_data == "mnist"
    assert desk.stack.undo_text == "L2"
    # Still said, but not tried again with the next edit.
    desk.document.edit({"training.l1": 0.5})
    assert desk.wanted[-1].experiment == running.with_values({"training.l1": 0.5})
    assert draft.problems == {"data.name": "MNIST is not here"}
    desk.document.edit({"data.name": "circle"})
    assert draft.problems == {}
    assert desk.document.notice == Notice()


def test_a_reason_names_the_value_that_was_refused(desk: Desk):
    desk.document.edit({"data.name": "mnist"})
    desk.document.fall_back(CIRCLE, "The file ends too early")
    assert desk.document.draft.problems["data.name"] == "MNIST: The file ends too early"


def test_what_is_refused_stays_where_it_is_typed_until_that_is_left(desk: Desk):
    document = desk.document
    document.in_hand = lambda: ("data.n_points",)
    document.edit({"data.n_points": 700})
    document.fall_back(CIRCLE, "No room for 700")
    assert document.draft.value("data.n_points") == 700
    assert document.draft.refusal_of("data.n_points") == "No room for 700"
    document.put_back(("data.n_points",))
    assert document.draft.refusal_of("data.n_points") == "", "this value runs"
    assert document.draft.value("data.n_points") == CIRCLE.data.n_points
    assert document.draft.problems == {"data.n_points": "No room for 700"}


def test_refused_layers_are_named_beside_those_that_run(form: Form):
    document, running = form.document, form.experiment
    document.edit_layers(LayerEdit("activation", 1, 0, "tanh"))
    document.edit_layers(LayerEdit("insert", 2))
    document.fall_back(running, "No room on the device")
    assert document.draft.layers == running.network
    layers = " · ".join(map(str, (*running.network.hidden, 16)))
    assert f"{layers}: No room on the device" in form.texts()
    document.edit_layers(LayerEdit("activation", 1, 0, "tanh"))
    assert document.draft.problems == {}
    assert form.experiment.network.activations == ("tanh", "relu")


def test_starts_that_fail_one_after_the_other_leave_what_runs(desk: Desk):
    for name in ("mnist", "fashion-mnist"):
        desk.document.edit({"data.name": name})
    desk.document.fall_back(CIRCLE, "not here", missing_data="fashion-mnist")
    assert desk.document.experiment == CIRCLE
    assert desk.stack.done == []


def test_an_undo_whose_run_cannot_be_had_is_as_if_not_asked_for(desk: Desk):
    desk.document.edit({"training.l2": 0.5})
    desk.document.edit({"network.hidden": [3]})
    wide = desk.document.experiment
    desk.document.take_start(wide, sample_dataset())
    desk.stack.undo()
    desk.document.fall_back(wide, "The device is gone")
    assert desk.document.situation.run_id == 2
    assert desk.document.experiment == wide
    assert [command.text() for command in desk.stack.done] == ["hidden layers", "L2"]


def test_layers_edited_in_the_picture_and_in_the_form_are_the_same(
    form: Form, qtbot: QtBot
):
    edits = [
        ("Remove hidden layer 2", LayerEdit("remove", 2)),
        ("Remove hidden layer 1", LayerEdit("remove", 1)),
        ("Add la&yer", LayerEdit("insert", 0)),
        ("Add la&yer", LayerEdit("insert", 1)),
    ]
    picture = Desk(form.experiment)
    for name, edit in edits:
        press(form.button(name), qtbot)
        picture.document.edit_layers(edit)
        assert form.experiment == picture.document.experiment
    assert form.experiment.network.hidden == (16, 16)


def test_draft_tries_pending_edits_again_with_the_next():
    draft = Draft(Experiment(), lambda _experiment: None)
    assert not draft.edit({"network.output": "identity"})
    assert draft.value("network.output") == "identity"
    assert draft.in_force.network.output == "softmax"
    assert draft.edit({"training.loss": "squared-error"})
    assert draft.in_force.network.output == "identity"
    assert draft.problems == {}


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (("training.learning_rate",), "learning rate"),
        (("training.l1",), "L1"),
        (("network.activation", "network.hidden"), "hidden layers"),
        (("data.name", "data.inputs"), "examples"),
        (("data.formula",), "formula"),
        (("network.bias",), "biases"),
    ],
)
def test_the_menu_names_what_was_edited(keys: tuple[str, ...], text: str):
    assert edit_text(keys) == text


def test_the_memory_of_the_device_counts_where_it_has_its_own() -> None:
    document = ExperimentDocument(free_memory=lambda: 1000)
    document.start_over(CIRCLE, "start")
    document.take_start(CIRCLE, sample_dataset())
    document.edit({"network.hidden": [20]})
    assert document.experiment == CIRCLE
    document.take_start(CIRCLE, sample_dataset(), device_bytes=10**12)
    document.edit({"network.hidden": [30]})
    assert document.experiment.network.hidden == (30,)


def test_what_is_too_large_is_told_at_its_layers_and_not_at_its_data():
    desk = Desk()
    large = load_preset("parameters").experiment
    desk.document.choose_preset("parameters", large)
    desk.document.fall_back(CIRCLE, "No room for so many")
    assert set(desk.document.draft.problems) == {"network.hidden"}


def test_data_that_are_not_here_are_no_more_offered_once_a_preset_has_started():
    desk = Desk()
    desk.document.edit({"data.name": "mnist"})
    desk.document.fall_back(CIRCLE, "MNIST is not here", missing_data="mnist")
    other = CIRCLE.with_values({"training.l2": 0.5})
    desk.document.choose_preset("other", other)
    assert desk.document.notice == Notice()
