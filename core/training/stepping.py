"""Steps of a run: from one state to the next, in chunks."""

from dataclasses import dataclass, replace
from typing import Final

import jax
import numpy as np

from core.arrays import FloatArray
from core.training.evaluate import evaluate
from core.training.run_state import RunState, Settings
from core.training.step import Examples, train_chunk
from core.training.validation_monitor import is_needed

CHUNK_STEPS: Final = 256
"""Most steps of a chunk: one compiled program takes any number of them."""
CHUNK_EXAMPLES: Final = 8192
"""Most examples of a chunk, to bound the memory for their indices."""


@dataclass(frozen=True, slots=True, eq=False)
class ChunkResult:
    """The steps first_step, first_step + 1, … in flight.

    Attributes:
        epoch_ends: the steps among them that complete an epoch.
        on_device: loss and accuracy of each step, and more numbers after them.
        validation: loss and accuracy of the validation data if they were evaluated
            after the last step.
        is_known: whether the run had taken these steps before, to the same numbers.
    """

    first_step: int
    count: int
    epoch_ends: range
    on_device: tuple[jax.Array, jax.Array]
    validation: tuple[float, float | None] | None = None
    is_known: bool = False

    @property
    def losses(self) -> FloatArray:
        """(count,) batch loss before each step; waits for the device."""
        return np.asarray(self.on_device[0])[: self.count]

    @property
    def accuracies(self) -> FloatArray:
        """(count,) batch accuracy before each step; waits for the device."""
        return np.asarray(self.on_device[1])[: self.count]


def longest_chunk(batch_size: int) -> int:
    """Steps of the longest chunk: a power of two, as those of a block are."""
    most = max(1, min(CHUNK_STEPS, CHUNK_EXAMPLES // batch_size))
    return 1 << (most.bit_length() - 1)


def chunk_size(settings: Settings, step: int, wanted: int) -> int:
    """Steps to take at once after `step`, of the requested ones.

    If something depends on the end of an epoch, they end there at the latest.
    """
    most = min(wanted, longest_chunk(settings.order.batch_size))
    if not is_needed(settings.experiment.training):
        return most
    return min(most, settings.order.until_epoch_end(step))


def program_key(settings: Settings) -> object:
    """Key of the compiled program for steps with these settings."""
    is_masked = settings.rates.frozen is not None
    return settings.program, is_masked, settings.order.batch_size


@dataclass(frozen=True, slots=True, eq=False)
class Stepping:
    """Steps of one run; pure functions, so that a replay has the same result.

    Attributes:
        examples: the training examples.
        validation: data whose loss decides on plateaus and early stopping; without
            any, that of `test` does.
    """

    device: jax.Device
    examples: Examples
    test: Examples
    validation: Examples | None

    def after(self, point: RunState, wanted: int) -> tuple[RunState, ChunkResult]:
        """The state after a chunk of at most `wanted` steps; returns at once."""
        order = point.settings.order
        size = chunk_size(point.settings, point.step, wanted)
        with jax.default_device(self.device):
            state, read = train_chunk(*self._given(point, size))
        after = self._watched(replace(point, step=point.step + size, state=state))
        watch, validation = after.watch, None
        if watch.read_at == after.step and self.validation is not None:
            validation = watch.loss, watch.accuracy
        ends = order.epoch_ends(point.step, size)
        return after, ChunkResult(point.step + 1, size, ends, read, validation)

    def trace(self, point: RunState) -> None:
        """Do the Python part of the compilation, so that `after` need not."""
        with jax.default_device(self.device):
            train_chunk.lower(*self._given(point, 1))

    def _given(self, point: RunState, size: int) -> tuple[object, ...]:
        """The arguments of `train_chunk` for this many steps."""
        settings, order = point.settings, point.settings.order
        room = longest_chunk(order.batch_size)
        return (
            settings.program,
            point.state,
            self.examples,
            *order.batches(point.step, size, room),
            settings.rates,
            point.clock(room),
            np.int32(size),
        )

    def _watched(self, point: RunState) -> RunState:
        """The state, with the validation results at the end of an epoch."""
        training, order = point.settings.experiment.training, point.settings.order
        if not is_needed(training):
            return point
        if order.until_epoch_end(point.step) < order.steps_per_epoch:
            return point
        examples = self.validation or self.test
        with jax.default_device(self.device):
            reading = evaluate(point.settings.program, point.state.params, examples)
        watch = point.watch.after(
            point.step, reading.loss, training, accuracy=reading.accuracy
        )
        return replace(point, watch=watch)
