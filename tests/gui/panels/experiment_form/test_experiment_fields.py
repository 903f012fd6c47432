"""Words, drafts, steps and boxes that the experiment column is made of."""

import pytest
from pytestqt.qtbot import QtBot

from core.experiment.model import Experiment
from core.experiment.rules import (
    DATASETS,
    OPTIMIZERS,
    all_keys,
)
from core.network.numpy.activations.table import hidden_activations, output_activations
from core.network.numpy.losses.table import LOSSES
from core.values.network_spec import INITIALIZERS
from gui.panels.experiment_form.editors import NumberBox, SeedBox, WholeBox
from gui.panels.experiment_form.stepping import (
    next_linear_step,
    next_log_step,
)
from gui.session.document.draft import Draft, values_of
from gui.style import experiment_labels
from gui.style.number_format import editable
from gui.style.number_input import parse_number


@pytest.mark.parametrize(
    ("names", "table"),
    [
        (DATASETS, experiment_labels.DATASETS),
        (hidden_activations() + output_activations(), experiment_labels.activations()),
        (INITIALIZERS, experiment_labels.initializers()),
        (tuple(LOSSES), experiment_labels.losses()),
        (OPTIMIZERS, experiment_labels.OPTIMIZERS),
    ],
)
def test_every_choice_has_words(names: tuple[str, ...], table: dict[str, object]):
    assert set(names) == set(table)


def test_the_digits_of_a_seed_are_not_grouped_and_those_of_a_count_are(qtbot: QtBot):
    seed, number = SeedBox(99_999), WholeBox(0, 99_999)
    for box in (seed, number):
        qtbot.addWidget(box)
        box.show_value(12345)
    assert (seed._box.text(), number.text()) == ("12345", "12,345")


def test_values_of_names_every_key():
    assert tuple(values_of(Experiment())) == all_keys()


def test_draft_tells_each_problem_beside_its_own_key():
    draft = Draft(Experiment(), lambda _experiment: None)
    draft.edit({"training.learning_rate": "abc"})
    draft.edit({"network.output": "tanh"})
    assert "'abc'" in draft.problems["training.learning_rate"]
    assert "'tanh'" in draft.problems["network.output"]


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
def test_the_text_of_a_field_is_read_back(value: float):
    assert parse_number(editable(value)) == pytest.approx(value, rel=1e-8)


def test_small_numbers_are_written_as_people_type_them():
    assert (editable(1e-5), editable(0.001)) == ("1e\N{MINUS SIGN}5", "0.001")


def test_boxes_announce_nothing_when_shown_a_value(qtbot: QtBot):
    number, whole = NumberBox(), WholeBox(1, 10)
    qtbot.addWidget(number)
    qtbot.addWidget(whole)
    with qtbot.assertNotEmitted(number.value_edited):
        number.show_value(0.5)
    with qtbot.assertNotEmitted(whole.value_edited):
        whole.show_value(7)
    assert (number.lineEdit().text(), whole.value()) == ("0.5", 7)
