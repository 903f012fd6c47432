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

    Each thing that the user does is meant for what was asked for before it. A change
    of the running network is meant for the numbers that are shown: until the step that
    was asked for is shown, it waits, and all that the user does after it waits behind
    it.

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
        """Returns the number of another seek, or of a training step.

        The step that it leads to may not be known before.
        """
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

    def when_known(self, act: Act) -> None:
        """Do something from the step that was asked for last, once its number is known.

        A seek says where it leads; a training step is not counted before it is taken.
        """
        if self._is_under_way and self.target is None:
            self._acts.append(act)
        else:
            self.in_turn(act)

    def ways(self, shown: int, end: int) -> tuple[bool, bool]:
        """Whether there are steps before the one asked for last, and taken ones after.

        Args:
            shown: the step that is shown.
            end: the last step that was taken.
        """
        if self._is_under_way and self.target is None:
            # What waits for it may lead back from there.
            return True, bool(self._acts)
        at = shown if self.target is None else self.target
        return at > 0, at < end

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
