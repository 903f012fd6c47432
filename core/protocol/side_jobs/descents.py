"""Requests and results of full-batch and mini-batch descent: frozen values."""

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
        cosine: of the angle between them; 1 is the same direction. NaN when one of
            them is 0.
        seconds: time for the gradient of all examples, without interruptions.
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
        """Length of the batch's gradient relative to the full one."""
        return self.batch_norm / self.full_norm if self.full_norm > 0 else float("nan")


@dataclass(frozen=True, slots=True)
class DescentRequest:
    """Run both descents from the newest weights; the run is not changed.

    Attributes:
        steps: of each descent, at least 1; fewer for very large networks.
    """

    steps: int = 20


@dataclass(frozen=True, slots=True)
class DescentProgress:
    """Finished and total passes through the whole training set."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class DescentResult:
    """Two paths from the same weights, with the same optimiser and learning rate.

    Both are drawn in one plane through the start: to the right the direction from the
    start to the end of full-batch descent, upwards that at right angles in which
    the points of both paths spread most.

    Attributes:
        start: the step at which both start.
        full: (steps + 1, 2) full-batch descent, by the gradient of all examples.
        batch: (steps + 1, 2) mini-batch descent, with the same batches as the run
            itself is going to use.
        shares: shares of the squared distances from the start along each axis.
        full_losses: (steps + 1,) over all examples, with penalties, along the way.
        batch_end_loss: the same at the end of mini-batch descent.
        examples: examples in one step of full-batch descent.
        batch_size: examples in one step of mini-batch descent.
        full_seconds: computing time of full-batch descent.
        batch_seconds: computing time of mini-batch descent.
        requested: requested steps.
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
