"""The experiment as the user edits it, and the one undo of the program.

The form, the layer buttons of the network picture and the paint brush are views of it:
they show what is here and send edits.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeGuard

from PySide6.QtCore import QObject, Signal

from core.arrays import HostParams
from core.data.dataset import Dataset
from core.data.table.preparation import Preparation
from core.experiment import effects, memory
from core.experiment.model import DataSettings, Experiment
from core.experiment.rows import Rows
from core.platform.free_memory import available_bytes
from core.protocol.branch import Turn
from core.protocol.saving import SoFar
from core.values.words import tr
from gui.session.document.commands import Command, ExperimentCommand, Situation
from gui.session.document.dependent_edits import with_dependent_edits
from gui.session.document.draft import MEMORY, Draft, changed_keys
from gui.session.document.edit_texts import edit_text, refused_text
from gui.session.document.given_preparation import with_preparation
from gui.session.document.layer_edit import LayerEdit, edited_values
from gui.session.document.undo_stack import UndoStack
from gui.style.number_format import counted


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What is known of data since they were loaded."""

    data: DataSettings
    n_inputs: int
    n_outputs: int
    n_train: int
    preparation: Preparation | None


@dataclass(frozen=True, slots=True)
class Notice:
    """What the user should know of the data, and the set that a download would give."""

    text: str = ""
    missing_data: str = ""


