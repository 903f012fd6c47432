"""The report of a training run: as JSON, and in three lines of text."""

import math
from dataclasses import dataclass

from core.cli.reading import examples_for_report, read
from core.cli.training_loop import Trained
from core.data.dataset import Dataset
from core.data.fit import Fit, TargetFit, by_target, fit_of, fit_text
from core.platform.devices import describe
from core.training.run import TrainingRun
from core.values.counts import counted
from core.values.losses import printed_loss
from core.values.shares import percent_text
from core.values.words import plural, tr


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
        test_r2: share of the variance of the test targets that is predicted, with
            several targets the mean of theirs; None where the data have classes.
        test_rmse: root mean squared error in the units of the target; None too where
            there are several, whose units differ.
        test_by_target: r2 and rmse of each target by its name; None unless there are
            several.
        diverged_at: first step whose loss is no finite number; None when all are.
        stopped_early_at: the step at which early stopping ended the training, which
            went back to `steps`, its best one; None when it did not.
        interrupted: whether the user ended the training before its end.
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
    test_r2: float | None
    test_rmse: float | None
    test_by_target: dict[str, dict[str, float | None]] | None
    diverged_at: int | None
    stopped_early_at: int | None
    interrupted: bool


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
    train = read(training, examples, tr("the training data"))
    test = read(training, training.test_examples, tr("the test data"))
    fit = fit_of(training.dataset, test.outputs)
    held_back = training.validation_examples
    validation = None
    if held_back is not None:
        validation = read(training, held_back, tr("the validation data"))
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
        test_r2=fit.r2,
        test_rmse=fit.rmse,
        test_by_target=by_target(fit),
        diverged_at=trained.diverged_at,
        stopped_early_at=trained.stopped_at,
        interrupted=trained.interrupted,
    )


def summary(training: TrainingRun, report: TrainingReport) -> tuple[str, ...]:
    """The report as text."""
    dataset = training.dataset
    source = f" ({dataset.source})" if dataset.source else ""
    network = f"{training.spec}, {counted(report.parameters, 'parameter')}"
    return (
        tr(
            "{network}, on {dataset}{source}",
            network=network,
            dataset=dataset.name,
            source=source,
        ),
        tr(
            "{steps}, {epochs}{diverged}, {pace} on {device}",
            steps=counted(report.steps, "step"),
            epochs=counted(report.epochs, "epoch"),
            diverged=_diverged(report),
            pace=_pace(report),
            device=report.device,
        ),
        tr(
            "training loss {train_loss}{of}{validation}{test}",
            train_loss=loss_text(report.train_loss),
            of=_of(training, report),
            validation=_validation_text(
                report, has_any=training.validation_examples is not None
            ),
            test=_test_text(training, report),
        ),
    )


def _diverged(report: TrainingReport) -> str:
    """Which of the steps, taken many at once, are not worth their count."""
    if report.diverged_at is None:
        return ""
    return tr(
        " (without a finite loss from step {diverged_at:,} on)",
        diverged_at=report.diverged_at,
    )


def _pace(report: TrainingReport) -> str:
    """Both times say what they are of: the first steps wait for the compilation."""
    rate, seconds = report.steps_per_second, report.seconds
    if rate == 0 or math.isclose(rate * seconds, report.steps):
        return tr("{seconds:.2f} s with compilation", seconds=seconds)
    return plural(
        round(rate) if math.isfinite(rate) else rate,
        "{seconds:.2f} s with compilation, {rate:,.0f} step/s after it",
        "{seconds:.2f} s with compilation, {rate:,.0f} steps/s after it",
        seconds=seconds,
        rate=rate,
    )


def _test_text(training: TrainingRun, report: TrainingReport) -> str:
    """The test's loss and accuracy; without test examples the training's accuracy."""
    of = training.experiment.data.tested_on
    loss = (
        tr(", test loss {test_loss}", test_loss=loss_text(report.test_loss))
        if of == "test"
        else ""
    )
    fit = appended_fit(training.dataset, _fit_in(report), of)
    return loss + accuracy_text(report.test_accuracy, of) + fit


def _fit_in(report: TrainingReport) -> Fit:
    each = tuple(
        TargetFit(name, found["r2"], found["rmse"] or 0.0)
        for name, found in (report.test_by_target or {}).items()
    )
    return Fit(report.test_r2, report.test_rmse, each)


def _validation_text(report: TrainingReport, *, has_any: bool) -> str:
    """Loss and accuracy of the validation data, where there are any."""
    if not has_any:
        return ""
    loss = tr(", validation loss {loss}", loss=loss_text(report.validation_loss))
    return loss + accuracy_text(report.validation_accuracy, tr("validation"))


def _of(training: TrainingRun, report: TrainingReport) -> str:
    """Which examples the training loss is of, where it is not of all."""
    count = report.train_loss_examples
    if count == len(training.train_examples.labels):
        return ""
    return tr(" (of the first {count:,} examples; --report-all reads all)", count=count)


def finite(value: float) -> float | None:
    """The value, or None where JSON cannot express it."""
    return value if math.isfinite(value) else None


def accuracy_text(share: float | None, of: str) -> str:
    """The accuracy of these examples, to append to a loss; empty without classes."""
    return (
        ""
        if share is None
        else tr(", {of} accuracy {share}", of=of, share=percent_text(share))
    )


def appended_fit(dataset: Dataset, fit: Fit, of: str) -> str:
    """How well the numbers of a table are predicted, to append to a loss; or empty.

    Of numbers that are learned as they are the loss says it already.
    """
    told = "" if dataset.preparation is None else fit_text(fit, of)
    return f", {told}" if told else ""


def loss_text(value: float | None) -> str:
    """A loss as text, also if it is not finite."""
    return tr("not a finite number") if value is None else printed_loss(value)
