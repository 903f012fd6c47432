"""Which tasks of a step are done: one after the other, and what was done stays so."""

import math
from collections.abc import Sequence

from core.lessons.expressions.evaluate import LiveValues, as_read, holds
from core.lessons.expressions.names import BY_HAND, STILL
from core.lessons.expressions.nodes import Expression, Number, Pair, Read, reads_now
from core.lessons.model import Turn

Value = float | bool | None


class Untouched:
    """Mutable: what the tasks of a step read when it began, and which have changed.

    A condition may hold before the reader has done anything: the step before has left
    it so. It counts once something that it reads has become another.
    """

    def __init__(self, turns: Sequence[Turn]) -> None:
        self._reads = tuple(reads_now(turn.until) for turn in turns)
        self._then: dict[Read, Value] = {}
        self._touched = [not reads for reads in self._reads]

    def look(self, values: LiveValues, *, is_beginning: bool) -> None:
        """See what has changed.

        Args:
            values: what there is now.
            is_beginning: whether the run is as it was: what was not known then, such as
                a reading of the test data, is only told late.
        """
        for k, reads in enumerate(self._reads):
            for read in reads:
                now = values.read(read.name, read.arguments)
                is_late = is_beginning and read.name not in BY_HAND
                if read not in self._then or (is_late and self._then[read] is None):
                    self._then[read] = now
                elif now is not None and now != self._then[read]:
                    self._touched[k] = True

    @property
    def touched(self) -> tuple[bool, ...]:
        """For each task, whether something that it reads has changed."""
        return tuple(self._touched)


def done_now(
    turns: Sequence[Turn],
    done: Sequence[bool],
    values: LiveValues,
    touched: Sequence[bool] | None = None,
) -> list[bool]:
    """For each task, whether it is done.

    A task counts only when those before it are done: "give it back" is true before
    anything was taken.

    Args:
        turns: in their order.
        done: those that were done before.
        values: what there is now.
        touched: for each, whether the reader can have done it; None where all can be.
    """
    found: list[bool] = []
    for k, (turn, was_done) in enumerate(zip(turns, done, strict=True)):
        of_one_step = as_read(values, [turn.until])
        may_be = touched is None or touched[k]
        holds_now = all(found) and may_be and holds(turn.until, of_one_step)
        found.append(was_done or holds_now)
    return found


def step_to_stop_at(
    turns: Sequence[Turn], done: Sequence[bool], step: int, steps_per_epoch: int
) -> int | None:
    """The step at which the next task is to be looked at; None where it names none.

    "After step 250 and no mistake" may come true at any later step: there is nothing
    at which to stop before it does. "At step 250" and "before step 250" can only be
    judged there.

    Args:
        turns: in their order.
        done: which of them are done.
        step: that is shown.
        steps_per_epoch: steps that use every training example once.
    """
    to_do = [turn for turn, is_done in zip(turns, done, strict=True) if not is_done]
    if not to_do:
        return None
    parts = _parts(to_do[0].until)
    moving = any(_is_moving(part) for part in parts)
    named = [
        _named_step(part, steps_per_epoch)
        for part in parts
        if not (moving and isinstance(part, Pair) and part.operator == ">=")
    ]
    later = [number for number in named if number is not None and number > step]
    return min(later, default=None)


def _parts(condition: Expression) -> list[Expression]:
    """What is all to be true."""
    if isinstance(condition, Pair) and condition.operator == "and":
        return _parts(condition.left) + _parts(condition.right)
    return [condition]


def _is_moving(condition: Expression) -> bool:
    """Whether training on can make it true."""
    return any(read.name not in STILL for read in reads_now(condition))


def _named_step(condition: Expression, steps_per_epoch: int) -> int | None:
    if not (isinstance(condition, Pair) and condition.operator in (">=", "=", "<=")):
        return None
    left, right = condition.left, condition.right
    if not (isinstance(left, Read) and isinstance(right, Number)):
        return None
    if left.name == "step":
        return math.ceil(right.value)
    if left.name == "epoch":
        return math.ceil(right.value * steps_per_epoch)
    return None
