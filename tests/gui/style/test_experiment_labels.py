"""Messages about an experiment name the fields as the form does."""

import pytest

from core.experiment.rules import all_keys
from gui.style.experiment_labels import with_labels


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        (
            "training.learning_rate: invalid value 0",
            "Learning rate: invalid value 0",
        ),
        (
            "training.loss: 'hinge' needs network.output 'identity'",
            "Loss: 'hinge' needs Output 'identity'",
        ),
        ("no key here", "no key here"),
    ],
)
def test_a_message_names_fields_by_their_labels(message: str, shown: str) -> None:
    assert with_labels(message) == shown


def test_a_message_about_a_file_keeps_the_keys_of_the_file() -> None:
    message = "a.toml: training.learning_rate: invalid value 0"
    assert with_labels(message) == message


def test_every_key_of_an_experiment_has_a_label() -> None:
    for key in all_keys():
        assert with_labels(f"{key}: x") != f"{key}: x", key
