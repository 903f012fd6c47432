"""Replay of any step of a run, from a key frame and the changes."""

from collections.abc import Callable
from typing import NamedTuple

import jax

from core.history.history import History
from core.history.key_frames import KeyFrame, is_later
from core.training.apply_change import Steering
from core.training.changes_at_step import Place
from core.training.run_state import RunState
from core.training.stepping import Stepping

StepReached = Callable[[int], None]
"""Takes the step that a replay has come to."""


class Restored(NamedTuple):
    """A step of a run, exactly as it was.

    Attributes:
        place: with all changes that were made there.
        untouched: without them; None where there are none.
    """

    place: Place
    untouched: Place | None


def restore_step(
    step: int,
    history: History[RunState],
    stepping: Stepping,
    steering: Steering,
    reached: StepReached | None = None,
) -> Restored:
    """Restore a step exactly, with all changes that were made there.

    Args:
        step: of the present line.
        history: of the run.
        stepping: takes its steps.
        steering: makes its changes.
        reached: is told how far it is, now and then; None does not wait for the device.
    """
    changes = history.changes_at(step)
    if step > 0:
        before = _replayed(step - 1, history, stepping, steering, reached)
        untouched = Place(before, stepping.after(before, 1)[0])
    else:
        begin = history.begin() if changes else history.frames.nearest(0).place
        untouched = Place(begin, begin)
    place = untouched.after(changes, steering)
    return Restored(place, untouched if changes else None)


def _replayed(
    step: int,
    history: History[RunState],
    stepping: Stepping,
    steering: Steering,
    reached: StepReached | None,
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
            if reached is not None:
                # The newest chunk is still under way, so that the device never waits.
                jax.block_until_ready(trail[-1].state)
                reached(trail[-1].step)
        if dated is not None:
            point = steering.after(point, dated.change)
            n_known += 1
    history.frames.leave_trail([*trail, point], [*counts, n_known])
    return point


def onward(
    frame: KeyFrame[RunState] | None,
    stop: int,
    most: int,
    history: History[RunState],
    stepping: Stepping,
    steering: Steering,
) -> KeyFrame[RunState]:
    """One part of the way to a step of the present line, with all changes there.

    From `frame`, None at its beginning, by at most so many steps; the same frame once
    it is there.
    """
    nearest = history.frames.nearest(stop)
    if frame is None or is_later(nearest, frame):
        return nearest
    dated = next(history.changes_between(frame.n_changes, stop), None)
    goal = stop if dated is None else dated.step
    if frame.step < goal:
        count = min(goal - frame.step, most)
        return KeyFrame(stepping.after(frame.place, count)[0], frame.n_changes)
    if dated is None:
        return frame
    return KeyFrame(steering.after(frame.place, dated.change), frame.n_changes + 1)
