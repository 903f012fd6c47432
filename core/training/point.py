"""Places in a run that training can go on from, exactly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import jax

from core.experiment.model import Experiment
from core.parameter import Parameter
from core.training.batches import BatchOrder
from core.training.program import Program
from core.training.step import Rates, TrainState


class Settings(NamedTuple):
    """What a stretch of steps was taken with."""

    program: Program
    rates: Rates
    order: BatchOrder
    experiment: Experiment
    frozen: frozenset[Parameter] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A place in a run that training can go on from, exactly.

    Attributes:
        edited: the parameters that the user has given a value, each with the step at
            which that was last done.
    """

    step: int
    state: TrainState
    settings: Settings
    edited: Mapping[Parameter, int] = field(default_factory=dict)


def state_bytes(point: Point) -> int:
    """What keeping a point takes, the settings not counted, which many share."""
    return sum(leaf.nbytes for leaf in jax.tree.leaves(point.state))
