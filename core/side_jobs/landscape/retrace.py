"""Steps that a path lacks are taken again: the run knows the way to each.

The path of a run that came out of a file begins with the file's step, that of one which
undo has brought back where training goes on; all before it follows from the run's first
weights and its changes, to the bit.
"""

import time
from collections.abc import Iterator
from typing import Final

import jax

from core.side_jobs.landscape.path import WeightPath
from core.training.run import TrainingRun
from core.training.stepping import CHUNK_STEPS

MOST_PRODUCTS: Final = 5e10
"""Most products for one landscape: some seconds; the next one goes on from there."""
PRODUCTS_AT_LEAST: Final = 5e5
"""A step of a small network takes the time of so many."""
PASSES: Final = 3
"""Forward, and backward for the activations and for the weights."""
PART_SECONDS: Final = 0.004
"""A part that takes less is followed by a longer one."""


def retraced_in_parts(run: TrainingRun, path: WeightPath) -> Iterator[None]:
    """Complete a path up to the step of its run, in place; None after each part.

    It ends early where the run turns to other steps, and where that is too much work.
    """
    turns, left, size = path.turns, _most_steps(run), 1
    while left > 0 and path.turns == turns and not path.reaches(run.step):
        begun, frame = time.perf_counter(), path.way
        path.way = run.onward(frame, path.due, size)
        point = path.way.place
        jax.block_until_ready(point.state)
        if path.way is frame:
            path.note(path.due, point.state.params)
            continue
        if frame is not None:
            left -= min(point.step - frame.step, size)
        is_quick = time.perf_counter() - begun < PART_SECONDS
        size = min(2 * size, CHUNK_STEPS) if is_quick else max(1, size // 2)
        yield None
    if path.reaches(run.step):
        path.way = None


def _most_steps(run: TrainingRun) -> int:
    products = PASSES * run.experiment.training.batch_size * run.spec.parameter_count
    return max(1, int(MOST_PRODUCTS / max(products, PRODUCTS_AT_LEAST)))
