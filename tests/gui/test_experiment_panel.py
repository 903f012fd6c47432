"""The experiment column, driven by mouse and keys."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.experiment import inline
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.experiment.rules import (
    DATASETS,
    LOSSES,
    OPTIMIZERS,
    all_keys,
)
from core.network_spec import HIDDEN_ACTIVATIONS, INITIALIZERS, OUTPUT_ACTIVATIONS
from gui.experiment_form import words
from gui.experiment_form.draft import Draft, values_of
from gui.experiment_form.edit_history import EditHistory
from gui.experiment_form.editors import NumberBox, WholeBox
from gui.experiment_form.stepping import next_linear_step, next_log_step, number_text
from gui.panels.experiment_panel import ExperimentPanel
from tests.gui.sample_views import sample_view

GB = 1_000_000_000


class Form:
    """The panel with what it announced."""

    def __init__(self, panel: ExperimentPanel) -> None:
        self.panel = panel
        self.announced: list[Experiment] = []
        panel.experiment_edited.connect(self.announced.append)

    @property
    def last(self) -> Experiment:
        return self.announced[-1]

    def editor(self, key: str) -> QWidget:
        return self.panel.findChild(QWidget, key)

    def named(self, name: str) -> QWidget:
        found = [
            w for w in self.panel.findChildren(QWidget) if w.accessibleName() == name
        ]
        assert len(found) == 1, name
        return found[0]

    def type(self, widget: QWidget, text: str, qtbot: QtBot) -> None:
        target = widget.focusProxy() or widget
        target.setFocus()
        qtbot.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(target, text)
        qtbot.keyClick(target, Qt.Key.Key_Return)

    def texts(self) -> str:
        labels = self.panel.findChildren(QLabel)
        return "\n".join(label.text() for label in labels if label.isVisible())


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    panel = ExperimentPanel(free_memory=lambda: 12 * GB)
    qtbot.addWidget(panel)
    panel.resize(290, 900)
    panel.show()
    panel.activateWindow()
    qtbot.waitActive(panel)
    panel.set_view(sample_view())
    yield Form(panel)
    panel.hide()


def press(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()  # new rows become visible


def choose_next(box: QWidget, qtbot: QtBot) -> None:
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)


def test_shows_the_run_without_announcing_it(form: Form):
    assert form.announced == []
    assert form.panel.experiment == sample_view().run.experiment
    assert "13,002 parameters · about 19.0 MB while training with SGD" in form.texts()


def test_typed_learning_rate_acts_once_on_return(form: Form, qtbot: QtBot):
    form.type(form.editor("training.learning_rate"), "1e-3", qtbot)
    assert [e.training.learning_rate for e in form.announced] == [1e-3]


def test_learning_rate_may_have_a_comma(form: Form, qtbot: QtBot):
    form.type(form.editor("training.learning_rate"), "0,03", qtbot)
    assert form.last.training.learning_rate == 0.03


def test_arrows_step_the_learning_rate_by_one_two_five(form: Form, qtbot: QtBot):
    editor = form.editor("training.learning_rate")
    editor.setFocus()
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_Up)
    for _ in range(4):
        qtbot.keyClick(editor, Qt.Key.Key_Down)
    rates = [e.training.learning_rate for e in form.announced]
    assert rates == [0.2, 0.5, 1.0, 0.5, 0.2, 0.1, 0.05]


def test_impossible_number_is_explained_and_the_last_one_stays(
    form: Form, qtbot: QtBot
):
    form.type(form.editor("training.learning_rate"), "fast", qtbot)
    assert form.announced == []
    assert "training.learning_rate: 'fast' is not possible" in form.texts()
    assert "allowed is a number above 0, up to 1000" in form.texts()

    form.type(form.editor("training.batch_size"), "64", qtbot)
    assert form.last.training.batch_size == 64
    assert form.last.training.learning_rate == 0.1
    assert "'fast'" in form.texts()

    form.type(form.editor("training.learning_rate"), "0.2", qtbot)
    assert form.last.training.learning_rate == 0.2
    assert "not possible" not in form.texts()


def test_penalty_steps_from_zero_to_a_millionth_and_back(form: Form, qtbot: QtBot):
    editor = form.editor("training.l2")
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert [e.training.l2 for e in form.announced] == [1e-6, 2e-6, 1e-6, 0.0]


def test_units_act_when_typing_is_done(form: Form, qtbot: QtBot):
    form.type(form.named("Units of hidden layer 1"), "128", qtbot)
    assert [e.network.hidden for e in form.announced] == [(128, 16)]
    assert "102,714 parameters" in form.texts()


def add_button(form: Form) -> QPushButton:
    buttons = form.panel.findChildren(QPushButton)
    return next(b for b in buttons if "+ Add" in b.text())


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
    output.setFocus()
    qtbot.keyClick(output, Qt.Key.Key_Down)
    assert form.last.network.output == "sigmoid"
    form.announced.clear()

    qtbot.keyClick(output, Qt.Key.Key_Down)
    assert form.announced == []
    assert "'cross-entropy' needs network.output softmax or sigmoid" in form.texts()
    assert output.currentText() == "tanh"

    choose_next(form.editor("training.loss"), qtbot)
    assert form.last.network.output == "tanh"
    assert form.last.training.loss == "squared-error"
    assert "needs network.output" not in form.texts()


def test_network_that_does_not_fit_is_refused_and_the_last_one_stays(
    form: Form, qtbot: QtBot
):
    form.type(form.named("Units of hidden layer 1"), "1000000", qtbot)
    before = form.last
    form.announced.clear()

    form.type(form.named("Units of hidden layer 2"), "1000000", qtbot)

    assert form.announced == []
    assert form.panel.experiment == before
    assert "1.00e12 parameters need 4.0 TB for the weights alone" in form.texts()
    assert "12.0 GB are free" in form.texts()
    assert form.named("Units of hidden layer 2").value() == 1_000_000

    form.type(form.named("Units of hidden layer 2"), "32", qtbot)
    assert form.last.network.hidden == (1_000_000, 32)
    assert "Too large" not in form.texts()


def test_adam_can_be_what_does_not_fit(form: Form, qtbot: QtBot):
    wished = Experiment().with_values({"network.hidden": [30_000, 30_000]})
    form.panel.set_experiment(wished)
    optimizer = form.editor("training.optimizer")
    choose_next(optimizer, qtbot)
    assert "while training with momentum" in form.texts()
    assert form.announced == []


def test_ctrl_z_takes_edits_back_and_ctrl_y_does_them_again(form: Form, qtbot: QtBot):
    start = form.panel.experiment
    form.type(form.editor("training.batch_size"), "64", qtbot)
    form.type(form.editor("training.batch_size"), "128", qtbot)
    control = Qt.KeyboardModifier.ControlModifier
    focus = QApplication.focusWidget()

    qtbot.keyClick(focus, Qt.Key.Key_Z, control)
    assert form.last.training.batch_size == 64
    qtbot.keyClick(focus, Qt.Key.Key_Z, control)
    assert form.last == start
    qtbot.keyClick(focus, Qt.Key.Key_Z, control)
    assert len(form.announced) == 4
    qtbot.keyClick(focus, Qt.Key.Key_Z, control | Qt.KeyboardModifier.ShiftModifier)
    assert form.last.training.batch_size == 64
    assert form.editor("training.batch_size").value() == 64


def test_ctrl_z_while_typing_undoes_the_typing_only(form: Form, qtbot: QtBot):
    form.type(form.editor("training.batch_size"), "64", qtbot)
    form.announced.clear()
    editor = form.editor("training.learning_rate")
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_End)
    qtbot.keyClicks(editor, "5")
    assert editor.lineEdit().text() == "0.15"
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.lineEdit().text() == "0.1"
    assert form.announced == []


def test_preset_is_announced_and_undone(form: Form, qtbot: QtBot):
    start = form.panel.experiment
    box = form.named("Preset")
    assert box.currentText() == "digits"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_X)
    assert form.last == load_preset("xor").experiment
    assert "42 parameters" in form.texts()
    press(_button(form, "Undo"), qtbot)
    assert form.last == start
    assert box.currentText() == "digits"


def _button(form: Form, name: str) -> QToolButton:
    return next(
        b for b in form.panel.findChildren(QToolButton) if b.toolTip().startswith(name)
    )


def test_edited_preset_is_an_own_experiment(form: Form, qtbot: QtBot):
    form.type(form.editor("training.batch_size"), "64", qtbot)
    box = form.named("Preset")
    assert isinstance(box, QComboBox)
    assert box.currentIndex() == -1


def test_die_throws_another_seed(form: Form, qtbot: QtBot):
    press(form.named("Another seed, by chance"), qtbot)
    assert len(form.announced) == 1
    assert form.last.training.seed != 0
    assert replace(form.last.training, seed=0) == Experiment().training


def test_train_share_can_be_left_to_the_data_set(form: Form, qtbot: QtBot):
    editor = form.editor("data.train_fraction")
    form.type(editor, "0.25", qtbot)
    assert form.last.data.train_fraction == 0.25
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert form.last.data.train_fraction is None


def test_folder_is_asked_for_idx_data_only(form: Form, qtbot: QtBot):
    assert not form.editor("data.path").isVisible()
    choose_next(form.editor("data.name"), qtbot)
    assert form.last.data.name == "mnist"
    assert form.editor("data.path").isVisible()
    form.type(form.editor("data.path"), "/somewhere", qtbot)
    assert form.last.data.path == "/somewhere"


def test_labels_are_shuffled_at_a_click(form: Form, qtbot: QtBot):
    box = form.editor("data.shuffled_labels")
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert form.last.data.shuffled_labels is True


def test_missing_data_can_be_downloaded(form: Form, qtbot: QtBot):
    form.panel.set_experiment(load_preset("mnist").experiment)
    form.panel.show_notice("MNIST was not found.", True)
    assert "MNIST was not found." in form.texts()
    button = next(
        b for b in form.panel.findChildren(QPushButton) if "Download" in b.text()
    )
    assert button.isVisible()
    assert button.text() == "Download MNIST…"
    with qtbot.waitSignal(form.panel.download_wished) as wished:
        press(button, qtbot)
    assert wished.args == ["mnist"]

    choose_next(form.editor("data.name"), qtbot)
    assert not button.isVisible()
    assert "MNIST was not found." not in form.texts()


def test_set_experiment_announces_nothing_and_can_be_undone(form: Form, qtbot: QtBot):
    start = form.panel.experiment
    form.panel.set_experiment(load_preset("spiral").experiment)
    assert form.announced == []
    assert form.named("Units of hidden layer 1").value() == 32
    press(_button(form, "Undo"), qtbot)
    assert form.announced == [start]


def test_run_that_edits_have_overtaken_does_not_take_the_form_back(
    form: Form, qtbot: QtBot
):
    form.type(form.editor("training.batch_size"), "64", qtbot)
    form.type(form.editor("training.batch_size"), "128", qtbot)
    older, newest = form.announced
    view = sample_view()

    form.panel.set_view(
        replace(view, run=replace(view.run, run_id=2, experiment=older))
    )
    assert form.panel.experiment == newest
    form.panel.set_view(
        replace(view, run=replace(view.run, run_id=3, experiment=newest))
    )
    assert form.panel.experiment == newest
    other = newest.with_values({"data.name": "xor"})
    form.panel.set_view(
        replace(view, run=replace(view.run, run_id=4, experiment=other))
    )
    assert form.panel.experiment == other


def test_fields_keep_what_is_being_typed_while_views_arrive(form: Form, qtbot: QtBot):
    editor = form.editor("training.learning_rate")
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "0.0")
    form.panel.set_view(form.panel.view)
    assert editor.lineEdit().text() == "0.0"


def test_wheel_over_a_field_without_focus_scrolls_instead(form: Form):
    form.panel.resize(290, 300)
    QApplication.processEvents()
    editor = form.editor("data.noise")
    form.named("Preset").setFocus()
    spot = editor.mapTo(form.panel, editor.rect().center())
    QTest.wheelEvent(form.panel.windowHandle(), QPointF(spot), QPoint(0, -120))
    assert form.announced == []
    assert form.panel.findChild(QScrollArea).verticalScrollBar().value() > 0


def test_tab_goes_through_the_layers_from_top_to_bottom(form: Form, qtbot: QtBot):
    press(add_button(form), qtbot)
    form.named("Units of hidden layer 1").setFocus()
    seen = []
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget().accessibleName())
    assert seen[:10] == [
        "Activation of hidden layer 1",
        "Remove hidden layer 1",
        "Units of hidden layer 2",
        "Activation of hidden layer 2",
        "Remove hidden layer 2",
        "Units of hidden layer 3",
        "Activation of hidden layer 3",
        "Remove hidden layer 3",
        "",
        "Activation of the output",
    ]


def test_column_is_narrow(form: Form):
    assert form.panel.minimumSizeHint().width() <= 290
    scroll = form.panel.findChild(QScrollArea)
    assert scroll.widget().width() <= scroll.viewport().width()


def test_every_key_can_be_edited(form: Form):
    layers = {"network.hidden", "network.activation", "network.output"}
    # The layers have a list, own examples a box, given weights a button.
    given = {"network.initial_weights", "network.initial_biases"}
    examples = {f"data.{key}" for key in inline.KEYS}
    for key in set(all_keys()) - layers - given - examples:
        assert form.editor(key) is not None, key
        assert words.FIELDS[key].meaning


@pytest.mark.parametrize(
    ("names", "table"),
    [
        (DATASETS, words.DATASETS),
        (HIDDEN_ACTIVATIONS + OUTPUT_ACTIVATIONS, words.ACTIVATIONS),
        (INITIALIZERS, words.INITIALIZERS),
        (LOSSES, words.LOSSES),
        (OPTIMIZERS, words.OPTIMIZERS),
    ],
)
def test_every_choice_has_words(names: tuple[str, ...], table: dict[str, object]):
    assert set(names) == set(table)


def test_values_of_names_every_key():
    assert tuple(values_of(Experiment())) == all_keys()


def test_draft_tries_pending_edits_again_with_the_next():
    draft = Draft(Experiment(), lambda _experiment: None)
    assert not draft.edit({"network.output": "identity"})
    assert draft.value("network.output") == "identity"
    assert draft.in_force.network.output == "softmax"
    assert draft.edit({"training.loss": "squared-error"})
    assert draft.in_force.network.output == "identity"
    assert draft.problems == {}


def test_draft_tells_each_problem_beside_its_own_key():
    draft = Draft(Experiment(), lambda _experiment: None)
    draft.edit({"training.learning_rate": "abc"})
    draft.edit({"network.output": "tanh"})
    assert "'abc'" in draft.problems["training.learning_rate"]
    assert "'tanh'" in draft.problems["network.output"]


def test_history_forgets_what_was_undone_at_a_new_edit():
    first, second, third = (
        Experiment().with_values({"training.seed": seed}) for seed in (1, 2, 3)
    )
    history = EditHistory(first)
    history.push(second)
    assert history.undo() == first
    history.push(third)
    assert history.redo() is None
    assert history.undo() == first
    assert history.undo() is None


def test_log_steps_reach_the_next_round_number_from_anywhere():
    steps = [
        next_log_step(v, up=up, lowest=1e-6, zero=False)
        for v, up in ((0.03, True), (0.03, False), (0.1 + 0.2, True), (1e-6, False))
    ]
    assert steps == [0.05, 0.02, 0.5, 1e-6]


def test_even_steps_go_to_multiples():
    assert next_linear_step(0.3, 0.1, up=True) == 0.4
    assert next_linear_step(0.33, 0.1, up=False) == 0.3


@pytest.mark.parametrize("value", [0.03, 1e-5, 12.0, 0.1 + 0.2, 123456.0])
def test_number_text_is_read_back(value: float):
    assert float(number_text(value)) == pytest.approx(value, rel=1e-8)


def test_small_numbers_are_written_as_people_type_them():
    assert (number_text(1e-5), number_text(0.001)) == ("1e-5", "0.001")


def test_boxes_announce_nothing_when_shown_a_value(qtbot: QtBot):
    number, whole = NumberBox(), WholeBox(1, 10)
    qtbot.addWidget(number)
    qtbot.addWidget(whole)
    with qtbot.assertNotEmitted(number.value_edited):
        number.show_value(0.5)
    with qtbot.assertNotEmitted(whole.value_edited):
        whole.show_value(7)
    assert (number.lineEdit().text(), whole.value()) == ("0.5", 7)
