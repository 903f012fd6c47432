"""The curves beside the form's choices: losses over errors, rates over steps."""

import math
from typing import Final

import numpy as np

from core.descriptions import losses
from core.experiment.model import TrainingSettings
from core.experiment.schedules import learning_rates
from gui.widgets.plots.function_curve import FunctionPlot

_POINTS: Final = 241
_HIGHEST_LOSS: Final = 4.0
_PERIODS: Final = 3
_MOST_REDUCTIONS: Final = 3


def plot_of_loss(loss: str, rho: float) -> FunctionPlot:
    """The loss of one output, or one example, over its argument."""
    description = losses.LOSSES[loss]
    low, high = description.range
    x = np.linspace(low, high, _POINTS)
    values = np.minimum(losses.curve(loss, x, rho), 2 * _HIGHEST_LOSS)
    top = min(float(values.max()), _HIGHEST_LOSS)
    middle = (low + high) / 2 if low >= 0 else 0.0
    ticks = (low, middle, 1.0, high) if high > 2 else (low, middle, high)
    if loss == "margin":
        ticks = (low, 0.0, rho, high) if rho < high else (low, 0.0, high)
    return FunctionPlot(
        x, values, (0.0, 1.1 * top), description.axis, ticks, (0.0, top)
    )


def plot_of_schedule(
    training: TrainingSettings, step: int, rate: float | None
) -> FunctionPlot:
    """The learning rate over the steps, `step` of which have been taken at `rate`.

    When a plateau comes is not known: the plot shows the rates after each reduction.
    """
    last = float(math.ceil(max(_length(training), 1.25 * step)))
    t = np.linspace(0, last, _POINTS)
    if training.schedule == "step":
        edges = np.arange(0, last, training.schedule_steps)[:_POINTS]
        t = np.unique(np.concatenate((t, edges, np.maximum(edges - 1e-6 * last, 0))))
    rates = learning_rates(training, t)
    top = max(float(rates.max()), 1e-12)
    ticks: tuple[float, ...] = (0.0, top)
    if training.schedule == "plateau":
        falls = [top * training.schedule_factor**k for k in range(1, _MOST_REDUCTIONS)]
        ticks = (0.0, top, *(rate for rate in falls if 0.15 * top < rate < 0.9 * top))
    return FunctionPlot(
        t, rates, (0.0, 1.1 * top), "step", (0.0, last), ticks, float(step), rate
    )


def _length(training: TrainingSettings) -> float:
    if training.schedule in ("constant", "plateau"):
        return max(2 * training.warmup_steps, 1000)
    periods = 1.5 if training.schedule == "cosine" else _PERIODS
    return max(periods * training.schedule_steps, 2 * training.warmup_steps)
