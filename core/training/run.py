"""One training run: the weights of the newest step and everything to go on from them.

Used by the command line and by the runner thread; knows neither threads nor Qt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import jax
import numpy as np

from core.data.dataset import Dataset, Split
from core.experiment.model import Experiment, TrainingSettings
from core.history.history import Change, History
from core.messages import ChangeTraining, EditParams, SetFrozen
from core.network_spec import FloatArray, HostParams, NetworkSpec
from core.parameter import Edit, Parameter
from core.snapshot import BatchRecord, IntArray
from core.training.evaluate import evaluate
from core.training.interventions import check_edits, check_parameters, value_of
from core.training.point import Point, Settings, state_bytes
from core.training.program import Program
from core.training.steering import Steering, keeps_batch
from core.training.step import (
    Examples,
    TrainState,
    batch_gradient,
    read_batch,
    train_chunk,
    train_some,
)
from core.training.watch import is_needed

CHUNK_STEPS: Final = 256
"""Steps of a whole chunk: one compiled program."""
SOME_STEPS: Final = 64
"""Most steps of another one, which takes any number of them."""
CHUNK_EXAMPLES: Final = 8192
"""Most examples gathered for one chunk: they stay in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class ChunkResult:
    """Steps first_step, first_step + 1, ... are on their way.

    Attributes:
        epoch_ends: the steps among them with which an epoch is complete.
        validation: loss and accuracy of the validation data where they were read after
            the last step.
    """

    first_step: int
    count: int
    epoch_ends: range
    on_device: tuple[jax.Array, jax.Array]
    validation: tuple[float, float | None] | None = None

    @property
    def losses(self) -> FloatArray:
        """(count,) batch loss before each step; waits for the device."""
        return np.asarray(self.on_device[0])[: self.count]

    @property
    def accuracies(self) -> FloatArray:
        """(count,) batch accuracy before each step; waits for the device."""
        return np.asarray(self.on_device[1])[: self.count]


def to_host(params: object) -> HostParams:
    """Params as read-only NumPy arrays; on the CPU without a copy."""
    host: HostParams = jax.tree.map(np.asarray, params)
    return host


