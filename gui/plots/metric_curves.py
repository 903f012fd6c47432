"""What one of the two plots of a run is to show."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from gui.curves.decimation import Values
from gui.curves.step_series import StepSeries

Points = tuple[Values, Values]
"""Steps and values."""


_NONE: Final = (np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """Which series a MetricPlot draws.

    Attributes:
        series: a value for each batch, of which the moving average is drawn.
        half_life: of the average, in steps.
        tests: readings of the whole test set, steps and values.
        before: test readings of the run before.
        abandoned: the series of branches that were left, each with its first and last
            step.
        validations: readings of the whole validation data, empty where there are none.
        best_step: where they were best, None unless training stopped early.
        with_raw: whether the values are drawn, too, faint.
    """

    series: StepSeries
    half_life: float
    tests: Points
    before: Points | None
    abandoned: tuple[tuple[StepSeries, int, int], ...]
    with_raw: bool
    validations: Points = _NONE
    best_step: int | None = None
