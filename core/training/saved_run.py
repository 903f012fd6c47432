"""A run as values of the host: what a file needs to hold so that it can go on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import jax
import numpy as np
from jax.tree_util import keystr, tree_flatten_with_path

from core.arrays import HostArray
from core.history.changes import DatedChange
from core.training.apply_change import Steering
from core.training.run_state import RunState
from core.training.step import TrainState
from core.training.validation_monitor import Watch
from core.values.errors import FileError
from core.values.parameter import Parameter
from core.values.words import tr


@dataclass(frozen=True, slots=True, eq=False)
class SavedState:
    """A state of a run; its settings follow from the changes before it.

    Attributes:
        n_changes: how many of the run's changes were made before it.
        arrays: what a step changes, by its place in `TrainState`: parameters and the
            optimiser's state.
    """

    step: int
    n_changes: int
    arrays: Mapping[str, HostArray]
    watch: Watch
    edited: Mapping[Parameter, int]


@dataclass(frozen=True, slots=True, eq=False)
class SavedRun:
    """All that a run cannot draw from its experiment again.

    Attributes:
        changes: by the user, in chronological order.
        end: the last step that was reached.
        now: the state to go on from.
        before: one before it from which its last step can be replayed; None where a
            change lies between.
        best: for early stopping: the state with the smallest validation loss, and
            one before it; None where nothing is watched.
    """

    changes: tuple[DatedChange, ...]
    end: int
    now: SavedState
    before: SavedState | None = None
    best: tuple[SavedState, SavedState] | None = None


def saved_state(
    point: RunState, changes: tuple[DatedChange, ...], *, as_reached: bool = False
) -> SavedState:
    """A state as values of the host; waits for the device.

    Args:
        point: a state of the run.
        changes: all of the run.
        as_reached: whether it is as its step left it, before any change there.
    """
    leaves, _ = tree_flatten_with_path(point.state)
    arrays = {keystr(path): np.asarray(leaf) for path, leaf in leaves}
    last = point.step - as_reached
    n_changes = sum(dated.step <= last for dated in changes)
    return SavedState(point.step, n_changes, arrays, point.watch, point.edited)


def differing(point: RunState, saved: SavedState) -> tuple[str, ...]:
    """What of a state is not as it was saved, to the bit: "params[0][1]"."""
    leaves, _ = tree_flatten_with_path(point.state)
    found = {keystr(path): np.asarray(leaf) for path, leaf in leaves}
    names = found.keys() | saved.arrays.keys()
    return tuple(
        name.removeprefix(".")
        for name in sorted(names)
        if not (
            name in found
            and name in saved.arrays
            and found[name].tobytes() == saved.arrays[name].tobytes()
        )
    )


def restored_state(
    saved: SavedState,
    begin: RunState,
    changes: tuple[DatedChange, ...],
    steering: Steering,
) -> RunState:
    """The state again, with the settings that the changes have led to.

    Raises:
        FileError: the arrays are not those of this network and optimiser.
    """
    point = begin
    for dated in changes[: saved.n_changes]:
        point = steering.after(replace(point, step=dated.step), dated.change)
    leaves, shape = tree_flatten_with_path(point.state)
    arrays = [_fitting(saved.arrays, keystr(path), leaf) for path, leaf in leaves]
    if len(arrays) != len(saved.arrays):
        msg = tr("its optimiser's state is that of another optimiser")
        raise FileError(msg)
    # Placed on the device like the state after a step, else it would be compiled anew.
    placed = jax.device_put(arrays, steering.device)
    state: TrainState = jax.tree.unflatten(shape, placed)
    return replace(
        point, step=saved.step, state=state, watch=saved.watch, edited=saved.edited
    )


def _fitting(arrays: Mapping[str, HostArray], name: str, like: jax.Array) -> HostArray:
    values = arrays.get(name)
    if values is None or (values.shape, values.dtype) != (like.shape, like.dtype):
        found = "missing" if values is None else f"{values.dtype} {values.shape}"
        msg = tr(
            "its {name} is {found}; expected {dtype} {shape}",
            name=name,
            found=found,
            dtype=like.dtype,
            shape=like.shape,
        )
        raise FileError(msg)
    return values
