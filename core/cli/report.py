"""The report of a training run: as JSON, and in three lines of text."""

import math
from dataclasses import dataclass

from core.cli.reading import examples_for_report, read
from core.cli.training_loop import Trained
from core.platform.devices import describe
from core.training.run import TrainingRun
from core.values.shares import percentage


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """The keys of the JSON report, in their order.

    Attributes:
        train_loss: mean over the training set after training, without penalties; None
            when it is not a finite number.
        test_loss: the same for the test set.
        test_accuracy: share of correctly classified test examples; None where the data
            have no classes, or the network is no longer finite.
        seconds: of training, compilation included.
        validation_loss: as test_loss, of the validation data; None without any.
        validation_accuracy: as test_accuracy, of the validation data.
        train_loss_examples: how many training examples, the first ones, train_loss is
            of; fewer than all for very large networks.
    """

    steps: int
    epochs: float
    parameters: int
    train_loss: float | None
    test_loss: float | None
    test_accuracy: float | None
    seconds: float
    steps_per_second: float
    device: str
    validation_loss: float | None
    validation_accuracy: float | None
    train_loss_examples: int


def make_report(
    training: TrainingRun, trained: Trained, *, every: bool = False
) -> TrainingReport:
    """Evaluate all splits with the newest weights.

    Args:
        training: the run at its end.
        trained: how it went.
        every: read all training examples, however long it takes.
    """
    examples = examples_for_report(training, every=every)
    train = read(training, examples, "the training data")
    test = read(training, training.test_examples, "the test data")
    held_back = training.validation_examples
    validation = None
    if held_back is not None:
        validation = read(training, held_back, "the validation data")
    return TrainingReport(
        steps=training.step,
        epochs=training.epoch,
        parameters=training.spec.parameter_count,
        train_loss=finite(train.loss),
        test_loss=finite(test.loss),
        test_accuracy=test.accuracy,
        seconds=trained.seconds,
        steps_per_second=trained.steps_per_second,
        device=describe(training.device),
        validation_loss=None if validation is None else finite(validation.loss),
        validation_accuracy=None if validation is None else validation.accuracy,
        train_loss_examples=len(examples.labels),
    )


def summary(training: TrainingRun, report: TrainingReport) -> tuple[str, ...]:
    """The report as text."""
    dataset = training.dataset
    source = f" ({dataset.source})" if dataset.source else ""
    network = f"{training.spec}, {report.parameters:,} parameters"
    return (
        f"{network}, on {dataset.name}{source}",
        f"{report.steps:,} steps, {report.epochs:.4g} epochs, {report.seconds:.2f} s, "
        f"{report.steps_per_second:,.0f} steps/s on {report.device}",
        f"training loss {loss_text(report.train_loss)}{_of(training, report)}"
        f"{_test_text(training, report)}",
    )


def _test_text(training: TrainingRun, report: TrainingReport) -> str:
    """The test's loss and accuracy; without test examples the training's accuracy."""
    of = training.experiment.data.tested_on
    loss = f", test loss {loss_text(report.test_loss)}" if of == "test" else ""
    return loss + accuracy_text(report.test_accuracy, of)


def _of(training: TrainingRun, report: TrainingReport) -> str:
    """Which examples the training loss is of, where it is not of all."""
    count = report.train_loss_examples
    if count == len(training.train_examples.labels):
        return ""
    return f" (of the first {count:,} examples; --report-all reads all)"


def finite(value: float) -> float | None:
    """The value, or None where JSON cannot express it."""
    return value if math.isfinite(value) else None


def accuracy_text(share: float | None, of: str) -> str:
    """The accuracy of these examples, to append to a loss; empty without classes."""
    return "" if share is None else f", {of} accuracy {percentage(share)}%"


def loss_text(value: float | None) -> str:
    """A loss as text, also if it is not finite."""
    return "not a finite number" if value is None else f"{value:.4f}"
