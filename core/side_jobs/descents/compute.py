"""Full-batch and mini-batch descent from the current weights."""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np
import numpy.typing as npt
from jaxtyping import Array, Float

from core.arrays import DoubleArray, FloatArray
from core.network.jax.network import Params
from core.platform.compiling import jit
from core.protocol.side_jobs.descents import (
    DescentProgress,
    DescentRequest,
    DescentResult,
)
from core.side_jobs.descents.full_gradient import full_gradient
from core.side_jobs.finite import require_finite
from core.training.program import Program
from core.training.run import TrainingRun, to_numpy
from core.training.run_state import RunState
from core.training.step import (
    Rates,
    TrainState,
    apply_gradient,
)
from core.values.counts import counted
from core.values.errors import GlassboxError
from core.values.network_spec import flatten
from core.values.words import tr

MOST_NUMBERS: Final = 48_000_000
"""Most parameters times points that are kept: 192 MB."""
BLOCK: Final = 250_000
"""Parameters of all points that are multiplied at once."""
Walking = Generator[DescentResult | DescentProgress | None, None, None]


@partial(jit, static_argnames="program")
def _step(
    program: Program,
    state: TrainState,
    gradient: Params,
    rates: Rates,
    learning_rate: Float[Array, ""],
) -> TrainState:
    after: TrainState = apply_gradient(program, state, gradient, rates, learning_rate)
    return after


def descend_in_parts(request: DescentRequest, run: TrainingRun) -> Walking:
    """Run both descents from the run's newest weights; the run is not changed.

    Raises:
        GlassboxError: the weights are not finite, here or on the way.
    """
    start = run.newest
    require_finite(to_numpy(start.state.params), start.step)
    walk = _Walk(run, start, _steps_that_fit(request.steps, run.spec.parameter_count))
    begun = time.perf_counter()
    batch_path = [walk.flat(start)]
    quick_end, batch_seconds = start, 0.0
    for _ in range(walk.steps):
        quick_end = walk.next_by_batch(quick_end)
        batch_path.append(walk.flat(quick_end))
        batch_seconds += time.perf_counter() - begun
        yield None
        begun = time.perf_counter()
    full_path, losses, full_seconds = [batch_path[0]], [], 0.0
    sure_end = start
    for done in range(walk.steps):
        for result in walk.gradient(sure_end):
            if result is not None:
                losses.append(result[0])
                sure_end = walk.next_by_all(sure_end, result[1])
            full_seconds += time.perf_counter() - begun
            yield None
            begun = time.perf_counter()
        full_path.append(walk.flat(sure_end))
        yield DescentProgress(done + 1, walk.steps + 2)
        begun = time.perf_counter()
    for done, end in enumerate((sure_end, quick_end), start=walk.steps + 1):
        for result in walk.gradient(end):
            if result is not None:
                losses.append(result[0])
            yield None
        yield DescentProgress(done, walk.steps + 2)
    products = np.zeros((2 * walk.steps + 2,) * 2)
    for part in products_in_parts((*full_path, *batch_path)):
        products += part
        yield None
    if not np.isfinite(products).all():
        msg = tr(
            "One of the descents diverges within {steps}: take "
            "fewer steps or lower the learning rate.",
            steps=counted(walk.steps, "step"),
        )
        raise GlassboxError(msg)
    full, batch, shares = project(products)
    yield DescentResult(
        start.step,
        full,
        batch,
        shares,
        np.asarray(losses[:-1]),
        losses[-1],
        len(run.dataset.train),
        start.settings.order.batch_size,
        full_seconds,
        batch_seconds,
        request.steps,
    )


def _steps_that_fit(requested: int, parameters: int) -> int:
    return max(1, min(requested, MOST_NUMBERS // (2 * parameters) - 1))


class _Walk:
    """The step functions of the descents, which keep their own states."""

    def __init__(self, run: TrainingRun, start: RunState, steps: int) -> None:
        self._run = run
        self._settings = start.settings
        self.steps = steps

    def flat(self, point: RunState) -> FloatArray:
        """All parameters in one vector."""
        return flatten(to_numpy(point.state.params))

    def next_by_batch(self, point: RunState) -> RunState:
        """The step that the run itself would take."""
        return self._run.point_after(point)

    def gradient(self, point: RunState) -> Iterator[tuple[float, Params] | None]:
        """The gradient of all examples, in parts."""
        settings = self._settings
        return full_gradient(
            settings.program,
            point.state.params,
            self._run.train_examples,
            settings.rates,
        )

    def next_by_all(self, point: RunState, gradient: Params) -> RunState:
        """The same optimiser at the same rate, given the gradient of all examples."""
        settings = self._settings
        after: TrainState = _step(
            settings.program,
            point.state,
            gradient,
            settings.rates,
            point.clock(1).learning_rate[0],
        )
        return replace(point, step=point.step + 1, state=after)


def products_in_parts(points: Sequence[FloatArray]) -> Iterator[DoubleArray]:
    """Parts of the inner products of all differences from the first point.

    Args:
        points: (parameters,) each.
    """
    for first in range(0, len(points[0]), BLOCK):
        away = np.stack([point[first : first + BLOCK] for point in points])
        with np.errstate(all="ignore"):  # a descent that diverges is told by its end
            away -= away[:1].copy()
            part = (away @ away.T).astype(np.float64)
        yield part


def project(
    products: DoubleArray,
) -> tuple[DoubleArray, DoubleArray, tuple[float, float]]:
    """Both paths in the plane described in `DescentResult`.

    The inner products of the differences from the start are enough: few numbers,
    whatever the size of the network.

    Args:
        products: (2 steps + 2, 2 steps + 2), the points of full-batch descent first.
    """
    count = len(products) // 2
    end = count - 1 if products[count - 1, count - 1] > 0 else len(products) - 1
    length = float(np.sqrt(max(products[end, end], 0.0)))
    along = products[end] / length if length > 0 else np.zeros(len(products))
    values, vectors = np.linalg.eigh(products - np.outer(along, along))
    across = vectors[:, -1] * np.sqrt(max(float(values[-1]), 0.0))
    if across[np.argmax(np.abs(across))] < 0:
        across = -across
    total = float(np.trace(products))
    shares = _share(along, total), _share(across, total)
    points: npt.NDArray[np.float64] = np.stack([along, across], axis=1)
    return points[:count], points[count:], shares


def _share(part: npt.NDArray[np.float64], total: float) -> float:
    return float(np.sum(part**2) / total) if total > 0 else 0.0
