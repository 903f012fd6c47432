"""Saves and resumes runs of every optimiser at random moments, again and again.

Run as `python -m tests.sweeps.resume [--moments N]`: each run is written to a file and
read back at N random steps, and must then be equal, to the bit, to one that was never
interrupted. The exit code is 1 where it is not.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import jax
import numpy as np

from core.descriptions.optimizers import OPTIMIZERS
from core.training.run import TrainingRun
from tests.core.checkpoints.test_resuming import SETTINGS, again, watched_run
from tests.core.support.changed_runs import advance, saved_run

END = 2_000


def is_equal(one: TrainingRun, other: TrainingRun) -> bool:
    pairs = zip(
        jax.tree.leaves(one.newest.state),
        jax.tree.leaves(other.newest.state),
        strict=True,
    )
    return one.step == other.step and all(
        np.array_equal(np.asarray(a), np.asarray(b)) for a, b in pairs
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moments", type=int, default=100)
    count = parser.parse_args().moments
    chance, wrong = np.random.default_rng(0), 0
    assert set(OPTIMIZERS) <= set(SETTINGS)
    for name, settings in SETTINGS.items():
        whole = advance(watched_run(**settings), END)
        run = watched_run(**settings)
        with tempfile.TemporaryDirectory() as folder:
            for moment in sorted(chance.integers(0, END, count)):
                run = again(
                    saved_run(advance(run, int(moment)), Path(folder, "c")), run
                )
        is_right = is_equal(advance(run, END), whole)
        wrong += not is_right
        print(f"{name}: {count} moments, {'equal' if is_right else 'DIFFERENT'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
