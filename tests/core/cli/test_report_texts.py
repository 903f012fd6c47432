"""The words of the report of a training run."""

from core.cli.report import accuracy_text
from core.experiment.model import DataSettings
from core.experiment.presets import load_preset


def test_data_without_test_examples_have_a_training_accuracy() -> None:
    of = load_preset("worked-example").experiment.data.tested_on
    assert accuracy_text(0.5, of) == ", training accuracy 50.00 %"
    assert accuracy_text(0.5, DataSettings().tested_on) == ", test accuracy 50.00 %"
    assert accuracy_text(None, of) == ""
