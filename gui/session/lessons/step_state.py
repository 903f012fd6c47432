"""What the reader has answered and done in one step of a lesson."""

import math
from dataclasses import dataclass, field
from typing import Final

from core.lessons.expressions.evaluate import LiveValues, holds
from core.lessons.model import LessonStep
from gui.session.lessons.window_values import WindowValues

DO_NOT_KNOW: Final = -1
"""In place of an answer's number."""


@dataclass(slots=True)
class StepState:
    """Mutable.

    Attributes:
        step: of the lesson.
        answer: the chosen one, or DO_NOT_KNOW; None so far.
        typed: a typed number.
        is_revealed: whether the reader has asked for the answer: it stays as it is.
        done: for each task, whether it was done; once it was it stays so.
        shows_hint: whether the hints are told.
        has_pointed: whether "Show me" has pointed already.
        seen: the last values of a step that was over and was left: its text and its
            answers stay what they were.
    """

    step: LessonStep
    answer: int | None = None
    typed: float = math.nan
    is_revealed: bool = False
    done: list[bool] = field(default_factory=list)
    shows_hint: bool = False
    has_pointed: bool = False
    seen: WindowValues | None = None
    _held: dict[int, LiveValues] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.done = [False] * len(self.step.turns)

    def keep(self, values: LiveValues) -> None:
        """Keep the values with which each task was done, and is still shown.

        At the same place of the run more may come to be known, such as a reading of
        the test data; what comes later is not what did the task.
        """
        for k, turn in enumerate(self.step.turns):
            held = self._held.get(k)
            is_there = held is None or _is_same_place(held, values)
            if self.done[k] and is_there and holds(turn.until, values):
                self._held[k] = values

    def begin_tasks(self) -> None:
        """The scene is set anew: tasks that are not all done begin again with it."""
        if not self.are_all_done:
            self.done = [False] * len(self.step.turns)
            self.has_pointed = False
            self._held.clear()

    def begin_again(self) -> None:
        """The scene is set anew: what was seen before is not said any more."""
        self.seen = None
        self._held.clear()

    def values_of_task(self, place: int, now: LiveValues | None) -> LiveValues | None:
        """Those that a task speaks of: once it was done, those that made it so.

        A unit that is given back, or a run that goes on, does not change what was seen.
        """
        return self._held.get(place, now)

    def is_of_then(self, place: int, now: LiveValues | None) -> bool:
        """Whether a done task speaks of what was, and no more of what is shown."""
        held = self._held.get(place)
        if not self.done[place] or held is None or now is None:
            return False
        if isinstance(held, WindowValues) and isinstance(now, WindowValues):
            return self.seen is not None or held.view is not now.view
        return self.seen is not None

    def values_of_reveal(self, now: LiveValues | None) -> LiveValues | None:
        """Those that the answer speaks of: of the last task, once all were done."""
        is_over = bool(self.done) and self.are_all_done
        return self.values_of_task(len(self.done) - 1, now) if is_over else now

    @property
    def is_told(self) -> bool:
        """Whether the answer is told: asked for, and seen where it is to be seen."""
        is_seen = not self.step.tells_after_task or self.done[0]
        return self.is_revealed and is_seen

    @property
    def is_answered(self) -> bool:
        return self.answer is not None or not math.isnan(self.typed)

    @property
    def is_over(self) -> bool:
        """Whether all was answered and done that the step asks for."""
        is_answered = self.step.question is None or self.is_revealed
        return is_answered and self.are_all_done

    @property
    def are_all_done(self) -> bool:
        return all(self.done)


def _is_same_place(held: LiveValues, now: LiveValues) -> bool:
    """Whether both are of the same weights of the same run."""
    if not (isinstance(held, WindowValues) and isinstance(now, WindowValues)):
        return True
    then, view = held.view, now.view
    if then is None or view is None:
        return False
    is_same_run = then.run.run_id == view.run.run_id
    is_same_step = then.snapshot.step == view.snapshot.step
    return is_same_run and is_same_step and then.edited == view.edited
