"""Data without test examples are said to be tested on the training data."""

import numpy as np
import pytest

from core.data.load import load_dataset
from core.experiment.model import DataSettings

ROWS = tuple((float(k), float(k % 7)) for k in range(20))
LABELS = tuple(k % 2 for k in range(20))
OWN = DataSettings(name="inline", inputs=ROWS, labels=LABELS)


@pytest.mark.parametrize(
    ("settings", "of"),
    [
        (OWN, "training"),
        (
            DataSettings(
                name="inline", inputs=ROWS, labels=LABELS, shuffled_labels=True
            ),
            "training",
        ),
        (
            DataSettings(name="inline", inputs=ROWS, labels=LABELS, train_fraction=0.5),
            "test",
        ),
        (
            DataSettings(
                name="inline",
                inputs=ROWS,
                labels=LABELS,
                test_inputs=ROWS[:3],
                test_labels=LABELS[:3],
            ),
            "test",
        ),
        (DataSettings(name="circle"), "test"),
        (DataSettings(name="digits", train_fraction=1.0), "test"),
    ],
)
def test_the_settings_say_what_tests(settings: DataSettings, of: str) -> None:
    assert settings.tested_on == of


def test_shuffled_labels_are_those_that_are_tested_where_nothing_else_is() -> None:
    settings = DataSettings(
        name="inline", inputs=ROWS, labels=LABELS, shuffled_labels=True
    )
    dataset = load_dataset(settings)
    np.testing.assert_array_equal(dataset.test.labels, dataset.train.labels)
    assert dataset.train.labels.tolist() != list(LABELS)


def test_points_and_labels_stay_together_when_some_are_held_out() -> None:
    whole = load_dataset(DataSettings(name="circle"))
    parted = load_dataset(DataSettings(name="circle", validation_fraction=0.3))
    assert whole.space is not None
    assert parted.space is not None
    labels = {
        tuple(point): label
        for point, label in zip(
            whole.space.train.tolist(), whole.train.labels.tolist(), strict=True
        )
    }
    for point, label in zip(
        parted.space.train.tolist(), parted.train.labels.tolist(), strict=True
    ):
        assert labels[tuple(point)] == label
