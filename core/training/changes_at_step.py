"""The user's changes between two steps, which are one change of the run.

They are kept beside the state that training left, in one order and without what gives
back the values there. So what is undone before a step has been taken leaves nothing
behind: no optimiser that has forgotten its moments, no epoch that has begun anew.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

import jax
import numpy as np

from core.arrays import HostParams
from core.history.changes import Change, TrainOn
from core.protocol.messages import ChangeTraining, EditParams, SetFrozen
from core.training.apply_change import Steering, keeps_batch
from core.training.run_state import RunState

ORDER: Final = (TrainOn, ChangeTraining, SetFrozen, EditParams)
"""Edits last: an optimiser that is chosen with them begins from what training gave."""


class Place(NamedTuple):
    """Where a run stands.

    Attributes:
        before: the state before the newest step if its batch still explains that step;
            the same as `now` after another change there, and at step 0.
    """

    before: RunState
    now: RunState

    def after(self, changes: Iterable[Change], steering: Steering) -> "Place":
        """The same step after changes there."""
        before, now = self
        for change in changes:
            is_same_batch = keeps_batch(now.settings.experiment, change)
            now = steering.after(now, change)
            if not is_same_batch or now.step == 0:
                before = now
        return Place(before, now)


def joined(
    earlier: Iterable[Change], change: Change, point: RunState
) -> tuple[Change, ...]:
    """All changes at a step after one more.

    Args:
        earlier: those made there before.
        change: the new one.
        point: the state without any of them.
    """
    wanted: dict[type, Change] = {type(each): each for each in earlier}
    previous = wanted.get(EditParams)
    if isinstance(change, EditParams) and isinstance(previous, EditParams):
        edits = {edit.parameter: edit for edit in (*previous.edits, *change.edits)}
        change = EditParams(tuple(edits.values()))
    wanted[type(change)] = change
    in_order = (_left_of(wanted[kind], point) for kind in ORDER if kind in wanted)
    return tuple(left for left in in_order if left is not None)


def _left_of(change: Change, point: RunState) -> Change | None:
    """What of a change differs from the state; None for nothing."""
    if isinstance(change, ChangeTraining):
        is_same = change.training == point.settings.experiment.training
        return None if is_same else change
    if isinstance(change, SetFrozen):
        return None if change.parameters == point.settings.frozen else change
    if isinstance(change, EditParams):
        params: HostParams = jax.tree.map(np.asarray, point.state.params)
        edits = tuple(
            edit
            for edit in change.edits
            if edit.parameter.value_in(params) != np.float32(edit.value)
        )
        return EditParams(edits) if edits else None
    return change
