"""The contents of one of the two plots of a run."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import numpy as np

from core.arrays import DoubleArray
from gui.panels.curves.curve_data import CurveData
from gui.session.step_series import StepSeries
from gui.session.view_state import Run

Points = tuple[DoubleArray, DoubleArray]
"""Steps and values."""
Curve = Literal["raw", "smoothed", "test", "before", "branches", "validation"]
CURVE_NAMES: Final[tuple[Curve, ...]] = get_args(Curve)

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
            step, and with breaks of its own.
        validations: evaluations on the whole validation data, empty without any.
        best_step: where they were best, None unless training stopped early.
        with_raw: whether the unsmoothed values are drawn too, faintly.
        with_smoothed: whether the moving average is drawn.
        breaks: steps from which on `series` is another quantity.
        test_breaks: steps from which on `tests` and `validations` are.
    """

    series: StepSeries
    half_life: float
    tests: Points
    before: Points | None
    abandoned: tuple[tuple[StepSeries, int, int, tuple[int, ...]], ...]
    with_raw: bool
    validations: Points = _NONE
    best_step: int | None = None
    with_smoothed: bool = True
    breaks: tuple[int, ...] = ()
    test_breaks: tuple[int, ...] = ()

    def without(self, hidden: Container[Curve]) -> "ShownPoints":
        """What is left when the user has switched some curves off."""
        return replace(
            self,
            with_raw=self.with_raw and "raw" not in hidden,
            with_smoothed="smoothed" not in hidden,
            tests=_NONE if "test" in hidden else self.tests,
            before=None if "before" in hidden else self.before,
            abandoned=() if "branches" in hidden else self.abandoned,
            validations=_NONE if "validation" in hidden else self.validations,
        )


def losses_shown(data: CurveData, before: Points | None) -> ShownPoints:
    """The losses of a run, with the test evaluations of the previous run."""
    metrics = data.metrics
    return ShownPoints(
        metrics.batch_losses,
        data.half_life,
        (metrics.tests.steps, metrics.tests.losses),
        before,
        tuple(
            (
                b.curves.batch_losses,
                b.start,
                b.end,
                (*b.curves.loss_changes, *b.curves.dropout_changes),
            )
            for b in metrics.abandoned
        ),
        with_raw=True,
        validations=(metrics.validations.steps, metrics.validations.losses),
        best_step=metrics.best_step,
        breaks=data.batch_loss_breaks,
        test_breaks=metrics.line.loss_changes,
    )


def accuracies_shown(data: CurveData, before: Points | None) -> ShownPoints:
    """The accuracies of a run, with the test evaluations of the previous run."""
    metrics = data.metrics
    return ShownPoints(
        metrics.batch_accuracies,
        data.half_life,
        (metrics.tests.steps, metrics.tests.accuracies),
        before,
        tuple(
            (b.curves.batch_accuracies, b.start, b.end, b.curves.dropout_changes)
            for b in metrics.abandoned
        ),
        with_raw=False,
        validations=(metrics.validations.steps, metrics.validations.accuracies),
        best_step=metrics.best_step,
        breaks=metrics.line.dropout_changes,
    )


def comparable_tests(old: Run, new: Run) -> tuple[Points, Points] | None:
    """Losses and accuracies of a run's test evaluations, to draw beside a newer run.

    None where the newer run has other data, or either minimises another loss.
    """
    before, now = old.experiment, new.experiment
    if before.data != now.data or before.training.loss != now.training.loss:
        return None
    if old.metrics.line.loss_changes:
        return None
    tests = old.metrics.tests
    steps = np.array(tests.steps)
    return (steps, np.array(tests.losses)), (steps, np.array(tests.accuracies))


def with_gaps(x: DoubleArray, y: DoubleArray, breaks: Sequence[int]) -> Points:
    """The points of a line that does not join two quantities.

    Args:
        x: steps, rising.
        y: values.
        breaks: first steps of another quantity.
    """
    steps = np.asarray(breaks, np.float64) - 0.5
    places = np.searchsorted(x, steps)
    inside = (places > 0) & (places < len(x))
    if not inside.any():
        return x, y
    places, steps = places[inside], steps[inside]
    return np.insert(x, places, steps), np.insert(y, places, np.nan)


def with_strokes(x: DoubleArray, y: DoubleArray, half: float) -> Points:
    """The points of a line; one without neighbours is a stroke to be seen at all.

    Args:
        x: steps, rising.
        y: values, nan in the gaps.
        half: half the length of such a stroke.
    """
    is_there = np.concatenate(([False], np.isfinite(y), [False]))
    lone = np.flatnonzero(is_there[1:-1] & ~is_there[:-2] & ~is_there[2:])
    if len(lone) == 0:
        return x, y
    left, right = x[lone] - half, x[lone] + half
    x = x.copy()
    x[lone] = left
    return np.insert(x, lone + 1, right), np.insert(y, lone + 1, y[lone])
