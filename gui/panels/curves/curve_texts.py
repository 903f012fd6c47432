"""Texts of the curves panel: titles, legends, values."""

from typing import Final

import numpy as np

from core.network.numpy.losses.table import LOSSES
from gui.panels.curves.curve_data import CurvePoint
from gui.panels.curves.curve_legend import LegendEntry
from gui.session.metrics_log import Abandoned, MetricsLog, TestReadings
from gui.session.step_series import Bucket
from gui.session.view_state import Run
from gui.style.number_format import NO_VALUE, count, loss_text, percent, plain

LOSS_ENTRIES: Final = (
    LegendEntry("batch", "curve_train", "faint"),
    LegendEntry("smoothed", "curve_train"),
    LegendEntry("test", "curve_test", "points"),
    LegendEntry("previous run", "curve_test", "faint"),
    LegendEntry("branch left", "curve_branch"),
    LegendEntry("validation", "curve_validation"),
)
ACCURACY_ENTRIES: Final = (
    LegendEntry("batch, smoothed", "curve_train"),
    LegendEntry("test", "curve_test", "points"),
    LegendEntry("previous run", "curve_test", "faint"),
    LegendEntry("branch left", "curve_branch"),
    LegendEntry("validation", "curve_validation"),
)
MOST_EPOCHS: Final = 16
BROKEN: Final = (
    "The loss is not finite from step {} on; a smaller learning rate may prevent this."
)


def branches(abandoned: tuple[Abandoned, ...]) -> str | None:
    """The steps at which branches were left; None without any."""
    if not abandoned:
        return None
    return "at step " + ", ".join(count(branch.start) for branch in abandoned)


def validations(
    readings: TestReadings, step: int
) -> tuple[str, str] | tuple[None, None]:
    """Validation loss and accuracy at a step; None without validation data."""
    if len(readings) == 0:
        return None, None
    index = int(np.searchsorted(readings.steps, step, side="right")) - 1
    if index < 0:
        return "", ""
    loss, accuracy = float(readings.losses[index]), float(readings.accuracies[index])
    return _loss_text(loss), _percent(accuracy)


def mistakes(metrics: MetricsLog, run: Run) -> str:
    """The perceptron's mistakes epoch by epoch; empty for other losses."""
    n_examples = len(run.dataset.train)
    training = run.experiment.training
    counts_mistakes = LOSSES[training.loss].counts_mistakes
    if not counts_mistakes or n_examples % training.batch_size:
        return ""
    counts = metrics.mistakes.counts(n_examples, MOST_EPOCHS)
    if not counts:
        return ""
    shown = ", ".join(count(number) for number in counts)
    return f"Misclassified in each epoch, of {count(n_examples)} examples: {shown}"


def position(point: CurvePoint) -> tuple[str, str]:
    """The step or steps of the values, and the epoch."""
    bucket = point.batch_loss
    steps = f"step {count(point.step)}"
    if bucket is not None and bucket.first_step < bucket.last_step:
        steps = f"steps {count(bucket.first_step)} to {count(bucket.last_step)}"
    return steps, f"epoch {plain(point.epoch, 2)}"


def loss_values(point: CurvePoint) -> tuple[str, str, str]:
    test = _loss_text(point.test_loss) + _where(point)
    return _bucket_text(point.batch_loss), _loss_text(point.smoothed_loss), test


def accuracy_values(point: CurvePoint) -> tuple[str, str]:
    test = _percent(point.test_accuracy) + _where(point)
    return _percent(point.smoothed_accuracy), test


def _where(point: CurvePoint) -> str:
    """The step of a test value that is older than the point."""
    if point.test_step is None or point.test_step == point.step:
        return ""
    return f" (step {count(point.test_step)})"


def _bucket_text(bucket: Bucket | None) -> str:
    if bucket is None or bucket.first_step == bucket.last_step:
        return _loss_text(None if bucket is None else bucket.mean)
    low, high = _loss_text(bucket.low), _loss_text(bucket.high)
    return f"mean {_loss_text(bucket.mean)}, {low} to {high}"


def _loss_text(loss: float | None) -> str:
    if loss is None:
        return NO_VALUE
    return loss_text(loss)


def _percent(share: float | None) -> str:
    return NO_VALUE if share is None else percent(share)
