"""The lines of steps that a run has left: what each needs to come back.

A state follows from the seed and the changes before it. So a line is nothing but its
changes and its last step, and two lines share their states up to the first change that
only one of them has. Key frames just shorten the way there.
"""

from dataclasses import dataclass
from itertools import zip_longest

from core.history.changes import DatedChange
from core.protocol.branch import KEPT_BRANCHES, Branch

Changes = tuple[DatedChange, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """All changes of a line in chronological order, and its last step."""

    changes: Changes
    end: int


def first_difference(one: Changes, other: Changes) -> int | None:
    """The step of the first change that only one of two lines has; None for none."""
    for first, second in zip_longest(one, other):
        if first is not second and first != second:
            return min(each.step for each in (first, second) if each is not None)
    return None


def shared_end(one: Line, other: Line) -> int:
    """The last step that two lines share."""
    parts_at = first_difference(one.changes, other.changes)
    ends = (one.end, other.end)
    return min(ends) if parts_at is None else min(*ends, parts_at)


def is_beginning(line: Line, other: Line) -> bool:
    """Whether another line holds all of this one."""
    is_same = line.changes == other.changes[: len(line.changes)]
    return is_same and shared_end(line, other) == line.end


class LeftBranches:
    """Mutable: the newest lines that were left, oldest first, by their numbers."""

    def __init__(self) -> None:
        self._left: dict[int, Line] = {}
        self._newest = 0
        self._compared: Line | None = None
        self._told: tuple[Branch, ...] = ()

    def keep(self, line: Line) -> int:
        """Keep a line; returns the number it is given."""
        self._newest += 1
        self._left[self._newest] = line
        while len(self._left) > KEPT_BRANCHES:
            del self._left[next(iter(self._left))]
        self._compared = None
        return self._newest

    def take(self, number: int) -> Line | None:
        """The line of this number, which is kept no longer; None if it is not here."""
        self._compared = None
        return self._left.pop(number, None)

    def beside(self, present: Line) -> tuple[Branch, ...]:
        """Those that the present line does not hold itself.

        What it holds is forgotten, as nothing of it is lost.
        """
        # Asked for with each snapshot: mostly nothing has changed.
        if self._compared == present or not self._left:
            return self._told if self._left else ()
        self._left = {
            number: line
            for number, line in self._left.items()
            if not is_beginning(line, present)
        }
        self._told = tuple(
            Branch(number, shared_end(line, present), line.end)
            for number, line in self._left.items()
        )
        self._compared = present
        return self._told

    def going_on_from(self, present: Line) -> int:
        """The newest one of which the present line is the beginning; 0 for none.

        Its state at the end of the present line must be the present one.
        """
        for number, line in reversed(self._left.items()):
            parts_at = first_difference(line.changes, present.changes)
            goes_on = parts_at is None or parts_at > present.end
            if goes_on and is_beginning(present, line) and line.end > present.end:
                return number
        return 0
