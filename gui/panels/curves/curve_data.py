"""The curves of one run, to be drawn at any zoom and read at any step."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.arrays import DoubleArray
from gui.session.metrics_log import MetricsLog
from gui.session.smoothing import average_at, smoothed_bins
from gui.session.step_series import Bucket
from gui.widgets.plots.epoch_scale import EpochScale


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The values of the curves at one step; None where nothing was measured.

    Attributes:
        batch_loss: the steps that it stands for, several where a long run keeps only
            mean, smallest and largest value of them.
        smoothed_loss: at the last of these steps, as smoothed_accuracy.
        test_step: the step of the last test evaluation at or before `step`.
    """

    step: int
    epoch: float
    batch_loss: Bucket | None
    smoothed_loss: float | None
    smoothed_accuracy: float | None
    test_step: int | None
    test_loss: float | None
    test_accuracy: float | None


_SEARCH_BINS: Final = 256
"""Bins of each look for the step from which on a loss is too large."""
_FEW_STEPS: Final = 20


class CurveData:
    """The drawable part of a MetricsLog."""

    def __init__(self, metrics: MetricsLog, half_life: float) -> None:
        self.metrics = metrics
        self.half_life = half_life

    @property
    def epochs(self) -> EpochScale:
        """Which step ends which epoch."""
        return self.metrics.epochs

    @property
    def batch_loss_breaks(self) -> tuple[int, ...]:
        """Steps from which on the loss of a batch is another quantity."""
        line = self.metrics.line
        return tuple(sorted({*line.loss_changes, *line.dropout_changes}))

    @property
    def n_steps(self) -> int:
        """Steps that have a batch loss."""
        return len(self.metrics.batch_losses)

    @property
    def last_step(self) -> int:
        """The newest step that any curve reaches."""
        tests = self.metrics.tests.steps
        return max(self.n_steps, int(tests[-1]) if len(tests) else 0)

    def outgrown(self) -> float | None:
        """The loss before the first step, where it is over twice as large by now.

        All test examples say the first, and the average of the last batches the second:
        one batch alone may be a hard one. None within the first steps, and where
        another loss was chosen since.
        """
        tests, step = self.metrics.tests, self.n_steps
        is_known = len(tests) > 0 and tests.steps[0] == 0
        if not is_known or step < _FEW_STEPS or self.batch_loss_breaks:
            return None
        half_life = max(self.half_life, _FEW_STEPS / 2)
        start = float(tests.losses[0])
        now = average_at(self.metrics.batch_losses, half_life, step)
        return start if now is not None and 0 < 2 * start < now else None

    def outgrown_from(self, start: float) -> int:
        """The first of the newest steps that are all over twice the first loss."""
        series = self.metrics.batch_losses
        half_life = max(self.half_life, _FEW_STEPS / 2)
        first, stop = 0, self.n_steps
        while True:
            bins = smoothed_bins(series, half_life, first, stop, _SEARCH_BINS)
            fine = np.flatnonzero(bins.lows <= 2 * start)
            if not len(fine):
                return first + 1
            last = int(fine[-1])
            narrower = int(bins.edges[last]), int(bins.edges[last + 1])
            if narrower == (first, stop) or bins.width <= series.bucket_width:
                return min(narrower[1] + 1, self.n_steps)
            first, stop = narrower

    def at(self, step: int) -> CurvePoint:
        """The values of one step, or of all steps in its bucket."""
        return self._of_one_loss(self._measured(step))

    def _of_one_loss(self, point: CurvePoint) -> CurvePoint:
        """Without values of another loss function than the one after its step.

        A step's batch is read before it, so with the loss function of the step before.
        """
        changes = self.metrics.line.loss_changes
        now = bisect_right(changes, point.step)
        bucket = point.batch_loss
        if bucket is not None:
            before_last = bisect_left(changes, bucket.last_step)
            if bisect_left(changes, bucket.first_step) != now or before_last != now:
                point = replace(point, batch_loss=None)
            if before_last != now:
                point = replace(point, smoothed_loss=None)
        if (
            point.test_step is not None
            and bisect_right(changes, point.test_step) != now
        ):
            point = replace(point, test_loss=None)
        return point

    def _measured(self, step: int) -> CurvePoint:
        losses, accuracies = self.metrics.batch_losses, self.metrics.batch_accuracies
        tests = self.metrics.tests
        index = int(np.searchsorted(tests.steps, step, side="right")) - 1
        known = index >= 0
        return CurvePoint(
            step=step,
            epoch=self.epochs.epoch_of(step),
            batch_loss=losses.bucket(step),
            smoothed_loss=average_at(
                losses, self.half_life, step, breaks=self.batch_loss_breaks
            ),
            smoothed_accuracy=average_at(
                accuracies,
                self.half_life,
                step,
                breaks=self.metrics.line.dropout_changes,
            ),
            test_step=int(tests.steps[index]) if known else None,
            test_loss=float(tests.losses[index]) if known else None,
            test_accuracy=float(tests.accuracies[index]) if known else None,
        )

    def newest(self) -> CurvePoint:
        """The values of the newest step, whose loss is known by itself."""
        step, loss = self.last_step, self.metrics.batch_losses.newest
        point = self._measured(step)
        if point.batch_loss is not None:
            point = replace(point, batch_loss=Bucket(step, step, loss, loss, loss))
            if self.half_life <= 0:
                accuracy = self.metrics.batch_accuracies.newest
                point = replace(point, smoothed_loss=loss, smoothed_accuracy=accuracy)
        return self._of_one_loss(point)


def stretch(
    steps: DoubleArray, values: DoubleArray, start: float, stop: float
) -> tuple[DoubleArray, DoubleArray]:
    """The points from `start` to `stop`, and one on either side."""
    first = max(0, int(np.searchsorted(steps, start, side="left")) - 1)
    last = int(np.searchsorted(steps, stop, side="right")) + 1
    return steps[first:last], values[first:last]
