"""What the user has done to the running network, so that it can be undone."""

from dataclasses import dataclass, replace

from core.arrays import HostParams
from core.network.numpy.forward import HeldActivations
from core.values.parameter import Edit, Parameter

SAME_DRAG_SECONDS = 1.0
"""Edits of the same parameters within this time are one."""


@dataclass(frozen=True, slots=True, eq=False)
class Intervention:
    """One intervention, with the state before and after it.

    Attributes:
        step: at which it was done.
        words: for the menu, e.g. "change of hidden 1 · unit 5 · bias".
        at: time.perf_counter() when it was done.
        held: activations of the shown example that were held before and after it;
            None when it did not concern them.
    """

    step: int
    words: str
    at: float
    before: tuple[Edit, ...] = ()
    after: tuple[Edit, ...] = ()
    frozen_before: frozenset[Parameter] = frozenset()
    frozen_after: frozenset[Parameter] = frozenset()
    held: tuple[HeldActivations, HeldActivations] | None = None

    @property
    def reversed(self) -> "Intervention":
        """The intervention that undoes this one."""
        return replace(
            self,
            before=self.after,
            after=self.before,
            frozen_before=self.frozen_after,
            frozen_after=self.frozen_before,
            held=None if self.held is None else (self.held[1], self.held[0]),
        )

    def goes_on_with(self, later: "Intervention") -> bool:
        """Whether `later` continues the same drag of the mouse."""
        return (
            self.words == later.words
            and self.step == later.step
            and later.at - self.at < SAME_DRAG_SECONDS
            and (self.held is None) == (later.held is None)
            and self.frozen_before == later.frozen_before == later.frozen_after
            and [edit.parameter for edit in self.after]
            == [edit.parameter for edit in later.after]
        )


class InterventionLog:
    """Mutable: what was done, and what was undone and can be redone."""

    def __init__(self) -> None:
        self._done: list[Intervention] = []
        self._undone: list[Intervention] = []

    def note(self, new: Intervention) -> None:
        """Record an intervention; what could be redone is dropped."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last is not None and last.goes_on_with(new):
            held = new.held
            if held is not None and last.held is not None:
                held = (last.held[0], held[1])
            self._done[-1] = replace(new, before=last.before, held=held)
        else:
            self._done.append(new)

    def to_undo(self, step: int) -> Intervention | None:
        """The last intervention at or before the step that is shown."""
        known = (done for done in reversed(self._done) if done.step <= step)
        return next(known, None)

    def to_redo(self, step: int) -> Intervention | None:
        """The last undone intervention, if it was before the step that is shown."""
        last = self._undone[-1] if self._undone else None
        return last if last is not None and last.step <= step else None

    def undo(self, step: int) -> Intervention | None:
        """What to do now to undo the last intervention."""
        last = self.to_undo(step)
        if last is None:
            return None
        self._done.remove(last)
        self._undone.append(last)
        return last.reversed

    def redo(self, step: int) -> Intervention | None:
        """What to do now to redo the last undone intervention."""
        last = self.to_redo(step)
        if last is not None:
            self._undone.remove(last)
            self._done.append(last)
        return last

    def forget_after(self, step: int) -> None:
        """A branch begins at a step: later interventions are not part of it."""
        self._done = [done for done in self._done if done.step <= step]
        self._undone = [undone for undone in self._undone if undone.step <= step]

    def forget_holds(self) -> None:
        """Forget held activations: another example is shown."""
        self._done = [done for done in self._done if done.held is None]
        self._undone = [undone for undone in self._undone if undone.held is None]

    def clear(self) -> None:
        """Forget everything: another run begins."""
        self._done.clear()
        self._undone.clear()


def value_in(params: HostParams, parameter: Parameter) -> float:
    """The value of one parameter."""
    weights, biases = params[parameter.layer - 1]
    if parameter.source is None:
        return float(biases[parameter.unit])
    return float(weights[parameter.unit, parameter.source])
