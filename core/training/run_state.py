"""States of a run from which training can continue exactly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import jax
import numpy as np
import numpy.typing as npt

from core.arrays import IntArray
from core.experiment.model import Experiment
from core.experiment.schedules import learning_rates
from core.training.batches import BatchOrder
from core.training.program import Program
from core.training.step import Clock, Rates, TrainState
from core.training.validation_monitor import FRESH_WATCH, Watch
from core.values.parameter import Parameter


class Settings(NamedTuple):
    """The settings of a range of steps.

    Attributes:
        schedule_start: steps taken when the schedule of the learning rate began.
    """

    program: Program
    rates: Rates
    order: BatchOrder
    experiment: Experiment
    frozen: frozenset[Parameter] = frozenset()
    schedule_start: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class RunState:
    """A state of a run from which training can continue exactly.

    Attributes:
        watch: plateaus and the best step, from the losses of the epochs so far.
        edited: the parameters that the user has edited, each with the step at
            which that was last done.
    """

    step: int
    state: TrainState
    settings: Settings
    edited: Mapping[Parameter, int] = field(default_factory=dict)
    watch: Watch = FRESH_WATCH

    def clock(self, count: int) -> Clock:
        """Learning rates and numbers of the next `count` steps, on the host."""
        steps = np.arange(self.step, self.step + count, dtype=np.int32)
        return Clock(self._rates(steps).astype(np.float32), steps)  # type: ignore[arg-type]

    @property
    def learning_rate(self) -> float:
        """Of the next step."""
        return float(self._rates(np.asarray(self.step, np.int32)))

    def _rates(self, steps: IntArray) -> npt.NDArray[np.float64]:
        settings = self.settings
        return learning_rates(
            settings.experiment.training,
            steps - settings.schedule_start,
            reductions=self.watch.plateau.reductions,
        )


def state_bytes(point: RunState) -> int:
    """Bytes of a stored state, without the settings, which many states share."""
    return sum(leaf.nbytes for leaf in jax.tree.leaves(point.state))
