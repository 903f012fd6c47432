"""The report of a training run: as JSON, and in three lines of text."""

import math
from dataclasses import dataclass

from core.cli.training_loop import Trained
from core.platform.devices import describe
from core.training.evaluate import evaluate
from core.training.run import TrainingRun


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """The keys of the JSON report, in their order.

    Attributes:
        train_loss: mean over the whole training set after training, without
            penalties; None when it is not a finite number.
        test_loss: the same for the test set.
        test_accuracy: share of correctly classified test examples; None where the data
            have no classes.
        seconds: of training, compilation included.
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


def make_report(training: TrainingRun, trained: Trained) -> TrainingReport:
    """Evaluate both splits with the newest weights."""
    train = evaluate(training.program, training.params, training.train_examples)
    test = evaluate(training.program, training.params, training.test_examples)
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
        f"training loss {loss_text(report.train_loss)}, "
        f"test loss {loss_text(report.test_loss)}"
        f"{accuracy_text(report.test_accuracy)}",
    )


def finite(value: float) -> float | None:
    """The value, or None where JSON cannot express it."""
    return value if math.isfinite(value) else None


def accuracy_text(share: float | None) -> str:
    """The accuracy to append to a loss; empty without classes."""
    return "" if share is None else f", test accuracy {share:.2%}"


def loss_text(value: float | None) -> str:
    """A loss as text, also if it is not finite."""
    return "not a finite number" if value is None else f"{value:.4f}"
