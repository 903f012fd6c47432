"""Replay of any step of a run, from a key frame and the changes."""

from typing import NamedTuple

from core.history.history import History
from core.protocol.messages import EditParams
from core.training.apply_change import Steering, keeps_batch
from core.training.run_state import RunState
from core.training.stepping import Stepping


class Restored(NamedTuple):
    """A step of a run, exactly as it was.

    Attributes:
        before: the state before the step if its batch still explains that step; the
            same as `now` after another change at that step, and at step 0.
        now: the state at the step, with all changes that were made there.
        unedited: `now` and `before` without the edits of the step, where these are its
            last change; else None.
    """

    before: RunState
    now: RunState
    unedited: tuple[RunState, RunState] | None


def restore_step(
    step: int, history: History[RunState], stepping: Stepping, steering: Steering
) -> Restored:
    """Restore a step exactly, with all changes that were made there."""
    n_known = sum(dated.step < step for dated in history.changes)
    changes = list(history.changes_between(n_known, step))
    if step > 0:
        before = _replayed(step - 1, history, stepping, steering)
        now = stepping.after(before, 1)[0]
    else:
        before = now = history.begin() if changes else history.frames.nearest(0).place
    unedited = None
    for dated in changes:
        is_edit = isinstance(dated.change, EditParams)
        unedited = (now, before) if is_edit else None
        is_same_batch = keeps_batch(now.settings.experiment, dated.change)
        now = steering.after(now, dated.change)
        if not is_same_batch or step == 0:
            before = now
    return Restored(before, now, unedited)


def _replayed(
    step: int, history: History[RunState], stepping: Stepping, steering: Steering
) -> RunState:
    """The state at a step, after all changes that were made there."""
    frame = history.frames.nearest(step)
    point, n_known = frame.place, frame.n_changes
    trail: list[RunState] = []
    counts: list[int] = []
    changes = list(history.changes_between(n_known, step))
    for dated in (*changes, None):
        stop = step if dated is None else dated.step
        while point.step < stop:
            trail.append(point)
            counts.append(n_known)
            point = stepping.after(point, stop - point.step)[0]
        if dated is not None:
            point = steering.after(point, dated.change)
            n_known += 1
    history.frames.leave_trail([*trail, point], [*counts, n_known])
    return point
