"""One training run: the weights of the newest step and everything to go on from them.

Used by the command line and by the runner thread; knows neither threads nor Qt.
"""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from core.data.dataset import Dataset, Split
from core.experiment.model import Experiment, TrainingSettings
from core.network_spec import FloatArray, HostParams, NetworkSpec
from core.snapshot import BatchRecord, IntArray
from core.training.batches import BatchOrder
from core.training.initial import initial_params
from core.training.program import Program
from core.training.step import (
    Examples,
    Rates,
    TrainState,
    batch_gradient,
    rates_of,
    read_batch,
    train_chunk,
    with_params,
)

CHUNK_SIZES: Final = (256, 64, 16, 4, 1)
"""Steps of one compiled chunk, largest first: few sizes, so few compilations."""
CHUNK_EXAMPLES: Final = 8192
"""Most examples gathered for one chunk: they stay in the processor's cache."""


class Settings(NamedTuple):
    """What a stretch of steps was taken with."""

    program: Program
    rates: Rates
    order: BatchOrder


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """A place in a run that training can go on from, exactly."""

    step: int
    state: TrainState
    settings: Settings


class ChunkResult(NamedTuple):
    """Steps first_step, first_step + 1, ... are on their way.

    The arrays may not be there yet: reading them waits for the device.
    """

    first_step: int
    losses: jax.Array
    accuracies: jax.Array
    epoch_ended: bool


def to_host(params: object) -> HostParams:
    """Params as read-only NumPy arrays; on the CPU without a copy."""
    host: HostParams = jax.tree.map(np.asarray, params)
    return host


