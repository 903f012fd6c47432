"""The branches of a run that were left, as the window is told of them."""

from dataclasses import dataclass
from typing import Final

KEPT_BRANCHES: Final = 8
"""Branches left that can be gone to; the oldest gives way."""


@dataclass(frozen=True, slots=True)
class Branch:
    """Steps that the run has left and can go to again.

    Attributes:
        number: its name within the run, never given twice.
        start: the last step that it shares with the present line.
        end: its last step.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """The run has changed from one line of steps to another.

    Attributes:
        step: the last step that both share.
        end: the last step of the line that was left.
        left: the number of what was left as a branch; 0 where it is not kept, as the
            other line repeats all of it.
        taken: the number of the branch that was gone to; 0 for a new one.
    """

    step: int
    end: int
    left: int
    taken: int = 0
