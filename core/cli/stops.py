"""Steps at which training from the command line is held for a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Stop(Protocol):
    """Something for which training is held for a moment, with nothing in flight."""

    def next_after(self, step: int) -> int | None:
        """The next step at which it is done; None for never."""

    def at_stop(self) -> None:
        """Do it, at the step that training has come to."""


@dataclass(frozen=True, slots=True)
class RegularStop:
    """At each multiple of a number of steps.

    Attributes:
        every: so many steps; 0 for never.
        act: what is done there.
    """

    every: int
    act: Callable[[], None]

    def next_after(self, step: int) -> int | None:
        return (step // self.every + 1) * self.every if self.every else None

    def at_stop(self) -> None:
        self.act()
