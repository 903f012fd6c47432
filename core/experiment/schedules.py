"""The learning rate of each step: a function of the step's number, on the host.

t counts the steps taken since the schedule began, so the first step has t = 0. Only
"plateau" needs more: how often the rate was reduced, which follows from the losses of
the validation data at the ends of the epochs (`Plateau`).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from core.experiment.model import TrainingSettings
from core.values.words import tr


@dataclass(frozen=True, slots=True)
class ScheduleDescription:
    """The description of a schedule.

    Attributes:
        title: in the window.
        formula: the rate of a step.
        numbers: the training keys that it reads beside learning_rate.
        remark: its purpose.
    """

    title: str
    formula: str
    numbers: tuple[str, ...] = ()
    remark: str = ""


_STEPS_AND_FACTOR: Final = ("schedule_steps", "schedule_factor")
SCHEDULES: Final[Mapping[str, ScheduleDescription]] = {
    "constant": ScheduleDescription(
        tr("constant"),
        "η",
        remark=tr(
            "Near a minimum the steps keep fluctuating with the noise of the batch."
        ),
    ),
    "inverse-time": ScheduleDescription(
        "1/t",
        "η / (1 + t/T)",
        ("schedule_steps",),
        tr(
            "Guarantees convergence: Σ η = ∞ can reach every point, Σ η² < ∞ "
            "averages out the noise (Robbins and Monro 1951)."
        ),
    ),
    "step": ScheduleDescription(
        tr("steps"),
        "η · factor^⌊t/T⌋",
        _STEPS_AND_FACTOR,
        tr("Constant, with a sudden reduction every T steps."),
    ),
    "exponential": ScheduleDescription(
        tr("exponential"),
        "η · factor^(t/T)",
        _STEPS_AND_FACTOR,
        tr(
            "Falls by the same factor every T steps. Σ η is finite, so the weights "
            "can only move a limited distance."
        ),
    ),
    "cosine": ScheduleDescription(
        tr("cosine"),
        tr("from η to factor · η along half a cosine in T steps, then constant"),
        _STEPS_AND_FACTOR,
        tr("Starts and ends smoothly (Loshchilov and Hutter 2017)."),
    ),
    "plateau": ScheduleDescription(
        tr("reduce on plateau"),
        tr("η · factor at each plateau"),
        ("schedule_factor", "schedule_patience"),
        tr(
            "Falls when the validation loss has not decreased for more epochs than "
            "the patience."
        ),
    ),
}
PLATEAU_THRESHOLD: Final = 1e-4
"""Relative amount by which a loss must be below the best one, as in PyTorch."""


def learning_rates(
    training: TrainingSettings, steps: npt.ArrayLike, *, reductions: int = 0
) -> npt.NDArray[np.float64]:
    """The rate of each step.

    Args:
        training: with its schedule and learning rate.
        steps: t of each step, from 0.
        reductions: plateaus so far.
    """
    if training.schedule == "constant" and training.warmup_steps == 0:
        # Called for every chunk of steps.
        return np.full(np.shape(steps), training.learning_rate)
    t = np.asarray(steps, np.float64)
    factor = _factor(training, t, reductions)
    if training.warmup_steps > 0:
        factor = factor * np.minimum(1.0, (t + 1) / training.warmup_steps)
    return np.asarray(training.learning_rate * factor)


def _factor(
    training: TrainingSettings, t: npt.NDArray[np.float64], reductions: int
) -> npt.NDArray[np.float64]:
    name, factor = training.schedule, training.schedule_factor
    periods = t / training.schedule_steps
    if name == "inverse-time":
        return 1 / (1 + periods)
    if name == "step":
        return np.asarray(factor ** np.floor(periods))
    if name == "exponential":
        return np.asarray(factor**periods)
    if name == "cosine":
        wave = (1 + np.cos(math.pi * np.minimum(periods, 1))) / 2
        return np.asarray(factor + (1 - factor) * wave)
    if name == "plateau":
        return np.full_like(t, factor**reductions)
    return np.ones_like(t)


@dataclass(frozen=True, slots=True)
class Plateau:
    """How long a loss has not improved, and how often the rate was reduced for that.

    The rule is that of PyTorch's ReduceLROnPlateau with its own threshold.

    Attributes:
        best: the smallest loss so far.
        waited: epochs since then, or since the last reduction.
        reductions: how often the rate was reduced.
    """

    best: float = math.inf
    waited: int = 0
    reductions: int = 0

    def after(self, loss: float, patience: int) -> "Plateau":
        """The state after another epoch."""
        if loss < self.best * (1 - PLATEAU_THRESHOLD):
            return replace(self, best=loss, waited=0)
        if self.waited + 1 > patience:
            return replace(self, waited=0, reductions=self.reductions + 1)
        return replace(self, waited=self.waited + 1)
