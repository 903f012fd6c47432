"""Views of real training steps, with all that a panel of the batch needs."""

import jax
import numpy as np

from core.data.dataset import Dataset, Split
from core.experiment.model import Experiment, NetworkSettings, TrainingSettings
from core.probes.batch import batch_after, gradient_at
from core.probes.requests import read_requests
from core.protocol.snapshot import Snapshot
from core.training.run import TrainingRun, to_numpy
from gui.session.metrics_log import MetricsLog
from gui.session.view_state import Run, ShownExample, View, resolve
from tests.gui.support.sample_views import sample_dataset


def plane_dataset() -> Dataset:
    rng = np.random.default_rng(2)
    splits = []
    for n in (90, 30):
        inputs = rng.uniform(-1, 1, (n, 2)).astype(np.float32)
        labels = (inputs[:, 0] * inputs[:, 1] > 0).astype(np.int32)
        splits.append(Split(inputs, labels))
    return Dataset("xor", *splits, ("no", "yes"), None, ("x1", "x2"))


def trained(
    steps: int = 5,
    hidden: tuple[int, ...] = (16, 16),
    dataset: Dataset | None = None,
    **training: object,
) -> TrainingRun:
    experiment = Experiment(
        network=NetworkSettings(hidden=hidden),
        training=TrainingSettings(**{"batch_size": 16, **training}),  # type: ignore[arg-type]
    )
    run = TrainingRun(experiment, dataset or sample_dataset(), jax.devices("cpu")[0])
    for _ in range(steps):
        run.advance(1)
    return run


def view_of(run: TrainingRun) -> View:
    before = run.before_last_step()
    snapshot = Snapshot(
        1,
        run.step,
        run.steps_per_epoch,
        to_numpy(run.params),
        gradient_at(run, before),
        to_numpy(before.state.params),
        batch_after(run, before),
        run.experiment.training.learning_rate,
        requests=read_requests(run, before),
    )
    shown = Run(1, run.experiment, run.spec, run.dataset, "cpu", MetricsLog())
    example = ShownExample(run.dataset.test.network_inputs(0), 0, "test", 0)
    return resolve(shown, snapshot, example)
