"""Which tasks of a step are done: one after the other, and what was done stays so."""

import math
from collections.abc import Sequence

from core.lessons.expressions.evaluate import LiveValues, as_read, holds
from core.lessons.expressions.nodes import Expression, Number, Pair, Read
from core.lessons.model import Turn


def done_now(
    turns: Sequence[Turn], done: Sequence[bool], values: LiveValues
) -> list[bool]:
    """For each task, whether it is done.

    A task counts only when those before it are done: "give it back" is true before
    anything was taken.

    Args:
        turns: in their order.
        done: those that were done before.
        values: what there is now.
    """
    found: list[bool] = []
    for turn, was_done in zip(turns, done, strict=True):
        of_one_step = as_read(values, [turn.until])
        found.append(was_done or (all(found) and holds(turn.until, of_one_step)))
    return found


def step_to_stop_at(
    turns: Sequence[Turn], done: Sequence[bool], step: int, steps_per_epoch: int
) -> int | None:
    """The step at which the next task is to be looked at; None where it names none.

    Args:
        turns: in their order.
        done: which of them are done.
        step: that is shown.
        steps_per_epoch: steps that use every training example once.
    """
    to_do = [turn for turn, is_done in zip(turns, done, strict=True) if not is_done]
    if not to_do:
        return None
    named = _named_steps(to_do[0].until, steps_per_epoch)
    later = [number for number in named if number > step]
    return min(later, default=None)


def _named_steps(condition: Expression, steps_per_epoch: int) -> list[int]:
    if not isinstance(condition, Pair):
        return []
    left, right = condition.left, condition.right
    if condition.operator == "and":
        parts = (left, right)
        return [n for part in parts for n in _named_steps(part, steps_per_epoch)]
    is_bound = condition.operator in (">=", "=", "<=")
    if not (is_bound and isinstance(left, Read) and isinstance(right, Number)):
        return []
    if left.name == "step":
        return [math.ceil(right.value)]
    if left.name == "epoch":
        return [math.ceil(right.value * steps_per_epoch)]
    return []