def whole_chunk(batch_size: int) -> int:
    """Steps of a whole chunk."""
    return max(1, min(CHUNK_STEPS, CHUNK_EXAMPLES // batch_size))


def _most_steps(settings: Settings, step: int, wanted: int) -> int:
    """Steps after `step` before something depends on the end of an epoch."""
    if not is_needed(settings.experiment.training):
        return wanted
    return min(wanted, settings.order.until_epoch_end(step))


def _next_chunk(most: int, batch_size: int) -> int:
    """Steps to take next, of at most `most`: a whole chunk, or some."""
    whole = whole_chunk(batch_size)
    return whole if most >= whole else min(most, SOME_STEPS)


def _program_key(settings: Settings, size: int) -> object:
    is_masked = settings.rates.frozen is not None
    batch_size = settings.order.batch_size
    return settings.program, is_masked, batch_size, _is_whole(size, batch_size)


def _is_whole(size: int, batch_size: int) -> bool:
    """Whether a chunk of that size has a program of its own."""
    return size == whole_chunk(batch_size) > SOME_STEPS


class TrainingRun:
    """Mutable: `advance` moves it on, changes steer it, `go_to` travels in time.

    Args:
        experiment: what to train.
        dataset: on what.
        device: where.
        params: weights to start from; None draws them from the seed.
        frame_bytes: room for key frames; without it a journey begins at step 0.

    Attributes:
        compiled: what has been compiled; a replay takes no other chunks where it can.
    """

    def __init__(
        self,
        experiment: Experiment,
        dataset: Dataset,
        device: jax.Device,
        params: HostParams | None = None,
        *,
        frame_bytes: int = 0,
    ) -> None:
        self.dataset = dataset
        self.device = device
        self.spec: NetworkSpec = experiment.network.spec(
            dataset.n_inputs, dataset.n_outputs
        )
        self.train_examples = self._on_device(dataset.train)
        self.test_examples = self._on_device(dataset.test)
        self.validation_examples = (
            None if dataset.validation is None else self._on_device(dataset.validation)
        )
        self.compiled: set[object] = set()
        self._steering = Steering(self.spec, device, len(dataset.train))
        begin = partial(self._steering.start, experiment, params)
        self._now = begin()
        self._anchor = self._now
        self._best: tuple[Point, Point] | None = None
        self._unedited: tuple[Point, Point] | None = None
        self._history: History[Point] = History(begin, state_bytes, frame_bytes)
        self._history.note(self._now)

    @property
    def experiment(self) -> Experiment:
        """With the training settings of the newest step."""
        return self._settings.experiment

    @property
    def step(self) -> int:
        """Steps taken so far."""
        return self._now.step

    @property
    def newest(self) -> Point:
        """The place that the run has come to."""
        return self._now

    @property
    def end(self) -> int:
        """The last step that was reached: the run may have gone back from there."""
        return self._history.end

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

    @property
    def frozen(self) -> frozenset[Parameter]:
        """Parameters that no step changes."""
        return self._settings.frozen

    @property
    def edited(self) -> Mapping[Parameter, int]:
        """Parameters that were given a value, with the step of the last time."""
        return self._now.edited

    @property
    def _settings(self) -> Settings:
        return self._now.settings

    # --- training ---------------------------------------------------------------

    def advance(self, count: int) -> ChunkResult:
        """Take a chunk of at most `count` steps.

        It ends with its epoch only if the training looks at validation data there.
        Returns at once: the device works on. `step` already counts the new steps.
        """
        self.leave_future()
        size = self.chunk_size(count)
        self._anchor = self._now
        self._unedited = None
        self._now, *read = self._walk(self._now, size)
        self._history.note(self._now)
        if self._now.watch.best_step == self._now.step:
            self._best = self._anchor, self._now
        ends = self._settings.order.epoch_ends(self._anchor.step, size)
        watch = self._now.watch
        validation = None
        if watch.read_at == self._now.step and self.validation_examples is not None:
            validation = watch.loss, watch.accuracy
        first = self._anchor.step + 1
        return ChunkResult(first, size, ends, (read[0], read[1]), validation)

    def chunk_size(self, count: int) -> int:
        """Steps that `advance(count)` is going to take."""
        most = _most_steps(self._settings, self.step, count)
        return _next_chunk(most, self._settings.order.batch_size)

    def program_key(self, size: int) -> object:
        """What has to be compiled for a chunk of that size."""
        return _program_key(self._settings, size)

    @property
    def learning_rate(self) -> float:
        """Of the newest step; before the first step that of the first."""
        before = self._anchor
        # Within a chunk nothing but the number of the step changes the rate.
        return replace(before, step=max(before.step, self.step - 1)).learning_rate

    @property
    def is_over(self) -> bool:
        """Whether early stopping ends the training at this step."""
        return self._now.watch.is_over(self.experiment.training)

    @property
    def best(self) -> tuple[int, float]:
        """The step with the smallest validation loss so far, and that loss."""
        return self._now.watch.best_step, self._now.watch.best

    def go_to_best(self) -> None:
        """Go back to the step with the smallest validation loss."""
        best_step = self._now.watch.best_step
        if self._best is not None and self._best[1].step == best_step:
            self._anchor, self._now = self._best
            self._unedited = None
        else:
            self.go_to(best_step)

    # --- changes ----------------------------------------------------------------

    def change_training(self, training: TrainingSettings) -> None:
        """Go on from the same weights with other settings.

        The optimiser's state starts afresh when the optimiser changes, the order of
        the examples with a new epoch when batch size or seed do.
        """
        self._change(ChangeTraining(training))

    def set_frozen(self, parameters: frozenset[Parameter]) -> None:
        """From now on no step changes these parameters; an earlier choice is void.

        Raises:
            ExperimentError: the network has no such parameter.
        """
        check_parameters(self.spec, parameters)
        if parameters != self.frozen:
            self._change(SetFrozen(parameters))

    def edit_params(self, edits: tuple[Edit, ...]) -> None:
        """Give parameters other values; training goes on from them.

        All edits at one step are one change. A parameter that gets back what training
        gave it counts as not edited, so that the run is the same as without.

        Raises:
            ExperimentError: no such parameter, or a value that is no finite float32.
        """
        check_edits(self.spec, edits)
        self.leave_future()
        wished = {edit.parameter: edit for edit in edits}
        before = self._unedited
        if before is None:
            before = self._now, self._anchor
        else:
            earlier = self._history.take_back_edits()
            wished = {edit.parameter: edit for edit in earlier} | wished
        self._now, self._anchor = before
        self._unedited = None
        left = tuple(
            edit
            for edit in wished.values()
            if value_of(self.params, edit.parameter) != np.float32(edit.value)
        )
        if left:
            self._change(EditParams(left))
            self._unedited = before

    def _change(self, change: Change) -> None:
        self.leave_future()
        self._unedited = None
        is_same_batch = keeps_batch(self.experiment, change)
        self._now = self._steering.after(self._now, change)
        self._history.note_change(self.step, change)
        if not is_same_batch:
            self._anchor = self._now

    # --- time -------------------------------------------------------------------

    def go_to(self, step: int) -> None:
        """Go back (or forward again) to a step, exactly as it was.

        Args:
            step: 0 to `end`; what lies outside becomes the nearest of them.
        """
        step = min(max(step, 0), self.end)
        before = self._replayed(max(step - 1, 0))
        self._anchor = before
        now = self._walk(before, 1)[0] if before.step < step else before
        self._unedited = None
        n_known = sum(dated.step < step for dated in self._history.changes)
        for dated in self._history.changes_between(n_known, step):
            if step == 0:
                break  # made already: there is no step before the first
            is_same_batch = keeps_batch(now.settings.experiment, dated.change)
            now = self._steering.after(now, dated.change)
            if not is_same_batch:
                self._anchor = now
        self._now = now

    def leave_future(self) -> int | None:
        """Give up the steps after this one, as a branch begins here.

        Returns:
            The last step of what is given up, None when there is nothing.
        """
        end = self.end
        if end <= self.step:
            return None
        self._history.branch_at(self.step)
        return end

    def point_after(self, point: Point) -> Point:
        """The run a step after a point; the run itself stays where it is."""
        return self._walk(point, 1)[0]

    def before_last_step(self) -> Point:
        """The run just before its newest step, or as it is when none was taken.

        Replayed exactly from before the newest chunk when that had several steps.
        """
        point = self._anchor
        while point.step < self.step - 1:
            point = self._walk(point, self._replay_size(point, self.step - 1))[0]
        return point

    def _replayed(self, step: int) -> Point:
        """The run at a step, after all changes that were made there."""
        frame = self._history.frames.nearest(step)
        point, n_known = frame.place, frame.n_changes
        trail: list[Point] = []
        counts: list[int] = []
        changes = list(self._history.changes_between(n_known, step))
        for dated in (*changes, None):
            stop = step if dated is None else dated.step
            while point.step < stop:
                trail.append(point)
                counts.append(n_known)
                point = self._walk(point, self._replay_size(point, stop))[0]
            if dated is not None:
                point = self._steering.after(point, dated.change)
                n_known += 1
        self._history.frames.leave_trail([*trail, point], [*counts, n_known])
        return point

    def _replay_size(self, point: Point, stop: int) -> int:
        """Steps of the next chunk on the way to a step, compiled ones if there are."""
        most = _most_steps(point.settings, point.step, stop - point.step)
        size = _next_chunk(most, point.settings.order.batch_size)
        if _program_key(point.settings, size) in self.compiled:
            return size
        return min(size, SOME_STEPS)

    # --- what the newest step did -----------------------------------------------

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
                point.settings.rates._replace(frozen=None),
                jax.tree.map(lambda numbers: numbers[0], point.clock(1)),
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
        settings = point.settings
        batch_size = settings.order.batch_size
        is_whole = _is_whole(size, batch_size)
        room = size if is_whole else min(SOME_STEPS, whole_chunk(batch_size))
        indices, weights = settings.order.batches(point.step, size, room)
        given = (
            settings.program,
            point.state,
            self.train_examples,
            indices,
            weights,
            settings.rates,
            point.clock(room),
        )
        with jax.default_device(self.device):
            state, (losses, accuracies) = (
                train_chunk(*given) if is_whole else train_some(*given, np.int32(size))
            )
        self.compiled.add(_program_key(settings, size))
        after = replace(point, step=point.step + size, state=state)
        return self._watched(after), losses, accuracies

    def _watched(self, point: Point) -> Point:
        """The point, with what the end of an epoch says of the run so far."""
        training, order = point.settings.experiment.training, point.settings.order
        if not is_needed(training):
            return point
        if order.until_epoch_end(point.step) < order.steps_per_epoch:
            return point
        examples = self.validation_examples or self.test_examples
        with jax.default_device(self.device):
            reading = evaluate(point.settings.program, point.state.params, examples)
        watch = point.watch.after(
            point.step, reading.loss, training, accuracy=reading.accuracy
        )
        return replace(point, watch=watch)

    def _on_device(self, split: Split) -> Examples:
        return Examples(
            jax.device_put(split.inputs, self.device),
            jax.device_put(split.answers, self.device),
        )
