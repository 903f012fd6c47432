"""What undo takes back: one command for each thing that the user did."""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtGui import QUndoCommand

from core.arrays import HostParams
from core.experiment.model import Experiment
from core.values.words import tr

_NUMBERS: Final = itertools.count(1)
SAME_EDIT_SECONDS = 1.0
"""Edits of the same values that follow this fast are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """What is to run: an experiment, in the run of a number.

    Attributes:
        params: weights that the run begins with; None draws them from the seed.
        download: may missing data be fetched from the network.
        steps_before: training steps that the given weights had taken.
        weights_file: name of the file that they come from, empty for none.
        experiment_file: name of the file that it was opened from, empty for none.
        begun_with: the preset or file that the experiment was made from.
        has_typed_rate: whether the user has set the learning rate since then.
        checkpoint: file of the run that goes on; None for one that begins.
        run_file: name of the file that the run was opened from or saved to.
    """

    experiment: Experiment
    run_id: int
    params: HostParams | None = None
    download: bool = False
    steps_before: int = 0
    weights_file: str = ""
    experiment_file: str = ""
    begun_with: Experiment | None = None
    has_typed_rate: bool = False
    checkpoint: Path | None = None
    run_file: str = ""

    @property
    def file(self) -> str:
        """The name of the file that this is, and whether it is as it was there."""
        if self.run_file:
            return self.run_file
        if self.weights_file or not self.experiment_file:
            return self.weights_file
        if self.experiment == self.begun_with:
            return self.experiment_file
        return tr("{file}, changed", file=self.experiment_file)


class Command(QUndoCommand):
    """Something done to the run of a number.

    Attributes:
        run_id: of the run that was there when it was done.
        step: at which it was done; None where it holds at any step.
        at: time.perf_counter() when it was done.
        number: of its own, for whoever speaks of it later: the object itself may be
            deleted by the stack at any time.
        is_floor: whether undo ends before it, as at the scene of a lesson.
        goes_back: whether to undo it the run goes back to its step.
    """

    goes_back = False

    def __init__(self, text: str, run_id: int, step: int | None) -> None:
        super().__init__(text)
        self.run_id = run_id
        self.step = step
        self.at = time.perf_counter()
        self.number = next(_NUMBERS)
        self.is_floor = False

    def is_ahead_of(self, run_id: int, step: int) -> bool:
        """Whether it was done at a later step of the run than this one."""
        return self.run_id == run_id and self.step is not None and self.step > step

    def leads_back_from(self, run_id: int, step: int) -> bool:
        """Whether the run goes back from this step to undo it, or to do it again."""
        was_before = self.step is not None and self.step < step
        return self.goes_back and self.run_id == run_id and was_before

    def outlives_its_run(self) -> bool:
        """Whether it still means something when its run begins anew."""
        return False


class ExperimentCommand(Command):
    """Another experiment: an edit of some keys, a preset, a file, a new start."""

    def __init__(
        self,
        text: str,
        before: Situation,
        after: Situation,
        put: Callable[[Situation], None],
        *,
        step: int,
        keys: tuple[str, ...] = (),
    ) -> None:
        """Remember both sides.

        Args:
            text: for the menu, "learning rate".
            before: what ran.
            after: what is to run.
            put: brings a situation about.
            step: of the run that is shown.
            keys: those that the user has edited.
        """
        starts_over = before.run_id != after.run_id
        super().__init__(text, after.run_id, None if starts_over else step)
        self.before = before
        self.after = after
        self._put = put
        self._keys = keys

    @property
    def starts_over(self) -> bool:
        return self.before.run_id != self.after.run_id

    def outlives_its_run(self) -> bool:
        return True

    def redo(self) -> None:
        self._put(self.after)

    def undo(self) -> None:
        self._put(self.before)

    def id(self) -> int:
        return 1

    def mergeWith(self, later: QUndoCommand) -> bool:  # noqa: N802
        if not isinstance(later, ExperimentCommand) or not self._goes_on_with(later):
            return False
        self.after, self.at = later.after, later.at
        self.setObsolete(self.after.experiment == self.before.experiment)
        return True

    def _goes_on_with(self, later: "ExperimentCommand") -> bool:
        return (
            self._keys == later._keys != ()
            and self.step == later.step is not None
            and self.run_id == later.run_id
            and later.at - self.at < SAME_EDIT_SECONDS
        )
