"""The landscape of a run, from a coarse grid to a fine one, in parts."""

import time
from bisect import bisect_left
from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np

from core.arrays import DoubleArray, FloatArray
from core.protocol.side_jobs.landscape import LEVELS, Landscape, LandscapeRequest
from core.side_jobs.beside import Waiting, done_beside
from core.side_jobs.finite import require_finite
from core.side_jobs.landscape.grid import GridLosses
from core.side_jobs.landscape.path import WeightPath, stacked
from core.side_jobs.landscape.plane import Plane, make_plane
from core.side_jobs.landscape.retrace import retraced_in_parts
from core.training.run import TrainingRun, to_numpy


def landscape_in_parts(
    request: LandscapeRequest, run: TrainingRun, path: WeightPath
) -> Generator[Landscape | Waiting | None, None, None]:
    """The landscape around the newest weights: None after each part of a grid.

    Each grid is twice as fine as the one before and reuses its points.

    Raises:
        GlassboxError: there is no such plane (yet), or the weights are not finite.
    """
    # Noted together: meanwhile training goes on, maybe with another loss.
    step, program, params = run.step, run.program, to_numpy(run.params)
    require_finite(params, step)
    yield None
    turns = path.turns
    yield from retraced_in_parts(run, path)
    begun = time.perf_counter()
    is_same_line = path.turns == turns
    kept = run.kept_states if is_same_line and not path.reaches(step) else ()
    beyond = [(each.step, each.state.params) for each in kept]
    steps, points = path.with_newest(step, params, beyond)
    gap = _gap(path, steps)
    # For a large network and a long path some tenths of a second, in NumPy.
    plane = yield from done_beside(
        lambda _check: make_plane(request, run.spec, steps, stacked(run.spec, points))
    )
    view = replace(plane.view, gap=gap)
    grid = GridLosses(program, plane, run.train_examples)
    here = float(grid.at(np.asarray([plane.origin]))[0])
    yield None
    sides = [side for side in LEVELS if side <= request.finest]
    coarse: FloatArray | None = None
    for level, side in enumerate(sides, start=1):
        losses = np.full((side, side), np.nan, np.float32)
        if coarse is not None:
            losses[::2, ::2] = coarse
        x, y = _axes(plane, side)
        yield from _fill(grid, losses, x, y)
        coarse = losses.copy()
        losses.setflags(write=False)
        yield Landscape(
            step,
            view,
            x,
            y,
            losses,
            here,
            grid.n_examples,
            level,
            len(sides),
            time.perf_counter() - begun,
        )


def _gap(path: WeightPath, steps: tuple[int, ...]) -> tuple[int, int] | None:
    """The steps between which the path is not known; None where it is whole."""
    if path.reaches(steps[-1]):
        return None
    last = bisect_left(path.steps, steps[-1])
    return (steps[last - 1] if last else 0), steps[last]


def _axes(plane: Plane, side: int) -> tuple[DoubleArray, DoubleArray]:
    return np.linspace(*plane.x_range, side), np.linspace(*plane.y_range, side)


def _fill(
    grid: GridLosses, losses: FloatArray, x: DoubleArray, y: DoubleArray
) -> Iterator[None]:
    """Compute what is missing (nan) of losses (m, m), in place.

    A loss that overflows becomes infinite, so that it is not missing any more.
    """
    rows, columns = np.nonzero(np.isnan(losses))
    points = np.stack([x[columns], y[rows]], axis=1)
    done = 0
    for part in grid.in_parts(points):
        there = slice(done, done + len(part))
        losses[rows[there], columns[there]] = np.where(np.isnan(part), np.inf, part)
        done += len(part)
        yield None
