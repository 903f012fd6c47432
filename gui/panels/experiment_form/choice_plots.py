"""The curves beside the form's choices: activations, losses, rates over steps."""

import math
from typing import Final

import numpy as np

from core.experiment.model import TrainingSettings
from core.experiment.schedules import learning_rates
from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.kinks import kinks_text
from core.network.numpy.losses.record import Loss
from core.values.words import tr
from gui.widgets.plots.function_curve import FunctionPlot

_POINTS: Final = 241
_HIGHEST_LOSS: Final = 4.0
_PERIODS: Final = 3
_MOST_REDUCTIONS: Final = 3


def plot_of_activation(activation: Activation) -> FunctionPlot:
    """The function f(z); of one over a layer that of two units, z and 0."""
    low, high = activation.drawn_over
    z = np.linspace(low, high, _POINTS)
    if activation.is_over_layer:
        pairs = np.stack([z, np.zeros_like(z)], axis=-1)
        values = activation.function(NUMPY, pairs)[:, 0]
    else:
        values = activation.function(NUMPY, z)
    bottom, top = min(0.0, float(values.min())), float(values.max())
    room = 0.08 * (top - bottom)
    ends = (bottom, top)
    if activation.is_bounded:
        ends = activation.range
    ticks = tuple(sorted({ends[0], 0.0, ends[1]}))
    heights = (bottom - room, top + room)
    axis = tr("z, beside a unit with z = 0") if activation.is_over_layer else "z"
    return FunctionPlot(z, values, heights, axis, (low, 0.0, high), ticks)


def activation_note(activation: Activation) -> str:
    """What it is good for, and what is done at its kinks."""
    return f"{activation.note} {kinks_text(activation.kinks, 'z')}".strip()


def plot_of_loss(loss: Loss, rho: float) -> FunctionPlot:
    """The loss of one output, or one example, over what it looks at."""
    low, high = loss.drawn_over
    x = np.linspace(low, high, _POINTS)
    with np.errstate(divide="ignore"):
        values = np.minimum(loss.curve(x, rho), 2 * _HIGHEST_LOSS)
    top = min(float(values.max()), _HIGHEST_LOSS)
    ticks = loss.ticks
    if loss.reads_rho and rho < high:
        ticks = tuple(sorted({*ticks, rho}))
    return FunctionPlot(x, values, (0.0, 1.1 * top), loss.axis, ticks, (0.0, top))


def loss_note(loss: Loss, rho: float) -> str:
    """What a loss punishes, and what is done at its kinks."""
    return f"{loss.note} {kinks_text(loss.kinks(rho), loss.axis_symbol)}".strip()


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