class ExperimentDocument(QObject):
    """The experiment in force, what was typed and is not possible, undo and redo.

    Attributes:
        draft: what the fields show.
        notice: a remark on the data.
        undo_stack: for everything that the user does, also to the running network.
        finishers: hand over what is being typed; False where it is refused.
        in_hand: the keys of the field that the user is typing in. What is refused there
            stays to be mended; everywhere else the form shows what runs.

    Signals:
        changed: `draft` or `notice` says something else.
        situation_changed: the Situation that the user wants to run from now on.
    """

    changed = Signal()
    situation_changed = Signal(object)
    preset_chosen = Signal(str, object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        free_memory: Callable[[], int] = available_bytes,
    ) -> None:
        super().__init__(parent)
        self._free_memory = free_memory
        self._situation = self._running = Situation(Experiment(), 0)
        self._newest_run_id = 0
        self._device_bytes: int | None = None
        self._loaded: _Loaded | None = None
        self._has_failed = False
        self._is_silent = False
        self._shown = (0, 0)
        self.draft = Draft(self._situation.experiment, self._refusal)
        self.notice = Notice()
        self.undo_stack = UndoStack(self)
        self.finishers: list[Callable[[], bool]] = []
        self.in_hand: Callable[[], Collection[str]] = tuple

    @property
    def experiment(self) -> Experiment:
        """The one in force: the last possible one."""
        return self.draft.in_force

    def data_in_use(self) -> DataSettings:
        """The data of the experiment in force."""
        return self.experiment.data

    @property
    def situation(self) -> Situation:
        """What the user wants to run."""
        return self._situation

    @property
    def weights_text(self) -> str:
        """Where the initial weights come from, if from a file; else empty."""
        now = self._situation
        if now.checkpoint is not None:
            return tr("Run of {file}", file=now.checkpoint.name)
        if not now.weights_file:
            return ""
        steps = tr(
            ", trained for {steps} before", steps=counted(now.steps_before, "step")
        )
        return tr(
            "Weights from {weights_file}{steps}",
            weights_file=now.weights_file,
            steps=steps if now.steps_before else "",
        )

    def sizes(self, experiment: Experiment) -> tuple[int, int]:
        """Inputs and outputs of an experiment's data, known before they are loaded."""
        loaded = self._loaded
        if loaded is not None and loaded.data == experiment.data:
            return loaded.n_inputs, loaded.n_outputs
        shape = experiment.data.shape
        return shape.n_inputs, shape.n_outputs

    @property
    def notes(self) -> dict[str, str]:
        """Keys with what there is to say of their values, as on the command line."""
        experiment, loaded = self.experiment, self._loaded
        training = experiment.training
        found = effects.without_effect(experiment)
        if self._has_rate_of_optimizer:
            found[effects.RATE] = effects.rate_note(training)
        if loaded is not None and loaded.data == experiment.data:
            found |= effects.batch_note(training, loaded.n_train)
        return found

    @property
    def _has_rate_of_optimizer(self) -> bool:
        """Whether the rate came with an optimiser that the user has chosen."""
        begun = self._situation.begun_with
        if begun is None or self._situation.has_typed_rate:
            return False
        return begun.training.optimizer != self.experiment.training.optimizer

    # --- what the user does -----------------------------------------------------

    def finish_typing(self) -> bool:
        """Put in force what is still being typed; whether nothing of it is refused."""
        taken = [finish() for finish in self.finishers]
        return all(taken)

    def edit(self, values: Mapping[str, object]) -> None:
        """Change some dotted keys, and what has to change with them."""
        before = self.experiment
        now = self._situation
        begun_with = None if now.has_typed_rate else now.begun_with
        wanted = with_dependent_edits(values, self.experiment, begun_with)
        has_changed = self.draft.edit(wanted)
        if "data.name" in values:
            self.notice = Notice()
        if has_changed:
            changed = changed_keys(before, self.experiment)
            edited = tuple(key for key in changed if key in values)
            self._push(edit_text(edited), self._next(self.experiment, edited), edited)
        if MEMORY in self.draft.problems:
            # No other edit makes it possible, as it may with what goes together.
            self.draft.put_back(self._not_in_hand(self.draft.pending))
        self.changed.emit()

    def put_back(self, keys: Collection[str]) -> None:
        """The user has left a field: it shows what runs, and why not what was typed."""
        if self.draft.put_back(keys):
            self.changed.emit()

    def _not_in_hand(self, keys: Iterable[str]) -> list[str]:
        in_hand = set(self.in_hand())
        return [key for key in keys if key not in in_hand]

    def edit_layers(self, edit: LayerEdit) -> None:
        """Change one layer of those that the fields show."""
        values = edited_values(self.draft.layers, edit)
        if values:
            self.edit(values)

    def undo_points(self, points: Rows) -> bool:
        """Undo the last change if that has put these points in force.

        Returns:
            Whether it was that: else the points have to be edited once more.
        """
        top = next(iter(self.undo_stack.done), None)
        if not isinstance(top, ExperimentCommand):
            return False
        before, after = top.before.experiment.data, top.after.experiment.data
        if after.inputs != points or before.inputs == points:
            return False
        self.undo_stack.undo()
        return True

    def replace(self, experiment: Experiment) -> None:
        """Put an edited experiment in force, in the same run where that can be."""
        keys = changed_keys(self.experiment, experiment)
        if keys or self._has_failed:
            self._push(edit_text(keys), self._next(experiment, keys), keys)

    def start_over(
        self,
        experiment: Experiment,
        text: str,
        *,
        params: HostParams | None = None,
        steps_before: int = 0,
        weights_file: str = "",
        experiment_file: str = "",
    ) -> None:
        """Begin a new run: a preset, a file, another seed, or the same again.

        What was said of data that were asked for before is over.

        Args:
            experiment: what to run.
            text: for the menu, "new seed".
            params: weights to begin with; None draws them from the seed.
            steps_before: training steps that the given weights had taken.
            weights_file: name of the file that they come from, empty for none.
            experiment_file: name of the file that it was opened from.
        """
        self.notice = Notice()
        self._begin(
            text,
            Situation(
                experiment,
                self._new_run_id(),
                params,
                steps_before=steps_before,
                weights_file=weights_file,
                experiment_file=experiment_file,
                begun_with=experiment,
            ),
        )

    def go_on_with(self, experiment: Experiment, text: str, checkpoint: Path) -> None:
        """Go on with the run in a file, as it stands there."""
        self.notice = Notice()
        self._begin(
            text,
            Situation(
                experiment,
                self._new_run_id(),
                begun_with=experiment,
                checkpoint=checkpoint,
                run_file=checkpoint.name,
            ),
        )

    def choose_preset(self, name: str, experiment: Experiment) -> None:
        """Begin with a ready-made experiment, from its first step."""
        self.start_over(experiment, tr("preset {name}", name=name))
        self.preset_chosen.emit(name, experiment)

    def reset(self) -> None:
        """The same once more, from the same initial weights."""
        now = self._situation
        again = _begun_anew(now, self._new_run_id())
        self._begin("reset", replace(again, experiment=self.experiment))

    def use_seed(self, seed: int) -> None:
        """Other initial weights."""
        training = replace(self.experiment.training, seed=seed)
        self._begin(
            "new seed", self._fresh(replace(self.experiment, training=training))
        )

    def download(self, name: str) -> None:
        """Fetch a data set from the network and start the experiment on it."""
        edited = self.experiment.with_values(
            with_dependent_edits({"data.name": name}, self.experiment)
        )
        self.change_data(
            edited.data, tr("download of {name}", name=name), download=True
        )

    def change_data(
        self, data: DataSettings, text: str, *, download: bool = False
    ) -> None:
        """Begin a new run on these data; opened weights stay where they fit.

        Args:
            data: what to train on.
            text: for the menu.
            download: may missing data be fetched from the network.
        """
        asked = self.experiment.with_values(
            with_dependent_edits({"data.name": data.name}, self.experiment)
        )
        fresh = self._fresh(replace(asked, data=data))
        self._begin(text, replace(fresh, download=download))

    # --- what the session tells -------------------------------------------------

    def take_place(self, run_id: int, step: int) -> None:
        """This step of this run is shown now."""
        self._shown = (run_id, step)
        self.undo_stack.take_place(run_id, step)

    def take_start(
        self,
        experiment: Experiment,
        dataset: Dataset,
        *,
        device_bytes: int | None = None,
        so_far: SoFar | None = None,
    ) -> None:
        """A run has begun, or has come back, with this experiment.

        Args:
            experiment: that runs.
            dataset: what it is trained on.
            device_bytes: memory of its device, None where that is the machine's own.
            so_far: of a run that was in a file.
        """
        self._device_bytes = device_bytes
        self._has_failed = False
        if so_far is not None:
            # What it begins with when it is reset.
            self._situation = replace(self._situation, params=so_far.initial)
        self._running = self._situation
        self._loaded = _Loaded(
            experiment.data,
            dataset.n_inputs,
            dataset.n_outputs,
            len(dataset.train),
            dataset.preparation,
        )
        self.show(experiment)

    def name_run(self, run_id: int, file: str) -> None:
        """A run is saved in a file of that name."""
        if run_id == self._situation.run_id:
            self._situation = replace(self._situation, run_file=file)
            self.changed.emit()

    def take_notice(self, text: str, missing_data: str) -> None:
        """A remark on the data of the run that has begun."""
        self.notice = Notice(text, missing_data)
        self.changed.emit()

    def show(self, experiment: Experiment) -> None:
        """This experiment runs, though the user has edited nothing."""
        self._situation = replace(self._situation, experiment=experiment)
        if experiment != self.experiment:
            self.draft.replace(experiment)
        self.changed.emit()

    def begin_anew(self, run_id: int) -> None:
        """A run could not come back: what was done to its weights means nothing."""
        self.undo_stack.forget(
            lambda c: c.run_id == run_id and not c.outlives_its_run()
        )

    def take_turn(self, run_id: int, turn: Turn) -> None:
        """The run goes on in another line of steps."""
        self.undo_stack.take_turn(run_id, turn)

    def fail(self) -> None:
        """Nothing runs: any edit is to try a start again."""
        self._has_failed = True

    def fall_back(
        self, experiment: Experiment, reason: str, *, missing_data: str = ""
    ) -> None:
        """What was asked for could not be had: what runs goes on.

        The form shows that, and beside it the reason, with the value that was refused.
        """
        asked = self._situation.experiment
        self._leave(self._running.run_id)
        self._situation = replace(self._running, experiment=experiment)
        self.draft.replace(experiment)
        keys = changed_keys(experiment, asked)
        if keys:
            key = self._at_fault(asked, keys, missing_data)
            self.draft.refuse(asked, key, refused_text(asked, key, reason))
            self.draft.put_back(self._not_in_hand(self.draft.refused))
        self.notice = Notice("", missing_data)
        self.changed.emit()

    def come_back(self, situation: Situation, newest: int) -> None:
        """Run again what ran before; what was done since leaves the undo.

        Args:
            situation: of then.
            newest: number of the newest command of then, 0 for none.
        """
        self.undo_stack.forget_since(newest)
        if situation.experiment.data != self.experiment.data:
            self.notice = Notice()
        self._put(situation)

    def _leave(self, running_id: int) -> None:
        """Bring the undo back to where the running run was."""
        stack = self.undo_stack
        for k, command in enumerate(stack.done):
            if _leads_on(command) and command.before.run_id == running_id:
                stack.forget_newest(k + 1)
                return
        # It was an undo that could not be had: to be done again, without effect.
        self._is_silent = True
        for k, command in enumerate(stack.undone):
            if _leads_on(command) and command.after.run_id == running_id:
                for _ in range(k + 1):
                    stack.redo()
                break
        self._is_silent = False

    # --- inside -----------------------------------------------------------------

    def _refusal(self, experiment: Experiment) -> str | None:
        sizes = self.sizes(experiment)
        own = self._device_bytes
        free = self._free_memory() if own is None else own
        return memory.refusal(experiment, *sizes, free, has_own_memory=own is not None)

    def _at_fault(
        self, asked: Experiment, keys: tuple[str, ...], missing_data: str
    ) -> str:
        """Of the values that were asked for, the one that could not be had."""
        likely: tuple[str, ...] = ()
        if missing_data:
            likely = ("data.name",)
        elif self._refusal(asked) is not None:
            likely = ("network.hidden", "training.batch_size")
        return next((key for key in likely if key in keys), keys[0])

    def _new_run_id(self) -> int:
        self._newest_run_id += 1
        return self._newest_run_id

    def _next(self, experiment: Experiment, edited: tuple[str, ...]) -> Situation:
        now = self._situation
        if self._has_failed or not is_same_run(now.experiment, experiment):
            following = self._fresh(experiment)
        else:
            following = replace(now, experiment=experiment)
        typed = now.has_typed_rate or effects.RATE in edited
        return replace(following, has_typed_rate=typed)

    def _fresh(self, experiment: Experiment) -> Situation:
        """A new run of an experiment: opened weights stay as long as they fit."""
        now, run_id = self._situation, self._new_run_id()
        before = now.experiment.network.spec(*self.sizes(now.experiment))
        after = experiment.network.spec(*self.sizes(experiment))
        shapes = (before.layer_sizes, before.biases)
        is_drawn = experiment.training.seed != now.experiment.training.seed
        if (
            now.params is None
            or is_drawn
            or shapes != (after.layer_sizes, after.biases)
        ):
            return Situation(
                experiment,
                run_id,
                experiment_file=now.experiment_file,
                begun_with=now.begun_with,
                has_typed_rate=now.has_typed_rate,
            )
        fed = self._fed_as_before(experiment)
        return replace(_begun_anew(now, run_id), experiment=fed)

    def _fed_as_before(self, experiment: Experiment) -> Experiment:
        """Other rows of a table, prepared as those were that the network was given.

        Unless the user says how they are scaled.
        """
        loaded, data = self._loaded, experiment.data
        if (
            loaded is None
            or loaded.data != self._situation.experiment.data
            or loaded.preparation is None
        ):
            return experiment
        prepared = with_preparation(data, loaded.data, loaded.preparation)
        return replace(experiment, data=prepared)

    def _begin(self, text: str, fresh: Situation) -> None:
        if fresh.experiment.data != self.experiment.data:
            self.notice = Notice()
        if self._situation.run_id == 0:
            self._put(fresh)
        else:
            self._push(text, fresh)

    def _push(self, text: str, after: Situation, keys: tuple[str, ...] = ()) -> None:
        step = self._shown[1] if self._shown[0] == after.run_id else 0
        self.undo_stack.push(
            ExperimentCommand(
                text, self._situation, after, self._put, step=step, keys=keys
            )
        )

    def _put(self, situation: Situation) -> None:
        self._situation = situation
        if situation.experiment != self.experiment:
            self.draft.replace(situation.experiment)
        if not self._is_silent:
            self.situation_changed.emit(situation)
            self.changed.emit()


def _begun_anew(now: Situation, run_id: int) -> Situation:
    """The same from its first step, in a run of another number."""
    return replace(now, run_id=run_id, download=False, checkpoint=None, run_file="")


def is_same_run(old: Experiment, new: Experiment) -> bool:
    """Whether an edit can act on the running weights: data, network, seed stay."""
    return (old.data, old.network, old.training.seed) == (
        new.data,
        new.network,
        new.training.seed,
    )


def _leads_on(command: Command) -> TypeGuard[ExperimentCommand]:
    return isinstance(command, ExperimentCommand) and command.starts_over
