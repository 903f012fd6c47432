"""The curves of one run, which panels may read at any time.

However long a run lasts, a line of its steps takes no more than some 30 MB here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from core.protocol.branch import Branch, Turn
from core.protocol.messages import Evaluated, Metrics
from core.protocol.snapshot import Snapshot
from gui.session.epoch_mistakes import EpochMistakes
from gui.session.line_curves import LineCurves
from gui.session.readings import TestReadings
from gui.session.step_series import StepSeries
from gui.widgets.plots.epoch_scale import EpochScale


@dataclass(frozen=True, slots=True, eq=False)
class Abandoned:
    """The curves of a branch that the run has left.

    Attributes:
        number: of the branch.
        start: the last step that it shares with the present line.
        end: its last step.
        curves: of its whole line, from the first step of the run on.
    """

    number: int
    start: int
    end: int
    curves: LineCurves


@dataclass(slots=True, eq=False)
class MetricsLog:
    """Losses and accuracies of one run: of the present line, and of those it has left.

    Attributes:
        line: the present line.
        abandoned: branches that were left, oldest first.
        hidden: curves that the user has switched off, by names that the panel gives.
    """

    line: LineCurves = field(default_factory=LineCurves)
    abandoned: tuple[Abandoned, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def batch_losses(self) -> StepSeries:
        """Of the batch of each step, before the step."""
        return self.line.batch_losses

    @property
    def batch_accuracies(self) -> StepSeries:
        """Of the batch of each step, before the step."""
        return self.line.batch_accuracies

    @property
    def tests(self) -> TestReadings:
        """Evaluations on the whole test set."""
        return self.line.tests

    @property
    def validations(self) -> TestReadings:
        """Evaluations on the whole validation data, empty without any."""
        return self.line.validations

    @property
    def mistakes(self) -> EpochMistakes:
        """How many training examples each epoch misclassified."""
        return self.line.mistakes

    @property
    def epochs(self) -> EpochScale:
        """Which step ends which epoch."""
        return self.line.epochs

    @property
    def best_step(self) -> int | None:
        """The step that early stopping went back to, None if it did not."""
        return self.line.best_step

    @property
    def first_broken_step(self) -> int | None:
        """The first whose batch loss is not finite."""
        return self.line.first_broken_step

    def turn(self, turn: Turn) -> None:
        """The run goes on from an earlier step, or to a branch that it had left."""
        left, taken = self.line, self._taken(turn.taken)
        self.line = left.until(turn.step) if taken is None else taken
        if turn.left:
            branch = Abandoned(turn.left, turn.step, len(left.batch_losses), left)
            self.abandoned = (*self.abandoned, branch)

    def _taken(self, number: int) -> LineCurves | None:
        for branch in self.abandoned:
            if branch.number == number:
                self.abandoned = tuple(b for b in self.abandoned if b is not branch)
                return branch.curves
        return None

    def take_snapshot(self, snapshot: Snapshot) -> None:
        """Learn of the epochs, and of the branches that can still be gone to."""
        self.line.note_epoch(snapshot)
        if self.abandoned:
            self.abandoned = tuple(self._still(snapshot.branches))

    def _still(self, branches: Iterable[Branch]) -> Iterable[Abandoned]:
        known = {branch.number: branch for branch in self.abandoned}
        for branch in branches:
            here = known.get(branch.number)
            if here is not None:
                is_same = here.start == branch.start
                yield here if is_same else replace(here, start=branch.start)

    def add_batches(self, metrics: Metrics) -> None:
        self.line.add_batches(metrics)

    def add_evaluation(self, evaluated: Evaluated) -> None:
        self.line.add_evaluation(evaluated)
