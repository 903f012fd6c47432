"""What the user has done to the weights of one run, to be taken back value by value."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.protocol.branch import Turn
from core.protocol.snapshot import Snapshot
from core.values.parameter import Edit, Parameter, Unit


@dataclass(frozen=True, slots=True, eq=False)
class Intervention:
    """A change of weights and of what is frozen, with what was before it."""

    before: tuple[Edit, ...] = ()
    after: tuple[Edit, ...] = ()
    frozen_before: frozenset[Parameter] = frozenset()
    frozen_after: frozenset[Parameter] = frozenset()

    @property
    def reversed(self) -> "Intervention":
        """What takes it back."""
        return Intervention(
            self.after, self.before, self.frozen_after, self.frozen_before
        )


@dataclass(slots=True, eq=False)
class InterventionLog:
    """Mutable: belongs to a run, and comes back with it; each branch has its own.

    Attributes:
        originals: what parameters were before the user's first change of them.
        ablations: how each unit that is silenced came to be so.
    """

    originals: dict[Parameter, float] = field(default_factory=dict)
    ablations: dict[Unit, Intervention] = field(default_factory=dict)
    _left: "dict[int, InterventionLog]" = field(default_factory=dict)
    _leaving: "InterventionLog | None" = None

    def leave(self) -> None:
        """What is done next begins a branch, of which the runner will tell."""
        if self._leaving is None:
            self._leaving = self._copy()

    def _copy(self) -> "InterventionLog":
        return InterventionLog(dict(self.originals), dict(self.ablations))

    def turn(self, turn: Turn) -> None:
        """The run has gone to another line of steps."""
        if turn.left:
            self._left[turn.left] = self._leaving or self._copy()
        self._leaving = None
        taken = self._left.pop(turn.taken, None)
        if taken is not None:
            self.originals, self.ablations = taken.originals, taken.ablations

    def take_snapshot(self, snapshot: Snapshot) -> None:
        """Forget what was done on branches that are no longer kept."""
        if not snapshot.is_past:
            self._leaving = None
        branches = {branch.number for branch in snapshot.branches}
        for number in [number for number in self._left if number not in branches]:
            del self._left[number]

    def note_originals(
        self, edits: Iterable[Edit], edited: Iterable[Parameter]
    ) -> None:
        """Remember values from before an edit, but of what is not edited yet."""
        known = set(edited)
        for edit in edits:
            if edit.parameter not in known or edit.parameter not in self.originals:
                self.originals[edit.parameter] = edit.value
