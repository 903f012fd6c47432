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


@dataclass(frozen=True, slots=True)
class ScheduleDescription:
    """A schedule in words.

    Attributes:
        title: in the window.
        formula: the rate of a step.
        numbers: the training keys that it reads beside learning_rate.
        remark: what it is good for.
    """

    title: str
    formula: str
    numbers: tuple[str, ...] = ()
    remark: str = ""


_STEPS_AND_FACTOR: Final = ("schedule_steps", "schedule_factor")
SCHEDULES: Final[Mapping[str, ScheduleDescription]] = {
    "constant": ScheduleDescription(
        "constant",
        "η",
        remark="Near a minimum the steps keep jumping about in the noise of the batch.",
    ),
    "inverse-time": ScheduleDescription(
        "1/t",
        "η / (1 + t/T)",
        ("schedule_steps",),
        "The one that surely converges: Σ η = ∞ reaches every place, Σ η² < ∞ lets the "
        "noise die out (Robbins and Monro 1951).",
    ),
    "step": ScheduleDescription(
        "steps",
        "η · factor^⌊t/T⌋",
        _STEPS_AND_FACTOR,
        "Stays, then falls at once, every T steps.",
    ),
    "exponential": ScheduleDescription(
        "exponential",
        "η · factor^(t/T)",
        _STEPS_AND_FACTOR,
        "Falls by the same factor in each T steps. Σ η is finite, so the network can "
        "only come so far.",
    ),
    "cosine": ScheduleDescription(
        "cosine",
        "from η to factor · η along half a cosine in T steps, then stays",
        _STEPS_AND_FACTOR,
        "Begins and ends gently (Loshchilov and Hutter 2017).",
    ),
    "plateau": ScheduleDescription(
        "reduce on plateau",
        "η · factor at each plateau",
        ("schedule_factor", "schedule_patience"),
        "Falls when the loss of the validation data has not become smaller for more "
        "epochs than the patience.",
    ),
}
PLATEAU_THRESHOLD: Final = 1e-4
"""Share by which a loss has to be below the best one to be better, as in PyTorch."""


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
        # Asked for with every chunk of steps.
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
    """How long a loss has not become better, and how often the rate fell for that.

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
        """The same after another epoch."""
        if loss < self.best * (1 - PLATEAU_THRESHOLD):
            return replace(self, best=loss, waited=0)
        if self.waited + 1 > patience:
            return replace(self, waited=0, reductions=self.reductions + 1)
        return replace(self, waited=self.waited + 1)
