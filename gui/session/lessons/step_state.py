"""What the reader has answered and done in one step of a lesson."""

import math
from dataclasses import dataclass, field
from typing import Final

from core.lessons.model import LessonStep

DO_NOT_KNOW: Final = -1
"""In place of an answer's number."""


@dataclass(slots=True)
class StepState:
    """Mutable.

    Attributes:
        step: of the lesson.
        answer: the chosen one, or DO_NOT_KNOW; None so far.
        typed: a typed number.
        is_revealed: whether the answer is told.
        done: for each task, whether it was done; once it was it stays so.
        shows_hint: whether the hints are told.
        has_pointed: whether "Show me" has pointed already.
    """

    step: LessonStep
    answer: int | None = None
    typed: float = math.nan
    is_revealed: bool = False
    done: list[bool] = field(default_factory=list)
    shows_hint: bool = False
    has_pointed: bool = False

    def __post_init__(self) -> None:
        self.done = [False] * len(self.step.turns)

    @property
    def is_answered(self) -> bool:
        return self.answer is not None or not math.isnan(self.typed)

    @property
    def are_all_done(self) -> bool:
        return all(self.done)
