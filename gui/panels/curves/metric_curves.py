"""The contents of one of the two plots of a run."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import DoubleArray
from gui.panels.curves.curve_data import CurveData
from gui.session.step_series import StepSeries
from gui.session.view_state import Run

Points = tuple[DoubleArray, DoubleArray]
"""Steps and values."""


_NONE: Final = (np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class ShownPoints:
    """Which series a MetricPlot draws.

    Attributes:
        series: a value for each batch; its moving average is drawn.
        half_life: of the average, in steps.
        tests: evaluations on the whole test set, steps and values.
        before: test evaluations of the previous run.
        abandoned: the series of branches that were left, each with its first and last
            step.
        validations: evaluations on the whole validation data, empty without any.
        best_step: where they were best, None unless training stopped early.
        with_raw: whether the unsmoothed values are drawn too, faintly.
    """

    series: StepSeries
    half_life: float
    tests: Points
    before: Points | None
    abandoned: tuple[tuple[StepSeries, int, int], ...]
    with_raw: bool
    validations: Points = _NONE
    best_step: int | None = None


def losses_shown(data: CurveData, before: Points | None) -> ShownPoints:
    """The losses of a run, with the test evaluations of the previous run."""
    metrics = data.metrics
    return ShownPoints(
        metrics.batch_losses,
        data.half_life,
        (metrics.tests.steps, metrics.tests.losses),
        before,
        tuple((b.curves.batch_losses, b.start, b.end) for b in metrics.abandoned),
        with_raw=True,
        validations=(metrics.validations.steps, metrics.validations.losses),
        best_step=metrics.best_step,
    )


def accuracies_shown(data: CurveData, before: Points | None) -> ShownPoints:
    """The accuracies of a run, with the test evaluations of the previous run."""
    metrics = data.metrics
    return ShownPoints(
        metrics.batch_accuracies,
        data.half_life,
        (metrics.tests.steps, metrics.tests.accuracies),
        before,
        tuple((b.curves.batch_accuracies, b.start, b.end) for b in metrics.abandoned),
        with_raw=False,
        validations=(metrics.validations.steps, metrics.validations.accuracies),
        best_step=metrics.best_step,
    )


def comparable_tests(old: Run, new: Run) -> tuple[Points, Points] | None:
    """Losses and accuracies of a run's test evaluations, to draw beside a newer run.

    None where the newer run minimises another loss.
    """
    if old.experiment.training.loss != new.experiment.training.loss:
        return None
    tests = old.metrics.tests
    steps = np.array(tests.steps)
    return (steps, np.array(tests.losses)), (steps, np.array(tests.accuracies))
