"""Going to other steps of the run, and what waits until one of them is shown."""

from collections import deque
from collections.abc import Callable

from core.protocol.snapshot import Snapshot
from core.values.words import tr
from gui.session.waiting import Waiting
from gui.style.number_format import count

Act = Callable[[], None]


class Seeks:
    """Which step was asked for last, and whether the window shows it yet.

    A change of the running network is meant for the numbers that are shown: until the
    step that was asked for is shown, it waits, and all that the user does after it
    waits behind it.

    Attributes:
        target: the step that the run is going to; None when it has arrived, or when
            training goes on from there.
    """

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self.target: int | None = None
        self._asked = 0
        self._shown = 0
        self._acts: deque[Act] = deque()
        self._is_catching_up = False

    def ask(self, target: int | None) -> int:
        """Returns the number of another seek, whose step may not be known before."""
        self._asked += 1
        self._aim(target)
        return self._asked

    def train_on(self) -> None:
        """Training goes on from there: its end may be replaced before it is seen."""
        self._aim(None)

    def take(self, snapshot: Snapshot) -> None:
        """This one is shown now."""
        self._shown = max(self._shown, snapshot.seeks)
        if not self._is_under_way:
            self._aim(None)

    def give_up(self) -> None:
        """What was asked of a run that is over, or that failed, never comes."""
        self._shown = self._asked
        self._acts.clear()
        self._aim(None)

    def when_shown(self, act: Act) -> None:
        """Do something to the step that was asked for last, once it is shown."""
        if self._is_under_way:
            self._acts.append(act)
        else:
            self.in_turn(act)

    def in_turn(self, act: Act) -> None:
        """Do something after all that waits."""
        if self._acts and not self._is_catching_up:
            self._acts.append(act)
        else:
            act()

    def catch_up(self) -> None:
        """Do what has waited for the step that is shown now."""
        self._is_catching_up = True
        try:
            while self._acts and not self._is_under_way:
                self._acts.popleft()()
        finally:
            self._is_catching_up = False

    @property
    def _is_under_way(self) -> bool:
        return self._shown < self._asked

    def _aim(self, target: int | None) -> None:
        self.target = target
        if target is None:
            self._waiting.end("seek")
        else:
            text = tr("Going to step {step}", step=count(target))
            self._waiting.begin("seek", text)
