"""The presets of points reach what they promise, in a bounded number of steps."""

import jax.numpy as jnp
import numpy as np
import pytest

from core.data.load import load_dataset
from core.data.point_space import LIMIT
from core.experiment.presets import load_preset
from core.network.jax.network import forward
from core.platform.devices import choose_device
from core.training.evaluate import evaluate
from core.training.run import TrainingRun

EVERY = 500


def trained(name: str) -> TrainingRun:
    experiment = load_preset(name).experiment
    return TrainingRun(experiment, load_dataset(experiment.data), choose_device("cpu"))


@pytest.mark.parametrize(
    ("name", "accuracy", "steps"),
    [
        ("xor", 1.0, 4000),
        ("circle", 1.0, 4000),
        ("gaussians", 1.0, 2000),
        ("squares", 1.0, 3000),
        ("rings", 0.99, 4000),
        ("spiral", 0.98, 8000),
    ],
)
def test_a_preset_of_points_reaches_its_test_accuracy(
    name: str, accuracy: float, steps: int
):
    run = trained(name)
    best = 0.0
    while run.step < steps and best < accuracy:
        goal = run.step + EVERY
        while run.step < goal:
            run.advance(goal - run.step)
        best = max(best, evaluate(run.program, run.params, run.test_examples).accuracy)
    assert best >= accuracy


def test_thirty_units_come_near_the_function_everywhere():
    run = trained("approximation")
    while run.step < 6000:
        run.advance(6000 - run.step)
    x = np.linspace(-LIMIT, LIMIT, 200, dtype=np.float32)[:, None]
    found = np.asarray(forward(run.spec, run.params, jnp.asarray(x)))
    assert np.abs(found - (np.sin(x) + x**2 / 20)).max() < 0.25
