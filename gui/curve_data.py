"""The curves of one run, ready to be drawn at any zoom and read at any step."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from gui.decimation import MinMaxPyramid, Values
from gui.epoch_scale import EpochScale
from gui.metrics_log import GrowingColumn, MetricsLog
from gui.smoothing import GrowingAverage

UPDATE_LIMIT: Final = 200_000
"""New steps taken in for one frame; about 10 ms of work."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """What the curves say at one step; None where nothing was measured.

    Attributes:
        test_step: the step of the last test reading at or before `step`.
    """

    step: int
    epoch: float
    batch_loss: float | None
    smoothed_loss: float | None
    batch_accuracy: float | None
    smoothed_accuracy: float | None
    test_step: int | None
    test_loss: float | None
    test_accuracy: float | None


class SmoothedSeries:
    """A growing series' moving average with its pyramid."""

    def __init__(self, half_life: float) -> None:
        self.average = GrowingAverage(half_life)
        self.pyramid = MinMaxPyramid()

    def update(self, series: Values, limit: int) -> None:
        self.average.update(series, limit)
        self.pyramid.update(self.average.values)


class CurveData:
    """Follows a MetricsLog and keeps what drawing needs up to date."""

    def __init__(self, metrics: MetricsLog, half_life: float) -> None:
        self.metrics = metrics
        self.epochs = EpochScale()
        self.losses = MinMaxPyramid()
        self.smoothed_losses = SmoothedSeries(half_life)
        self.smoothed_accuracies = SmoothedSeries(half_life)
        self.first_broken_step: int | None = None

    @property
    def n_steps(self) -> int:
        """Steps that have a batch loss."""
        return len(self.metrics.batch_losses)

    @property
    def last_step(self) -> int:
        """The newest step that any curve reaches."""
        tests = self.metrics.test_steps.values
        return max(self.n_steps, int(tests[-1]) if len(tests) else 0)

    def set_half_life(self, half_life: float) -> None:
        if half_life != self.smoothed_losses.average.half_life:
            self.smoothed_losses = SmoothedSeries(half_life)
            self.smoothed_accuracies = SmoothedSeries(half_life)

    def update(self, limit: int = UPDATE_LIMIT) -> bool:
        """Take in at most `limit` new steps a curve.

        Returns:
            Whether there is more: a call then draws what is there and comes back, so
            that ten million steps do not hold up the window.
        """
        losses = self.metrics.batch_losses.values
        accuracies = self.metrics.batch_accuracies.values
        seen = len(self.losses)
        self.losses.update(losses[: seen + limit])
        self._look_for_breakage(losses[seen : seen + limit], seen)
        self.smoothed_losses.update(losses, limit)
        self.smoothed_accuracies.update(accuracies, limit)
        return (
            len(self.losses) < len(losses)
            or len(self.smoothed_losses.average) < len(losses)
            or len(self.smoothed_accuracies.average) < len(accuracies)
        )

    def at(self, step: int) -> CurvePoint:
        """The values of one step, exact."""
        tests = self.metrics.test_steps.values
        index = int(np.searchsorted(tests, step, side="right")) - 1
        known = index >= 0
        return CurvePoint(
            step=step,
            epoch=self.epochs.epoch_of(step),
            batch_loss=_entry(self.metrics.batch_losses.values, step - 1),
            smoothed_loss=_entry(self.smoothed_losses.average.values, step - 1),
            batch_accuracy=_entry(self.metrics.batch_accuracies.values, step - 1),
            smoothed_accuracy=_entry(self.smoothed_accuracies.average.values, step - 1),
            test_step=int(tests[index]) if known else None,
            test_loss=_entry(self.metrics.test_losses.values, index),
            test_accuracy=_entry(self.metrics.test_accuracies.values, index),
        )

    def tests_between(
        self, values: GrowingColumn, start: float, stop: float
    ) -> tuple[Values, Values]:
        """Steps and values of the test readings shown, and one on either side."""
        return stretch(self.metrics.test_steps.values, values.values, start, stop)

    def _look_for_breakage(self, new: Values, offset: int) -> None:
        if self.first_broken_step is None:
            broken = np.flatnonzero(~np.isfinite(new))
            if len(broken):
                self.first_broken_step = offset + int(broken[0]) + 1


def stretch(
    steps: Values, values: Values, start: float, stop: float
) -> tuple[Values, Values]:
    """The points from `start` to `stop`, and one on either side."""
    count = min(len(steps), len(values))
    steps, values = steps[:count], values[:count]
    first = max(0, int(np.searchsorted(steps, start, side="left")) - 1)
    last = int(np.searchsorted(steps, stop, side="right")) + 1
    return steps[first:last], values[first:last]


def _entry(values: npt.NDArray[np.float64], index: int) -> float | None:
    return float(values[index]) if 0 <= index < len(values) else None
