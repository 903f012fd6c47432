"""The experiment column, driven by mouse and keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QPushButton,
    QScrollArea,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from core.experiment import inline
from core.experiment.model import Experiment
from core.experiment.presets import load_preset
from core.experiment.rules import (
    FILE_KEYS,
    all_keys,
)
from gui.session.document import commands
from gui.style import experiment_labels
from tests.gui.support.experiment_forms import Form, choose_next, press
from tests.gui.support.sample_views import sample_view


def test_shows_the_run_without_announcing_it(form: Form):
    assert form.announced == []
    assert form.experiment == sample_view().run.experiment
    assert "13,002 parameters" in form.texts()
    assert "about 136.4 MB" in form.texts()


def test_typed_learning_rate_acts_once_on_return(form: Form, qtbot: QtBot):
    form.type(form.editor("training.learning_rate"), "1e-3", qtbot)
    assert [e.training.learning_rate for e in form.announced] == [1e-3]


def test_a_comma_for_decimals_is_refused_with_the_way_to_write_it(
    form: Form, qtbot: QtBot
):
    form.type(form.editor("training.learning_rate"), "0,03", qtbot)
    assert not form.announced
    assert "write 0.03" in form.texts()


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
    form.type(form.editor("training.learning_rate"), "1e", qtbot)
    assert form.announced == []
    assert "1e is not a number: write one such as" in form.texts()
    form.type(form.editor("training.learning_rate"), "5000", qtbot)
    assert form.announced == []
    assert "expected a number above 0 and at most 1000" in form.texts()

    form.type(form.editor("training.learning_rate"), "1e", qtbot)
    form.type(form.editor("training.batch_size"), "64", qtbot)
    assert form.last.training.batch_size == 64
    assert form.last.training.learning_rate == 0.1
    assert "1e is not a number" in form.texts()

    form.type(form.editor("training.learning_rate"), "0.2", qtbot)
    assert form.last.training.learning_rate == 0.2
    assert "not a number" not in form.texts()


def test_penalty_steps_from_zero_to_a_millionth_and_back(form: Form, qtbot: QtBot):
    editor = form.editor("training.l2")
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Up)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    assert [e.training.l2 for e in form.announced] == [1e-6, 2e-6, 1e-6, 0.0]


def test_ctrl_z_takes_edits_back_and_ctrl_y_does_them_again(
    form: Form, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(commands, "SAME_EDIT_SECONDS", 0.0)
    start = form.experiment
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
    start = form.experiment
    box = form.named("Preset")
    assert box.currentText() == "digits"
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_X)
    assert form.announced == []
    qtbot.keyClick(box.view(), Qt.Key.Key_Return)
    assert form.last == load_preset("xor").experiment
    assert "42 parameters" in form.texts()
    press(_button(form, "Undo"), qtbot)
    assert form.last == start
    assert box.currentText() == "digits"


def test_steps_in_one_field_that_follow_fast_are_one_change(
    form: Form, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(commands, "SAME_EDIT_SECONDS", 60.0)
    start = form.experiment
    form.type(form.editor("training.batch_size"), "64", qtbot)
    editor = form.editor("training.learning_rate")
    editor.setFocus()
    for _ in range(3):
        qtbot.keyClick(editor, Qt.Key.Key_Up)
    assert form.document.undo_stack.undo_text == "learning rate"
    form.document.undo_stack.undo()
    assert form.last == start.with_values({"training.batch_size": 64})
    assert form.document.undo_stack.undo_text == "batch size"


def _button(form: Form, name: str) -> QToolButton:
    return next(
        b for b in form.window.findChildren(QToolButton) if b.toolTip().startswith(name)
    )


def test_edited_preset_is_an_own_experiment(form: Form, qtbot: QtBot):
    form.type(form.editor("training.batch_size"), "64", qtbot)
    box = form.named("Preset")
    assert isinstance(box, QComboBox)
    assert box.currentIndex() == -1


def test_die_throws_another_seed(form: Form, qtbot: QtBot):
    press(form.named("Random seed"), qtbot)
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
    form.document.show(load_preset("mnist").experiment)
    form.document.take_notice("MNIST was not found.", "mnist")
    assert "MNIST was not found." in form.texts()
    button = next(
        b for b in form.panel.findChildren(QPushButton) if "Download" in b.text()
    )
    assert button.isVisible()
    assert button.text() == "Download MNIST…"
    with qtbot.waitSignal(form.document.situation_changed) as wanted:
        press(button, qtbot)
    assert wanted.args[0].download
    assert wanted.args[0].experiment == load_preset("mnist").experiment

    choose_next(form.editor("data.name"), qtbot)
    assert not button.isVisible()
    assert "MNIST was not found." not in form.texts()


def test_what_runs_without_an_edit_is_shown_and_announces_nothing(form: Form):
    form.document.show(load_preset("spiral").experiment)
    assert form.announced == []
    assert form.named("Units of hidden layer 1").value() == 32


def test_an_opened_file_is_undone_in_the_form(form: Form, qtbot: QtBot):
    start = form.experiment
    spiral = load_preset("spiral").experiment
    form.document.start_over(spiral, "opening of spiral.toml")
    assert _button(form, "Undo").toolTip() == "Undo opening of spiral.toml"
    press(_button(form, "Undo"), qtbot)
    assert form.announced == [spiral, start]


def test_fields_keep_what_is_being_typed_while_views_arrive(form: Form, qtbot: QtBot):
    editor = form.editor("training.learning_rate")
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(editor, "0.0")
    form.panel.set_view(form.panel.view)
    assert editor.lineEdit().text() == "0.0"


def test_wheel_over_a_field_without_focus_scrolls_instead(form: Form):
    form.window.resize(290, 300)
    QApplication.processEvents()
    editor = form.editor("data.noise")
    form.named("Preset").setFocus()
    spot = editor.mapTo(form.window, editor.rect().center())
    QTest.wheelEvent(form.window.windowHandle(), QPointF(spot), QPoint(0, -120))
    assert form.announced == []
    assert form.panel.findChild(QScrollArea).verticalScrollBar().value() > 0


def test_column_is_narrow(form: Form):
    assert form.panel.minimumSizeHint().width() <= 290
    scroll = form.panel.findChild(QScrollArea)
    assert scroll.widget().width() <= scroll.viewport().width()


def test_every_key_can_be_edited(form: Form):
    layers = {"network.hidden", "network.activation", "network.output"}
    # The layers have a list, own examples a box, given weights a button.
    given = {"network.initial_weights", "network.initial_biases"}
    # Of a network that another program has trained.
    given |= {"network.inferred"}
    # Of own data, and said when they are opened.
    given |= {"data.scaling"}
    examples = {f"data.{key}" for key in (*inline.KEYS, *FILE_KEYS)}
    for key in set(all_keys()) - layers - given - examples:
        assert form.editor(key) is not None, key
        assert experiment_labels.FIELDS[key].meaning
