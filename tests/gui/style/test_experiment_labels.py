"""Messages about an experiment name the fields as the form does."""

import pytest

from core.experiment.presets import load_preset
from core.experiment.rules import all_keys
from core.values.errors import ExperimentError
from gui.style.experiment_labels import in_window_words


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (
            "training.learning_rate: invalid value 0",
            "Learning rate: invalid value 0",
        ),
        (
            "training.loss: 'hinge' needs network.output 'identity'",
            "Loss: hinge needs Output identity",
        ),
        (
            "training.loss: 'hinge' needs network.output identity, got 'softmax'; use "
            "half-squared-error with it",
            "Loss: hinge needs Output identity, got softmax; use half the squared "
            "error with it",
        ),
        ("training.loss: invalid value 'bad'", "Loss: invalid value 'bad'"),
        ("or numbers (data.answers=numbers)", "or numbers (Answers: numbers)"),
        ("training.l2 is 0.01", "L2 is 0.01"),
        ("no key here", "no key here"),
    ],
)
def test_a_message_names_fields_by_their_labels(message: str, shown: str) -> None:
    assert in_window_words(message) == shown


def test_a_message_about_a_file_keeps_the_keys_of_the_file() -> None:
    message = "a.toml: training.learning_rate: invalid value 0"
    assert in_window_words(message) == message


def test_every_key_of_an_experiment_has_a_label() -> None:
    for key in all_keys():
        assert in_window_words(f"{key}: x") != f"{key}: x", key


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Not done: data.inputs: x", "Not done: Examples: x"),
        (
            "training.learning_rate: invalid value -1e-05",
            "Learning rate: invalid value \N{MINUS SIGN}1\N{MULTIPLICATION SIGN}10⁻⁵",
        ),
        ("allowed are [-1, 1]", "allowed are [\N{MINUS SIGN}1, 1]"),
        ("Opened a.npz. 83.3% of 9 right.", "Opened a.npz. 83.3 % of 9 right."),
        ("is not read: /home/100%.csv", "is not read: /home/100%.csv"),
        ("of 2026-11-28, layers 784-16-10", "of 2026-11-28, layers 784-16-10"),
        ("no data.x-1 in /home/data.csv", "no data.x-1 in /home/data.csv"),
    ],
)
def test_a_message_is_written_as_the_window_writes(message: str, shown: str) -> None:
    assert in_window_words(message) == shown


def test_no_refused_value_of_an_experiment_names_its_key_in_the_window() -> None:
    experiment = load_preset("xor").experiment
    for key in all_keys():
        with pytest.raises(ExperimentError) as error:
            experiment.with_values({key: object()})
        shown = in_window_words(str(error.value))
        assert not any(other in shown for other in all_keys()), shown
