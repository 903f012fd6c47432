"""The form's training part: only what matters shows, and the curves say the truth."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.descriptions.optimizers import OPTIMIZER_NUMBERS, OPTIMIZERS
from core.experiment.model import Experiment, TrainingSettings
from core.experiment.presets import load_preset
from core.experiment.rules import SCHEDULES
from core.network.numpy.losses.table import LOSSES
from core.protocol.messages import Metrics, StoppedEarly
from gui.panels.experiment_form.choice_plots import plot_of_loss, plot_of_schedule
from gui.session.early_stop import early_stop_text
from gui.session.epoch_mistakes import EpochMistakes
from gui.style import experiment_labels
from gui.style.experiment_labels import in_window_words
from tests.gui.support.experiment_forms import Form, choose_next
from tests.gui.support.sample_views import sample_dataset

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def training(qtbot: QtBot) -> Form:
    form = Form(qtbot)
    form.window.resize(290, 1200)
    return form


def shows(training: Form, name: str) -> bool:
    return training.panel.findChild(QWidget, f"training.{name}").isVisible()


def make_low(training: Form) -> None:
    training.window.resize(290, 640)
    QApplication.processEvents()


def choose(training: Form, **settings: object) -> None:
    values = {f"training.{name}": value for name, value in settings.items()}
    training.document.show(Experiment().with_values(values))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_only_the_numbers_of_the_chosen_optimizer_show(
    training: Form, name: str
) -> None:
    choose(training, optimizer=name)
    QTest.mouseClick(training.panel.findChild(QToolButton, "more training"), LEFT)
    shown = {number for number in OPTIMIZER_NUMBERS if shows(training, number)}
    assert shown == set(OPTIMIZERS[name].numbers)


def test_numbers_of_the_usual_value_are_folded_first_and_named(
    training: Form,
) -> None:
    make_low(training)
    choose(training, optimizer="adam", beta2=0.99)
    more = training.panel.findChild(QToolButton, "more training")
    assert (shows(training, "beta1"), shows(training, "beta2")) == (False, True)
    assert "L1, L2, dropout and" in more.text()
    assert "β₁" in more.accessibleName()
    QTest.mouseClick(more, LEFT)
    assert shows(training, "beta1")
    assert shows(training, "dropout")
    assert more.text() == "Fewer"
    QTest.mouseClick(more, LEFT)
    assert not shows(training, "beta1")


def test_with_room_for_every_number_there_is_nothing_to_open(training: Form) -> None:
    choose(training, optimizer="adam")
    assert shows(training, "epsilon")
    assert training.panel.findChild(QToolButton, "more training").isHidden()


def test_a_refused_value_is_never_folded(training: Form, qtbot: QtBot) -> None:
    training.type(training.editor("training.dropout"), "3", qtbot)
    make_low(training)
    assert shows(training, "dropout")
    assert not shows(training, "l1")
    training.type(training.editor("training.dropout"), "0", qtbot)
    training.named("Preset").setFocus()
    training.document.changed.emit()
    assert not shows(training, "dropout")


def test_what_is_folded_opens_by_the_keyboard_and_is_remembered(
    training: Form, qtbot: QtBot
) -> None:
    make_low(training)
    more = training.panel.findChild(QToolButton, "more training")
    more.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(training.panel.remembered) as told:
        QTest.keyClick(more, Qt.Key.Key_Space)
    assert told.args == ["more training", True]
    assert shows(training, "early_stopping")
    training.panel.recall(lambda _name: False)
    assert not shows(training, "early_stopping")
    training.panel.recall(lambda name: name == "more training")
    assert shows(training, "early_stopping")


def test_a_schedule_shows_its_numbers_and_its_curve(training: Form) -> None:
    curve = training.panel._training.rate_curve
    assert not curve.isVisible()
    choose(training, schedule="plateau")
    assert curve.isVisible()
    assert shows(training, "schedule_patience")
    assert not shows(training, "schedule_steps")
    choose(training, schedule="inverse-time")
    assert shows(training, "schedule_steps")
    assert not shows(training, "schedule_factor")
    training.panel._training.show_step(500, 0.05)
    assert curve.plot is not None
    assert (curve.plot.mark, curve.plot.mark_height) == (500.0, 0.05)


def test_a_click_beside_the_loss_opens_its_card(training: Form) -> None:
    choose(training, loss="margin", rho=0.25)
    QTest.mouseClick(training.panel.findChild(QToolButton, "loss card"), LEFT)
    card = training.panel._training._card
    assert card.isVisible()
    texts = " ".join(label.text() for label in card.findChildren(QLabel))
    assert "Softmax margin" in texts
    assert "no gradient" in texts
    assert card.curve.plot is not None
    assert 0.25 in card.curve.plot.x_ticks
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_has_a_finite_curve_within_its_heights(loss: str) -> None:
    plot = plot_of_loss(LOSSES[loss], 0.5)
    assert np.isfinite(plot.y).all()
    assert plot.y.min() >= plot.heights[0]
    assert max(plot.y_ticks) <= plot.heights[1]


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_is_drawn_from_the_first_step_past_the_newest(name: str) -> None:
    plot = plot_of_schedule(TrainingSettings(schedule=name), 50_000, None)
    assert plot.x[0] == 0
    assert plot.x[-1] > 50_000
    assert (np.diff(plot.x) > 0).all()
    assert plot.y[0] == pytest.approx(0.1)


def test_every_schedule_has_words() -> None:
    assert tuple(experiment_labels.SCHEDULES) == SCHEDULES


def metrics(first: int, right: list[int], *, ended: bool) -> Metrics:
    end = first + len(right)
    return metrics_of(first, right, range(end - 1, end) if ended else range(0))


def metrics_of(first: int, right: list[int], ends: range) -> Metrics:
    shares = np.asarray(right, np.float32)
    return Metrics(1, first, np.zeros(len(right), np.float32), shares, ends)


def test_mistakes_are_counted_epoch_by_epoch() -> None:
    mistakes = EpochMistakes()
    mistakes.add(metrics(1, [1, 0, 1], ended=False))
    assert mistakes.counts(4, 10) == []
    mistakes.add(metrics(4, [0], ended=True))
    mistakes.add(metrics(5, [1, 1, 1, 0], ended=True))
    mistakes.add(metrics(9, [1, 1, 1, 1], ended=True))
    assert mistakes.counts(4, 10) == [2, 1, 0]
    assert mistakes.counts(4, 2) == [1, 0]


def test_mistakes_of_several_epochs_in_one_chunk_are_told_apart() -> None:
    mistakes = EpochMistakes()
    mistakes.add(metrics(1, [1, 0, 1], ended=False))
    mistakes.add(metrics_of(4, [0, 0, 0, 0, 1, 1, 1, 1, 0, 0], range(4, 13, 4)))
    assert mistakes.counts(4, 10) == [2, 3, 1]
    mistakes.add(metrics(14, [0, 0, 1], ended=True))
    assert mistakes.counts(4, 1) == [3]
    mistakes = mistakes.until(6)
    mistakes.add(metrics_of(7, [1, 1, 0, 1, 1, 1], range(8, 13, 4)))
    assert mistakes.counts(4, 10) == [2, 1]


def test_an_epoch_that_was_left_halfway_is_not_counted() -> None:
    mistakes = EpochMistakes()
    mistakes.add(metrics(1, [0, 0], ended=True))
    mistakes.add(metrics(3, [0, 0], ended=True))
    mistakes = mistakes.until(3)
    mistakes.add(metrics(4, [1], ended=True))
    assert mistakes.counts(2, 10) == [2]
    mistakes.add(metrics(5, [1, 0], ended=True))
    assert mistakes.counts(2, 10) == [2, 1]


def test_an_early_stop_says_where_and_what_to_do() -> None:
    text = early_stop_text(StoppedEarly(1, 1500, 1200, 0.4567, 3))
    assert "step 1,500" in text
    assert "step 1,200, where it was 0.457" in text
    assert "Play continues from step 1,500, for at least 3 more epochs" in text
    assert "Early stopping 0" in text


def test_a_batch_larger_than_the_data_is_told_at_its_row(qtbot: QtBot):
    form = Form(qtbot, load_preset("circle").experiment)
    dataset = sample_dataset()
    form.document.take_start(form.experiment, dataset)
    count = len(dataset.train)
    form.type(form.editor("training.batch_size"), str(count), qtbot)
    assert "more than there are" not in form.texts()
    form.type(form.editor("training.batch_size"), str(count + 1), qtbot)
    said = f"Batch size {count + 1:,} is more than there are: each step takes all"
    assert f"{said} {count:,} training examples" in form.texts()


@pytest.mark.parametrize(
    "preset", ["digits", "circle", "approximation", "worked-example"]
)
def test_every_value_without_effect_is_hidden_or_told_at_its_row(
    qtbot: QtBot, preset: str
):
    form = Form(qtbot, load_preset(preset).experiment)
    shown = form.texts()
    for key, note in form.document.notes.items():
        editor = form.editor(key)
        assert editor is None or editor.isHidden() or in_window_words(note) in shown


def test_a_rate_that_came_with_the_optimiser_is_told_at_its_row(qtbot: QtBot):
    form = Form(qtbot)
    choose_next(form.editor("training.optimizer"), qtbot)
    said = "Learning rate is 0.05, which suits momentum"
    assert said in form.texts()
    form.type(form.editor("training.learning_rate"), "0.01", qtbot)
    assert said not in form.texts()
