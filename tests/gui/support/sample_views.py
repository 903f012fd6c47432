"""Views made without a runner: a random network on random images, for panel tests."""

from dataclasses import replace

import numpy as np

from core.arrays import HostParams
from core.data.dataset import Dataset, Split
from core.data.load import load_dataset
from core.experiment.model import Experiment, NetworkSettings, TrainingSettings
from core.experiment.presets import load_preset
from core.network.numpy.forward import forward_trace
from core.protocol.messages import Evaluated, Metrics
from core.protocol.snapshot import BatchRecord, Snapshot
from core.values.network_spec import NetworkSpec
from gui.session.metrics_log import MetricsLog
from gui.session.selection import Selection
from gui.session.session_state import first_example
from gui.session.view_state import Run, ShownExample, View, resolve

F32 = np.float32


def sample_images(count: int, seed: int = 0) -> Split:
    """Blobs of ink in 28x28, labels 0 to 9 in turn."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:28, 0:28]
    centres = rng.uniform(8, 20, (count, 4, 2))
    distance = (rows[None, None] - centres[..., :1, None]) ** 2 + (
        columns[None, None] - centres[..., 1:, None]
    ) ** 2
    ink = np.clip(np.exp(-distance / 12).sum(axis=1), 0, 1)
    inputs = (ink * 255).astype(np.uint8).reshape(count, 784)
    return Split(inputs, (np.arange(count) % 10).astype(np.int32))


def sample_dataset() -> Dataset:
    names = tuple(str(k) for k in range(10))
    return Dataset(
        "digits", sample_images(200), sample_images(60, 1), names, (28, 28), (), "test"
    )


def sample_params(spec: NetworkSpec, seed: int = 0) -> HostParams:
    rng = np.random.default_rng(seed)
    return tuple(
        (
            rng.normal(0, (2 / n_in) ** 0.5, (n_out, n_in)).astype(F32),
            rng.normal(0, 0.1, n_out).astype(F32),
        )
        for n_out, n_in in spec.weight_shapes
    )


def sample_run(hidden: tuple[int, ...] = (16, 16), steps: int = 300) -> Run:
    dataset = sample_dataset()
    experiment = Experiment(network=NetworkSettings(hidden=hidden))
    log = MetricsLog()
    step = np.arange(1, steps + 1)
    noise = np.random.default_rng(0).normal(0, 0.05, steps)
    losses = (2.3 * np.exp(-step / 120) + 0.3 + noise).astype(F32)
    log.add_batches(Metrics(1, 1, losses, np.clip(1 - losses / 2.5, 0, 1)))
    run = Run(1, experiment, experiment.network.spec(784, 10), dataset, "cpu", log)
    for at in range(0, steps + 1, 100):
        log.add_evaluation(sample_evaluation(run, at))
    return run


def sample_evaluation(run: Run, step: int) -> Evaluated:
    labels = run.dataset.test.labels
    predicted = np.where(np.arange(len(labels)) % 5 == 0, (labels + 1) % 10, labels)
    confidence = np.linspace(0.3, 0.99, len(labels)).astype(F32)
    loss = 2.3 * float(np.exp(-step / 120)) + 0.35
    return Evaluated(1, step, loss, 0.8, predicted.astype(np.int32), confidence)


def sample_batch(run: Run, params: HostParams, step: int) -> BatchRecord:
    indices = np.arange(32, dtype=np.int32)
    inputs = run.dataset.train.network_inputs(indices)
    labels = run.dataset.train.labels[indices]
    guesses = [forward_trace(run.spec, params, x).predicted for x in inputs]
    before = np.linspace(0.1, 3.0, 32, dtype=F32)
    predicted = np.asarray(guesses, np.int32)
    return BatchRecord(
        step,
        indices,
        inputs,
        labels,
        before,
        predicted,
        before * F32(0.9),
        predicted,
        learning_rate=0.01,
    )


def sample_view(
    hidden: tuple[int, ...] = (16, 16),
    step: int = 300,
    selection: Selection | None = None,
    seed: int = 0,
) -> View:
    run = sample_run(hidden, step)
    before = sample_params(run.spec, seed)
    gradient = sample_params(run.spec, seed + 1)
    params = tuple(
        (w - F32(0.01) * dw, b - F32(0.01) * db)
        for (w, b), (dw, db) in zip(before, gradient, strict=True)
    )
    snapshot = Snapshot(
        1,
        step,
        7,
        params,
        gradient,
        before,
        sample_batch(run, before, step),
        0.01,
        0.01,
        step / 7,
    )
    example = ShownExample(run.dataset.test.network_inputs(3), 3, "test", 3)
    return resolve(run, snapshot, example, sample_evaluation(run, step), selection)


def squared_view(output: str = "sigmoid", loss: str = "squared-error") -> View:
    """The same pictures through a network of sigmoids."""
    old = sample_view()
    network = NetworkSettings(hidden=(16, 16), activation="sigmoid", output=output)
    training = TrainingSettings(loss=loss)
    spec = network.spec(784, 10)
    experiment = Experiment(old.run.experiment.data, network, training)
    run = replace(old.run, experiment=experiment, spec=spec)
    snapshot = replace(old.snapshot, params=sample_params(spec))
    return resolve(run, snapshot, old.example)


def preset_view(name: str, selection: Selection | None) -> View:
    """A preset with inline data and weights, at step 0."""
    experiment = load_preset(name).experiment
    dataset = load_dataset(experiment.data)
    run = Run(1, experiment, experiment.spec, dataset, "cpu", MetricsLog())
    network = experiment.network
    assert network.initial_weights is not None
    params = []
    for k, rows in enumerate(network.initial_weights):
        weights = np.asarray(rows, F32)
        biases = np.zeros(len(weights), F32)
        if network.initial_biases is not None:
            biases = np.asarray(network.initial_biases[k], F32)
        params.append((weights, biases))
    snapshot = Snapshot(1, 0, 1, tuple(params))
    return resolve(run, snapshot, first_example(dataset), selection=selection)
