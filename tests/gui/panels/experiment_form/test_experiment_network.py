"""The network in the experiment column: layers, activations, and what fits."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from core.experiment.model import ONE_OUTPUT, Experiment
from gui.panels.experiment_form.editors import OneOutputBox
from gui.panels.experiment_form.layer_list import LayerList
from gui.style.number_format import TIMES
from tests.gui.support.experiment_forms import Form, choose_next, press


def test_units_act_when_typing_is_done(form: Form, qtbot: QtBot):
    form.type(form.named("Units of hidden layer 1"), "128", qtbot)
    assert [e.network.hidden for e in form.announced] == [(128, 16)]
    assert "102,714 parameters" in form.texts()


def add_button(form: Form) -> QAbstractButton:
    return form.button("Add la&yer")


def test_added_layer_repeats_the_last_and_can_be_removed(form: Form, qtbot: QtBot):
    form.type(form.named("Units of hidden layer 2"), "20", qtbot)
    press(add_button(form), qtbot)
    assert form.last.network.hidden == (16, 20, 20)
    press(form.named("Remove hidden layer 1"), qtbot)
    assert form.last.network.hidden == (20, 20)


def test_all_hidden_layers_can_be_removed_and_added_again(form: Form, qtbot: QtBot):
    press(form.named("Remove hidden layer 2"), qtbot)
    press(form.named("Remove hidden layer 1"), qtbot)
    assert form.last.network.hidden == ()
    assert "7,850 parameters" in form.texts()
    press(add_button(form), qtbot)
    assert form.last.network.hidden == (16,)
    assert form.last.network.activations == ("relu",)


def test_each_layer_has_its_own_activation(form: Form, qtbot: QtBot):
    choose_next(form.named("Activation of hidden layer 2"), qtbot)
    assert form.last.network.activation == ("relu", "sigmoid")
    choose_next(form.named("Activation of hidden layer 1"), qtbot)
    assert form.last.network.activation == "sigmoid"


def test_output_that_does_not_fit_the_loss_waits_for_a_fitting_loss(
    form: Form, qtbot: QtBot
):
    output = form.named("Activation of the output")
    choose_next(output, qtbot)
    assert form.last.network.output == "sigmoid"
    form.announced.clear()

    choose_next(output, qtbot)
    assert form.announced == []
    assert "cross-entropy needs Output softmax or sigmoid" in form.texts()
    assert output.currentText() == "tanh"

    choose_next(form.editor("training.loss"), qtbot)
    assert form.last.network.output == "tanh"
    assert form.last.training.loss == "squared-error"
    assert "needs Output" not in form.texts()


def test_network_that_does_not_fit_is_refused_and_the_last_one_stays(
    form: Form, qtbot: QtBot
):
    form.type(form.named("Units of hidden layer 1"), "100000", qtbot)
    before = form.last
    form.announced.clear()

    form.type(form.named("Units of hidden layer 2"), "1000000", qtbot)

    assert form.announced == []
    assert form.experiment == before
    said = f"1.00{TIMES}10¹¹ parameters need 400.4 GB for the weights alone"
    assert said in form.texts()
    assert "the most that Glassbox takes is" in form.texts()
    assert form.named("Units of hidden layer 2").value() == 1_000_000

    form.type(form.named("Units of hidden layer 2"), "32", qtbot)
    assert form.last.network.hidden == (100_000, 32)
    assert "Too large" not in form.texts()


def test_adam_can_be_what_does_not_fit(form: Form, qtbot: QtBot):
    wished = Experiment().with_values({"network.hidden": [30_000, 30_000]})
    form.document.show(wished)
    optimizer = form.editor("training.optimizer")
    choose_next(optimizer, qtbot)
    assert "while training with momentum" in form.texts()
    assert form.announced == []


def test_tab_goes_through_the_layers_from_top_to_bottom(form: Form, qtbot: QtBot):
    press(add_button(form), qtbot)
    form.named("Units of hidden layer 1").setFocus()
    seen = []
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().accessibleName())
    assert seen[:11] == [
        "Activation of hidden layer 1",
        "Remove hidden layer 1",
        "Units of hidden layer 2",
        "Activation of hidden layer 2",
        "Remove hidden layer 2",
        "Units of hidden layer 3",
        "Activation of hidden layer 3",
        "Remove hidden layer 3",
        "Activation of all hidden layers",
        "About the activations",
        "Activation of the output",
    ]


def test_all_hidden_layers_get_an_activation_at_once(form: Form):
    layers = form.panel.findChild(LayerList)
    assert layers is not None
    form.document.edit({"network.hidden": [4, 4, 4], "network.activation": "sigmoid"})
    assert layers.all.isVisibleTo(form.panel)
    assert layers.all.currentData() == "sigmoid"
    form.document.edit({"network.activation": ["relu", "sigmoid", "sigmoid"]})
    assert layers.all.currentIndex() == -1
    layers.all.setCurrentIndex(layers.all.findData("relu"))
    layers.all.activated.emit(layers.all.currentIndex())
    assert form.document.experiment.network.activations == ("relu",) * 3
    form.document.edit({"network.hidden": [4]})
    assert not layers.all.isVisibleTo(form.panel)


def test_two_classes_may_share_an_output(form: Form):
    form.document.edit({"data.name": "circle"})
    form.document.edit({"data.outputs": ONE_OUTPUT})
    experiment = form.document.experiment
    assert (experiment.network.output, experiment.spec.n_outputs) == ("sigmoid", 1)
    box = form.editor("data.outputs")
    assert isinstance(box, OneOutputBox)
    assert box.isChecked()
    # Other two classes keep it, three classes or numbers cannot have it.
    form.document.edit({"data.name": "xor"})
    assert form.document.experiment.spec.n_outputs == 1
    form.document.edit({"data.name": "rings"})
    assert form.document.experiment.data.outputs == ()
    form.document.edit({"data.name": "moons"})
    box.click()
    assert form.document.experiment.data.outputs == ONE_OUTPUT
    form.document.edit({"data.name": "sine"})
    assert form.document.experiment.data.outputs == ()


def test_a_number_of_units_that_is_shown_has_the_room_of_one_that_is_typed(
    form: Form, qtbot: QtBot
):
    """One that is cut off is another number: "2,04" for 2,048."""
    box = form.named("Units of hidden layer 1")
    form.type(box, "2048", qtbot)
    needed = box.width()
    for units, is_needed in ((16, False), (2048, True), (7, False), (2048, True)):
        form.document.show(Experiment().with_values({"network.hidden": [units, 16]}))
        QApplication.processEvents()
        assert (box.width() == needed) == is_needed
