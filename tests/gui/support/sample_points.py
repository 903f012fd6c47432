"""A view of points in the plane, for panels that show more than images."""

import numpy as np

from core.data.dataset import Dataset, Split
from core.experiment.model import DataSettings, Experiment, NetworkSettings
from core.network.numpy.forward import forward_trace
from core.protocol.messages import Evaluated
from core.protocol.snapshot import BatchRecord, Snapshot
from gui.session.metrics_log import MetricsLog
from gui.session.view_state import Run, ShownExample, View, resolve
from tests.gui.support.sample_views import sample_params

F32 = np.float32


def _points(count: int, seed: int) -> Split:
    rng = np.random.default_rng(seed)
    inputs = rng.uniform(-1, 1, (count, 2)).astype(F32)
    return Split(inputs, (inputs[:, 0] * inputs[:, 1] > 0).astype(np.int32))


def points_view(batch_size: int = 10) -> View:
    """Forty test points of two classes; every fourth is read wrong."""
    dataset = Dataset(
        "xor", _points(100, 0), _points(40, 1), ("teal", "rose"), None, ("x1", "x2")
    )
    experiment = Experiment(
        data=DataSettings(name="xor"), network=NetworkSettings(hidden=(4,))
    )
    spec = experiment.network.spec(2, 2)
    run = Run(7, experiment, spec, dataset, "cpu", MetricsLog())
    params = sample_params(spec)
    indices = np.arange(batch_size, dtype=np.int32)
    inputs = dataset.train.network_inputs(indices)
    read = [forward_trace(spec, params, x).predicted for x in inputs]
    losses = np.linspace(0.2, 1.5, batch_size, dtype=F32)
    batch = BatchRecord(
        5,
        indices,
        inputs,
        dataset.train.labels[indices],
        losses,
        np.asarray(read, np.int32),
        losses - F32(0.1),
        np.asarray(read, np.int32),
    )
    labels = dataset.test.labels
    predicted = np.where(np.arange(40) % 4 == 0, 1 - labels, labels).astype(np.int32)
    confidence = np.linspace(0.5, 1, 40, dtype=F32)
    evaluation = Evaluated(7, 5, 0.5, 0.75, predicted, confidence)
    snapshot = Snapshot(7, 5, 10, params, batch=batch)
    example = ShownExample(dataset.test.network_inputs(2), int(labels[2]), "test", 2)
    return resolve(run, snapshot, example, evaluation)
