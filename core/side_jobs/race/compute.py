"""A race: the optimisers of training on a surface, with its exact gradient."""

from collections.abc import Generator
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jaxtyping import Array, Float

from core.arrays import DoubleArray
from core.experiment.formula import Formula, parse_formula
from core.network.jax.optimizers import OptimizerNumbers, direction_of
from core.platform.compiling import jit
from core.protocol.side_jobs.race import RacePath, Racer, RaceRequest, RaceResult
from core.side_jobs.race.surfaces import VARIABLES

NUMBERS = OptimizerNumbers(weight_decay=0.0)
"""Coordinates are not weights: there is no weight decay."""
LARGE = 1e12
"""Beyond it one step more may overflow."""
Place = tuple[tuple[Float[Array, "1 2"], Float[Array, " 0"]]]
"""A point of the plane as the params of a network, for the optimisers."""


def race_in_parts(request: RaceRequest) -> Generator[RaceResult | None, None, None]:
    """The paths of all racers: None after each, then all at once.

    Raises:
        FormulaError: the formula is invalid.
    """
    formula = parse_formula(request.text, VARIABLES)
    paths = []
    for racer in request.racers:
        paths.append(run_racer(formula, request, racer))
        yield None
    yield RaceResult(request, tuple(paths))


def run_racer(formula: Formula, request: RaceRequest, racer: Racer) -> RacePath:
    """All steps of one racer, in float64.

    In float32 the last steps into a minimum all come to 0, and nobody leads. A path
    has diverged where a float32 ends, as training would.
    """
    with (
        jax.enable_x64(True),
        jax.default_device(jax.devices("cpu")[0]),
        np.errstate(over="ignore"),
    ):
        walked = _walk(
            formula.text,
            racer.optimizer,
            request.steps,
            np.asarray(request.start, np.float64),
            np.float64(racer.learning_rate),
        )
        points, heights = (_without_large(np.array(values)) for values in walked)
    bad = ~(np.isfinite(points).all(axis=1) & np.isfinite(heights))
    ended_at = int(np.argmax(bad)) if bad.any() else None
    is_undefined = False
    if ended_at is not None:
        is_undefined = not _has_grown(points, heights, ended_at)
        points[ended_at:] = np.nan
        heights[ended_at:] = np.nan
    points.setflags(write=False)
    heights.setflags(write=False)
    return RacePath(racer, points, heights, ended_at, is_undefined)


def _without_large(values: DoubleArray) -> DoubleArray:
    """Infinite where a float32 would be."""
    largest = np.finfo(np.float32).max
    return np.where(np.abs(values) > largest, np.copysign(np.inf, values), values)


def _has_grown(points: DoubleArray, heights: DoubleArray, step: int) -> bool:
    """Whether a path ends because its numbers are too large for a float32.

    Else the surface has no height at its last point, such as the logarithm of -1, or
    no slope at the one before.
    """
    if np.isinf(heights[step]) and np.isfinite(points[step]).all():
        return True
    near = slice(max(0, step - 1), step + 1)
    sizes = np.abs([*points[near].flat, *heights[near]])
    return bool(np.max(sizes[np.isfinite(sizes)], initial=0.0) > LARGE)


@partial(jit, static_argnames=("text", "optimizer", "steps"))
def _walk(
    text: str,
    optimizer: str,
    steps: int,
    start: Float[Array, " 2"],
    learning_rate: Float[Array, ""],
) -> tuple[Float[Array, "places 2"], Float[Array, " places"]]:
    formula = parse_formula(text, VARIABLES)
    direction = direction_of(optimizer, NUMBERS)

    def height(place: Place) -> Float[Array, ""]:
        point = place[0][0][0]
        value = formula.computed_by(jnp, point[0], point[1])
        return jnp.asarray(value, point.dtype)

    def step(state: tuple, _: None) -> tuple[tuple, tuple[Array, Array]]:  # type: ignore[type-arg]
        place, kept = state
        value, gradient = jax.value_and_grad(height)(place)
        towards, kept = direction.update(gradient, kept, place)
        moved = jax.tree.map(lambda p, d: p - learning_rate * d, place, towards)
        return (moved, kept), (place[0][0][0], value)

    place: Place = ((start[None], jnp.zeros(0, start.dtype)),)
    state = (place, direction.init(place))
    _, walked = jax.lax.scan(step, state, None, length=steps + 1)
    points, heights = walked
    return points, heights
