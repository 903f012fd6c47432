"""Replay of any step of a run, from a key frame and the changes."""

from core.history.history import History
from core.training.apply_change import Steering, keeps_batch
from core.training.run_state import RunState
from core.training.stepping import Stepping


def restore_step(
    step: int, history: History[RunState], stepping: Stepping, steering: Steering
) -> tuple[RunState, RunState]:
    """Restore a step exactly, with all changes that were made there.

    Returns:
        The state before the step if its batch still explains that step,
        and at the step. Both are the same after a change at that step, and at step 0.
    """
    before = _replayed(max(step - 1, 0), history, stepping, steering)
    if step == 0:
        return before, before
    now = stepping.after(before, 1)[0]
    n_known = sum(dated.step < step for dated in history.changes)
    for dated in history.changes_between(n_known, step):
        is_same_batch = keeps_batch(now.settings.experiment, dated.change)
        now = steering.after(now, dated.change)
        if not is_same_batch:
            before = now
    return before, now


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