def _largest_chunk(most: int, batch_size: int) -> int:
    """The largest compiled chunk of at most `most` steps."""
    most = max(1, min(most, CHUNK_EXAMPLES // batch_size))
    return next(size for size in CHUNK_SIZES if size <= most)


class TrainingRun:
    """Mutable: `advance` moves it on, `change_training` changes how."""

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        device: jax.Device,
        params: HostParams | None = None,
    ) -> None:
        self.experiment = experiment
        self.dataset = dataset
        self.device = device
        self.spec: NetworkSpec = experiment.network.spec(
            dataset.n_inputs, dataset.n_outputs
        )
        self.train_examples = self._on_device(dataset.train)
        self.test_examples = self._on_device(dataset.test)
        self._settings = self._make_settings(first_step=0, first_epoch=0)
        self._now = Point(0, self._initial_state(params), self._settings)
        self._anchor = self._now

    @property
    def step(self) -> int:
        """Steps taken so far."""
        return self._now.step

    @property
    def newest(self) -> Point:
        """The place that the run has come to."""
        return self._now

    @property
    def epoch(self) -> float:
        """Epochs done, with the fraction of the running one."""
        return self._settings.order.epoch_at(self.step)

    @property
    def steps_per_epoch(self) -> int:
        return self._settings.order.steps_per_epoch

    @property
    def until_epoch_end(self) -> int:
        """Steps left in the running epoch, at least 1."""
        return self._settings.order.until_epoch_end(self.step)

    @property
    def program(self) -> Program:
        return self._settings.program

    @property
    def params(self) -> tuple[tuple[jax.Array, jax.Array], ...]:
        """The newest parameters, on the device."""
        return self._now.state.params

    def advance(self, count: int) -> ChunkResult:
        """Take the largest compiled chunk of at most `count` steps, in this epoch.

        Returns at once: the device works on. `step` already counts the new steps.
        """
        size = self.chunk_size(count)
        self._anchor = self._now
        self._now, losses, accuracies = self._walk(self._now, size)
        ended = self.until_epoch_end == self.steps_per_epoch
        return ChunkResult(self._anchor.step + 1, losses, accuracies, ended)

    def chunk_size(self, count: int) -> int:
        """Steps that `advance(count)` is going to take."""
        most = min(count, self.until_epoch_end)
        return _largest_chunk(most, self._settings.order.batch_size)

    def change_training(self, training: TrainingSettings) -> None:
        """Go on from the same weights with other settings.

        The optimiser's state starts afresh when the optimiser changes, the order of
        the examples with a new epoch when batch size or seed do.
        """
        old = self.experiment.training
        self.experiment = replace(self.experiment, training=training)
        order = self._settings.order
        start = (order.first_step, order.first_epoch)
        if (old.batch_size, old.seed) != (training.batch_size, training.seed):
            start = (self.step, int(np.ceil(self.epoch)))
        self._settings = self._make_settings(*start)
        state = self._now.state
        if old.optimizer != training.optimizer:
            with jax.default_device(self.device):
                state = with_params(self.program, state.params)
        self._now = Point(self.step, state, self._settings)
        if old != replace(training, learning_rate=old.learning_rate):
            self._anchor = self._now

    def before_last_step(self) -> Point:
        """The run just before its newest step, or as it is when none was taken.

        Replayed exactly from before the newest chunk when that had several steps.
        """
        point = self._anchor
        while point.step < self.step - 1:
            left = self.step - 1 - point.step
            size = _largest_chunk(left, point.settings.order.batch_size)
            point, _, _ = self._walk(point, size)
        return point

    def gradient_at(self, point: Point) -> HostParams:
        """dC/dparams of the batch that the step after `point` uses."""
        indices, weights = point.settings.order.batches(point.step, 1)
        with jax.default_device(self.device):
            gradient = batch_gradient(
                point.settings.program,
                point.state.params,
                self.train_examples,
                indices[0],
                weights[0],
                point.settings.rates,
            )
        return to_host(gradient)

    def batch_after(self, point: Point) -> BatchRecord:
        """The batch of the step after `point`, read before and after that step."""
        indices, weights = point.settings.order.batches(point.step, 1)
        chosen = indices[0, : int(np.count_nonzero(weights))]
        split = self.dataset.train.rows(chosen)
        read = self._read(point.state, point.settings, indices[0], len(chosen))
        losses, predicted, outputs = read
        record = BatchRecord(
            step=point.step + 1,
            indices=chosen,
            inputs=self.dataset.train.network_inputs(chosen),
            labels=split.labels,
            losses_before=losses,
            predicted_before=predicted,
            targets=split.targets,
            outputs_before=outputs,
        )
        if point.step == self.step:
            return record
        read = self._read(self._now.state, point.settings, indices[0], len(chosen))
        losses, predicted, outputs = read
        return replace(
            record,
            losses_after=losses,
            predicted_after=predicted,
            outputs_after=outputs,
        )

    def _read(
        self, state: TrainState, settings: Settings, indices: IntArray, count: int
    ) -> tuple[FloatArray, IntArray, FloatArray]:
        with jax.default_device(self.device):
            losses, predicted, outputs = read_batch(
                settings.program, state.params, self.train_examples, indices
            )
        return (
            np.asarray(losses)[:count],
            np.asarray(predicted)[:count],
            np.asarray(outputs)[:count],
        )

    def _walk(self, point: Point, size: int) -> tuple[Point, jax.Array, jax.Array]:
        program, rates, order = point.settings
        indices, weights = order.batches(point.step, size)
        with jax.default_device(self.device):
            state, (losses, accuracies) = train_chunk(
                program, point.state, self.train_examples, indices, weights, rates
            )
        return Point(point.step + size, state, point.settings), losses, accuracies

    def _make_settings(self, first_step: int, first_epoch: int) -> Settings:
        training = self.experiment.training
        order = BatchOrder(
            len(self.dataset.train),
            min(training.batch_size, len(self.dataset.train)),
            training.seed,
            first_step,
            first_epoch,
        )
        with jax.default_device(self.device):
            rates = rates_of(training)
        return Settings(Program.of(self.experiment, self.spec), rates, order)

    def _initial_state(self, params: HostParams | None) -> TrainState:
        with jax.default_device(self.device):
            begin = (
                initial_params(self.experiment, self.spec)
                if params is None
                else jax.tree.map(jnp.array, params)
            )
            state: TrainState = with_params(self.program, begin)
        return state

    def _on_device(self, split: Split) -> Examples:
        return Examples(
            jax.device_put(split.inputs, self.device),
            jax.device_put(split.answers, self.device),
        )
