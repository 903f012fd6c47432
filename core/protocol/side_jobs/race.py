"""Request and result of a race: plain frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.arrays import DoubleArray
from core.descriptions.optimizers import OPTIMIZERS

RACING_RATES: Final[Mapping[str, float]] = {
    "sgd": 0.5,
    "momentum": 0.1,
    "averaged-momentum": 0.8,
    "nesterov": 0.1,
    "adagrad": 1.0,
    "rmsprop": 0.1,
    "adam": 0.2,
    "adamw": 0.2,
}
"""Rates of a racer; each surface has a factor for the first four."""
STEEP: Final = ("sgd", "momentum", "averaged-momentum", "nesterov")
"""Optimisers whose steps grow with the gradient."""


@dataclass(frozen=True, slots=True)
class Racer:
    """An optimiser and its learning rate."""

    optimizer: str
    learning_rate: float

    @property
    def title(self) -> str:
        return OPTIMIZERS[self.optimizer].title


@dataclass(frozen=True, slots=True)
class RaceRequest:
    """Run all racers on the same surface from the same point.

    Attributes:
        text: formula of x and y.
        start: the common starting point.
        steps: to take.
    """

    text: str
    start: tuple[float, float]
    racers: tuple[Racer, ...]
    steps: int = 300


@dataclass(frozen=True, slots=True, eq=False)
class RacePath:
    """The path of a racer.

    Attributes:
        points: (steps + 1, 2) from the start; nan after its end.
        heights: (steps + 1,) of the surface there.
        ended_at: first step with a non-finite point or height.
        is_undefined: whether it ended because the surface, or its slope, is undefined
            there; else it has grown beyond all bounds.
    """

    racer: Racer
    points: DoubleArray
    heights: DoubleArray
    ended_at: int | None
    is_undefined: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RaceResult:
    """All paths, with the requested number of steps."""

    request: RaceRequest
    paths: tuple[RacePath, ...]
