"""One training run: the weights of the newest step and everything to continue.

Used by the command line and by the runner thread; knows neither threads nor Qt.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import jax
import numpy as np

from core.arrays import HostParams
from core.data.dataset import Dataset
from core.experiment.model import Experiment, TrainingSettings
from core.history.changes import Change, TrainOn
from core.history.history import History
from core.history.key_frames import KeyFrame
from core.protocol.branch import Branch, Turn
from core.protocol.messages import ChangeTraining, EditParams, SetFrozen
from core.training.apply_change import Steering
from core.training.changes_at_step import Place, joined
from core.training.interventions import check_edits, check_parameters
from core.training.program import Program
from core.training.replay import Restored, StepReached, onward, restore_step
from core.training.run_state import RunState, Settings, state_bytes
from core.training.saved_run import SavedRun, restored_state, saved_state
from core.training.step import examples_on
from core.training.stepping import ChunkResult, Stepping, program_key
from core.values.errors import ExperimentError
from core.values.network_spec import NetworkSpec
from core.values.parameter import Edit, Parameter
from core.values.words import tr


def to_numpy(params: object) -> HostParams:
    """Params as read-only NumPy arrays; on the CPU without a copy."""
    host: HostParams = jax.tree.map(np.asarray, params)
    return host


class TrainingRun:
    """Mutable: `advance` takes steps, changes apply to it, `go_to` seeks a step.

    Args:
        experiment: what to train.
        dataset: on what.
        device: where.
        params: weights to start from; None draws them from the seed.
        frame_bytes: memory for key frames; without any, a seek replays from step 0.
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
        put = partial(examples_on, device)
        self.train_examples, self.test_examples = put(dataset.train), put(dataset.test)
        validation = dataset.validation
        self.validation_examples = None if validation is None else put(validation)
        self._stepping = Stepping(
            device, self.train_examples, self.test_examples, self.validation_examples
        )
        self._steering = Steering(self.spec, device, len(dataset.train))
        self.begun_with = experiment, params
        begin = partial(self._steering.start, experiment, params)
        self._now = begin()
        self._anchor = self._now
        self._best: tuple[RunState, RunState] | None = None
        self._stopped: tuple[RunState, RunState] | None = None
        self._untouched: Place | None = None  # the step without its changes
        self._history: History[RunState] = History(begin, state_bytes, frame_bytes)
        self._history.note(self._now)
        self._turns: list[Turn] = []

    @property
    def experiment(self) -> Experiment:
        """With the training settings of the newest step."""
        return self._settings.experiment

    @property
    def step(self) -> int:
        """Steps taken so far."""
        return self._now.step

    @property
    def newest(self) -> RunState:
        """The newest state of the run."""
        return self._now

    @property
    def end(self) -> int:
        """The last step that was reached; the run may have gone back since."""
        return self._history.end

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Branches that were left and can be gone to, oldest first."""
        return self._history.branches

    @property
    def epoch(self) -> float:
        """Completed epochs, with the fraction of the current one."""
        return self._settings.order.epoch_at(self.step)

    @property
    def steps_per_epoch(self) -> int:
        return self._settings.order.steps_per_epoch

    @property
    def until_epoch_end(self) -> int:
        """Steps left in the current epoch, at least 1."""
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
        """The frozen parameters."""
        return self._settings.frozen

    @property
    def edited(self) -> Mapping[Parameter, int]:
        """Edited parameters, with the step of the last edit."""
        return self._now.edited

    @property
    def _settings(self) -> Settings:
        return self._now.settings

    @property
    def bytes(self) -> int:
        """What keeping the run takes: examples, key frames, the newest state."""
        examples = self.train_examples, self.test_examples, self.validation_examples
        held: int = sum(leaf.nbytes for leaf in jax.tree.leaves(examples))
        return held + self._history.frames.bytes + state_bytes(self._now)

    # --- training ---------------------------------------------------------------

    def advance(self, count: int) -> ChunkResult:
        """Take a chunk of at most `count` steps.

        It ends with its epoch only if validation data are evaluated there, and where
        steps end that are known: those are taken again, and nothing is left by that.
        Returns at once, while the device computes. `step` already counts the new steps.
        """
        self._stopped = None
        n_known = self._n_known_ahead()
        if n_known:
            count = min(count, n_known)
        else:
            self._leave_ahead()
        before = self._now
        self._now, result = self._stepping.after(before, count)
        self._anchor = before
        self._untouched = None
        self._history.note(self._now)
        if self._now.watch.best_step == self._now.step:
            self._best = before, self._now
        return replace(result, is_known=n_known > 0)

    def _n_known_ahead(self) -> int:
        """How many steps training would take again as they were taken before.

        A change of the user that lies ahead is not made again: before it the run parts
        from its line.
        """
        change = self._history.next_change(self.step)
        return (self.end if change is None else change - 1) - self.step

    def trace(self) -> None:
        """Trace the program of the next steps, so that the first one is faster."""
        self._stepping.trace(self._now)

    @property
    def program_key(self) -> object:
        """Key of the compiled program for the next steps."""
        return program_key(self._settings)

    @property
    def learning_rate(self) -> float:
        """Of the newest step; before the first step that of the first."""
        before = self._anchor
        # Within a chunk the rate depends only on the number of the step.
        return replace(before, step=max(before.step, self.step - 1)).learning_rate

    @property
    def next_learning_rate(self) -> float:
        """Of the step that comes next."""
        return self._now.learning_rate

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
        stopped = self._anchor, self._now
        best_step = self._now.watch.best_step
        if self._best is not None and self._best[1].step == best_step:
            self._anchor, self._now = self._best
            self._untouched = None
        else:
            self.go_to(best_step)
        self._stopped = stopped

    @property
    def stopped_at(self) -> int | None:
        """The step before the run went back to its best step.

        None as soon as anything else is done.
        """
        return None if self._stopped is None else self._stopped[1].step

    def train_on(self) -> None:
        """Go to the step of the early stop, and count the patience from 0."""
        if self._stopped is not None:
            self._anchor, self._now = self._stopped
            self._untouched = None
            self._stopped = None
        if self.is_over:
            self._change(TrainOn())

    def change_training(self, training: TrainingSettings) -> None:
        """Continue from the same weights with other settings.

        The optimiser's state is reset when the optimiser changes, the order of the
        examples with a new epoch when batch size or seed do.
        """
        self._change(ChangeTraining(training))

    def set_frozen(self, parameters: frozenset[Parameter]) -> None:
        """Freeze these parameters from now on; replaces an earlier choice.

        Raises:
            ExperimentError: the network has no such parameter.
        """
        check_parameters(self.spec, parameters)
        self._change(SetFrozen(parameters))

    def edit_params(self, edits: tuple[Edit, ...]) -> None:
        """Edit parameters; training continues from them.

        A parameter that gets back the value that training gave it counts as not
        edited.

        Raises:
            ExperimentError: no such parameter, or a value that is no finite float32.
        """
        check_edits(self.spec, edits)
        self._change(EditParams(edits))

    def _change(self, change: Change) -> None:
        """Make a change; all changes at one step are one.

        What gives back the values that training left here is no change: the run is the
        same, to the bit, and what a change had cut off is ahead again.
        """
        earlier = self._history.changes_at(self.step)
        if earlier and self._untouched is None:  # of a run that was saved
            self._untouched = self._restored(self.step).untouched
        place = self._untouched or Place(self._anchor, self._now)
        changes = joined(earlier, change, place.now)
        if changes == earlier:
            return
        self._leave_ahead()
        self._history.replace_changes_at(self.step, changes)
        self._anchor, self._now = place.after(changes, self._steering)
        self._untouched = place if changes else None
        if self._best is not None and self._best[1].step == self.step:
            self._best = None  # without the changes that belong to it now
        self._note_turn(self._history.rejoin())

    def go_to(self, step: int, reached: StepReached | None = None) -> None:
        """Go back (or forward) to a step, exactly as it was.

        Args:
            step: 0 to `end`; other values are clamped.
            reached: is told how far it is.
        """
        step = min(max(step, 0), self.end)
        restored = self._restored(step, reached)
        self._anchor, self._now = restored.place
        self._untouched = restored.untouched
        self._stopped = None

    def _restored(self, step: int, reached: StepReached | None = None) -> Restored:
        return restore_step(
            step, self._history, self._stepping, self._steering, reached
        )

    def go_to_branch(self, number: int) -> None:
        """Go to the last step of a branch that was left, exactly as it was.

        Raises:
            ExperimentError: there is no such branch any more.
        """
        turn = self._history.go_to_branch(number)
        if turn is None:
            msg = tr("This branch is no longer kept.")
            raise ExperimentError(msg)
        self._note_turn(turn)
        self._best = None  # of the other branch
        self.go_to(self.end)

    def _leave_ahead(self) -> None:
        """Leave the steps after this one, as a branch begins here."""
        self._stopped = None
        if self.end > self.step:
            self._note_turn(self._history.branch_at(self.step))

    def take_turns(self) -> tuple[Turn, ...]:
        """The changes of lines since this was last asked for, oldest first."""
        turns, self._turns = tuple(self._turns), []
        return turns

    def _note_turn(self, turn: Turn | None) -> None:
        if turn is not None:
            self._turns.append(turn)

    def saved(self) -> SavedRun:
        """The run as values of the host: `restore` goes on from it to the bit.

        Of a run that early stopping has ended, the step of the stop.
        """
        changes = self._history.changes
        anchor, now = self._stopped or (self._anchor, self._now)
        best = None
        if self._best is not None and self._best[1].step == now.watch.best_step:
            before, at_best = self._best
            reached = saved_state(at_best, changes, as_reached=True)
            best = saved_state(before, changes), reached
        return SavedRun(
            changes,
            max(self.end, now.step),
            saved_state(now, changes),
            saved_state(anchor, changes) if anchor.step < now.step else None,
            best,
        )

    def restore(self, saved: SavedRun) -> None:
        """Go on from a run that was saved, on the same data; for a new run alone.

        Raises:
            FileError: it is of another network.
        """
        again = partial(
            restored_state,
            begin=self._now,
            changes=saved.changes,
            steering=self._steering,
        )
        now = again(saved.now)
        if saved.best is not None:
            self._best = again(saved.best[0]), again(saved.best[1])
        self._anchor = now if saved.before is None else again(saved.before)
        self._now = now
        known = [KeyFrame(now, saved.now.n_changes)]
        if saved.before is not None:
            known.insert(0, KeyFrame(self._anchor, saved.before.n_changes))
        self._history.restore(saved.changes, saved.end, known)

    def make_again(self, saved: SavedRun, reached: StepReached | None = None) -> None:
        """Train a run anew from its first step, with its changes; for a new run alone.

        Of its states none is taken, so that all that it came to can be compared.

        Raises:
            ExperimentError: a change does not fit the network.
        """
        self._history.restore(saved.changes, saved.end, ())
        self.go_to(saved.now.step, reached)

    def point_after(self, point: RunState) -> RunState:
        """The state one step after a state; the run itself is not changed."""
        return self._stepping.after(point, 1)[0]

    def onward(
        self, frame: KeyFrame[RunState] | None, stop: int, most: int
    ) -> KeyFrame[RunState]:
        """One part of the way to a step of the present line, see `replay.onward`.

        The run itself is not changed.
        """
        return onward(frame, stop, most, self._history, self._stepping, self._steering)

    @property
    def kept_states(self) -> tuple[RunState, ...]:
        """The states of the present line that are kept anyway, in their order."""
        return self._history.frames.kept

    def before_last_step(self) -> RunState:
        """The state before the newest step, or the current one when none was taken.

        Replayed exactly from before the newest chunk if that had several steps.
        """
        point = self._anchor
        while point.step < self.step - 1:
            point = self._stepping.after(point, self.step - 1 - point.step)[0]
        return point
