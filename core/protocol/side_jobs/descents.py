"""Requests for walks and what comes of them: frozen host-side values."""

from dataclasses import dataclass

import numpy as np

from core.arrays import DoubleArray


@dataclass(frozen=True, slots=True)
class AngleRequest:
    """Compare the newest step's gradient with that of all training examples."""


@dataclass(frozen=True, slots=True)
class GradientAngle:
    """Two gradients at the params before a step, penalties included.

    That of all examples is without dropout, the batch's as the step had it.

    Attributes:
        step: the step that used the batch, counted from 1.
        examples: of the whole training set.
        batch: examples of the batch.
        full_norm: Euclidean, over all parameters.
        batch_norm: the same of the batch's gradient.
        cosine: of the angle between them; 1 is the same direction. No number when one
            of them is 0.
        seconds: that the gradient of all examples took, without what came between.
    """

    step: int
    examples: int
    batch: int
    full_norm: float
    batch_norm: float
    cosine: float
    seconds: float

    @property
    def degrees(self) -> float:
        """The angle, 0 to 180."""
        return float(np.degrees(np.arccos(np.clip(self.cosine, -1.0, 1.0))))

    @property
    def ratio(self) -> float:
        """How many times as long the batch's gradient is."""
        return self.batch_norm / self.full_norm if self.full_norm > 0 else float("nan")


@dataclass(frozen=True, slots=True)
class DescentRequest:
    """Walk both ways from the newest weights; the run stays where it is.

    Attributes:
        steps: of each walker, at least 1; fewer for very large networks.
    """

    steps: int = 20


@dataclass(frozen=True, slots=True)
class DescentProgress:
    """Passes through the whole training set, of so many."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class DescentResult:
    """Two paths from the same weights, with the same optimiser and learning rate.

    Both are drawn in one plane through the start: to the right the way from the start
    to the sure walker's end, upwards the direction at right angles to it in which the
    points of both paths spread most.

    Attributes:
        start: the step that both set out from.
        full: (steps + 1, 2) the sure walker, by the gradient of all examples.
        batch: (steps + 1, 2) the quick one, by one batch after the other as the run
            itself is going to use them.
        shares: of the squared distances from the start, what lies along each axis.
        full_losses: (steps + 1,) over all examples, with penalties, along the way.
        batch_end_loss: the same where the quick walker ends.
        examples: that one step of the sure walker looks at.
        batch_size: that one step of the quick walker looks at.
        full_seconds: that the sure walker worked.
        batch_seconds: that the quick walker worked.
        requested: steps that were asked for.
    """

    start: int
    full: DoubleArray
    batch: DoubleArray
    shares: tuple[float, float]
    full_losses: DoubleArray
    batch_end_loss: float
    examples: int
    batch_size: int
    full_seconds: float
    batch_seconds: float
    requested: int

    @property
    def steps(self) -> int:
        return len(self.full) - 1
