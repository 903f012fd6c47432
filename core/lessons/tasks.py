"""Which tasks of a step are done: one after the other, and what was done stays so."""

from collections.abc import Sequence

from core.lessons.expressions.evaluate import LiveValues, holds
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
        found.append(was_done or (all(found) and holds(turn.until, values)))
    return found
