"""What the user has done to the weights of one run, to be taken back value by value."""

from collections.abc import Iterable
from dataclasses import dataclass, field

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
    """Mutable: belongs to a run, and comes back with it.

    Attributes:
        originals: what parameters were before the user's first change of them.
        ablations: how each unit that is silenced came to be so.
    """

    originals: dict[Parameter, float] = field(default_factory=dict)
    ablations: dict[Unit, Intervention] = field(default_factory=dict)

    def note_originals(
        self, edits: Iterable[Edit], edited: Iterable[Parameter]
    ) -> None:
        """Remember values from before an edit, but of what is not edited yet."""
        known = set(edited)
        for edit in edits:
            if edit.parameter not in known or edit.parameter not in self.originals:
                self.originals[edit.parameter] = edit.value
