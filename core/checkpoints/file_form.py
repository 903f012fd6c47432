"""Checkpoints in and out of files, which are weights files too.

A safetensors file: the present parameters under the names of a weights file, so every
program that reads those reads these; all else below "run."; what is no array as JSON
in the metadata.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from safetensors import SafetensorError, safe_open

from core.arrays import FloatArray, HostArray, HostParams
from core.checkpoints import changes_form, contents
from core.checkpoints.fields import Fields, number
from core.checkpoints.model import Checkpoint
from core.experiment import toml_form
from core.experiment.model import Experiment
from core.experiment.schedules import Plateau
from core.files import layer_chain
from core.files.foreign import other_kinds
from core.files.safetensors_form import CHECKPOINT_KEY as KEY
from core.files.safetensors_form import MOST_BYTES_OF_CHECKPOINT, RUN
from core.files.tensors import UnreadableError, check_count
from core.files.weights import WeightsFile, described, metadata_of
from core.platform.ordinary_files import check_ordinary
from core.training.saved_run import SavedRun, SavedState
from core.training.validation_monitor import Watch
from core.values.errors import ExperimentError, FileError
from core.values.words import tr

FORMAT: Final = 1
NAMES: Final = ("now", "before", "best before", "best")
"""The states that a checkpoint may hold; `now` is always there."""
_KINDS: Final = ("float32", "float64", "int32", "uint32", "int8", "uint8", "bool")


def save(path: Path, checkpoint: Checkpoint, weights: WeightsFile) -> None:
    """Write a checkpoint, whole or not at all.

    Args:
        path: of any name.
        checkpoint: to write.
        weights: the network at its newest step, as a weights file holds it.

    Raises:
        FileError: the path cannot be written; an existing file is unchanged.
    """
    arrays, metadata = tensors_of(checkpoint, weights)
    curves = checkpoint.losses, checkpoint.accuracies, checkpoint.curves
    contents.write(path, contents.with_curves(arrays, *curves), metadata)


def tensors_of(
    checkpoint: Checkpoint, weights: WeightsFile
) -> tuple[dict[str, HostArray], dict[str, str]]:
    """What the file of a checkpoint holds: tensors without its curves, and texts."""
    arrays: dict[str, HostArray] = dict(
        layer_chain.named_tensors(weights.spec, weights.params)
    )
    states = _states(checkpoint.run)
    for name, state in states.items():
        arrays |= {f"{RUN}{name}{key}": array for key, array in state.arrays.items()}
    if checkpoint.initial is not None:
        named = layer_chain.named_tensors(weights.spec, checkpoint.initial)
        arrays |= {f"{RUN}initial.{name}": array for name, array in named.items()}
    return arrays, {**metadata_of(weights), KEY: _dumps(checkpoint, states)}


def _states(run: SavedRun) -> dict[str, SavedState]:
    best = run.best or (None, None)
    found = zip(NAMES, (run.now, run.before, *best), strict=True)
    return {name: state for name, state in found if state is not None}


def _dumps(checkpoint: Checkpoint, states: Mapping[str, SavedState]) -> str:
    run, experiment = checkpoint.run, checkpoint.experiment
    told = {
        "format": FORMAT,
        "experiment": toml_form.dumps(experiment),
        "step": run.now.step,
        "end": run.end,
        "steps_before": checkpoint.steps_before,
        "data_hash": checkpoint.data_hash,
        "made_by": dict(checkpoint.made_by),
        "changes": [changes_form.as_json(c, experiment) for c in run.changes],
        "states": {name: _state_as_json(state) for name, state in states.items()},
    }
    return json.dumps(told, allow_nan=False)


def _state_as_json(state: SavedState) -> dict[str, object]:
    watch = state.watch
    return {
        "step": state.step,
        "n_changes": state.n_changes,
        "edited": changes_form.edited_as_json(state.edited),
        "plateau": {
            "best": number(watch.plateau.best),
            "waited": watch.plateau.waited,
            "reductions": watch.plateau.reductions,
        },
        "watch": {
            "best": number(watch.best),
            "best_step": watch.best_step,
            "waited": watch.waited,
            "read_at": watch.read_at,
            "loss": number(watch.loss),
            "accuracy": None if watch.accuracy is None else number(watch.accuracy),
        },
    }


def load(path: Path) -> Checkpoint:
    """Read a checkpoint, whatever its name.

    Raises:
        FileError: begins with the path and says what is wrong.
    """
    try:
        check_ordinary(path, MOST_BYTES_OF_CHECKPOINT)
        with safe_open(path, framework="np") as file:
            metadata = dict(file.metadata() or {})
            if KEY not in metadata:
                raise _no_checkpoint(
                    path, tr("no checkpoint; those are written by --checkpoint")
                )
            names = file.keys()
            check_count(len(names))
            arrays = {n: _array(n, file.get_tensor(n)) for n in names if _is_run(n)}
        return _checkpoint(Fields.parsed(metadata[KEY], "checkpoint"), arrays)
    except SafetensorError as error:
        reason = tr("damaged, or no checkpoint ({error})", error=error)
        raise _no_checkpoint(path, reason) from None
    except UnreadableError as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    except OSError as error:
        msg = tr(
            "{path}: cannot be read: {reason}",
            path=path,
            reason=error.strerror or error,
        )
        raise FileError(msg) from None


def _no_checkpoint(path: Path, reason: str) -> FileError:
    """What a file is instead, where it holds a network, and how that is opened."""
    try:
        described(path)
    except FileError:
        return FileError(f"{path}: {_what_it_is(path) or reason}")
    return FileError(
        tr(
            "{path}: no checkpoint; it holds the weights of a network and not its run: "
            "--open {path} begins a new run with them",
            path=path,
        )
    )


def _what_it_is(path: Path) -> str:
    what = other_kinds.told_kind(path)
    if not what:
        return ""
    return tr(
        "{what}; a checkpoint is written by `glassbox train --checkpoint FILE`",
        what=what,
    )


def _is_run(name: str) -> bool:
    return name.startswith(RUN)


def _array(name: str, values: HostArray) -> HostArray:
    if values.dtype.name not in _KINDS:
        msg = tr("its {name} is of {name_2}", name=name, name_2=values.dtype.name)
        raise UnreadableError(msg)
    return values


def _checkpoint(told: Fields, arrays: Mapping[str, HostArray]) -> Checkpoint:
    version = told.whole("format", 1)
    if version > FORMAT:
        msg = tr(
            "written by a newer Glassbox (format {version}); update Glassbox",
            version=version,
        )
        raise UnreadableError(msg)
    experiment = _experiment(told)
    changes = tuple(map(changes_form.read, told.tables("changes")))
    if [c.step for c in changes] != sorted(c.step for c in changes):
        raise told.refused(tr("its changes are in no order"))
    states = told.table("states")
    found = {
        name: _state(states.table(name), name, arrays, len(changes))
        for name in NAMES
        if states.has(name)
    }
    if "now" not in found or ("best" in found) != ("best before" in found):
        raise told.refused(tr("a state is missing"))
    best = (found["best before"], found["best"]) if "best" in found else None
    run = SavedRun(changes, told.whole("end"), found["now"], found.get("before"), best)
    if not run.now.step == told.whole("step") <= run.end:
        raise told.refused(tr("its steps do not go together"))
    return Checkpoint(
        experiment,
        run,
        told.text("data_hash"),
        _initial(arrays),
        told.whole("steps_before"),
        _curve(arrays, contents.LOSSES),
        _curve(arrays, contents.ACCURACIES),
        _curves(arrays),
        told.texts("made_by"),
    )


def _experiment(told: Fields) -> Experiment:
    try:
        return toml_form.loads(told.text("experiment"))
    except (ExperimentError, RecursionError) as error:
        raise told.refused(f"its experiment ({error})") from None


def _state(
    told: Fields, name: str, arrays: Mapping[str, HostArray], most_changes: int
) -> SavedState:
    start = f"{RUN}{name}"
    own = {
        key.removeprefix(start): array
        for key, array in arrays.items()
        if key.startswith(f"{start}.")
    }
    n_changes = told.whole("n_changes")
    if n_changes > most_changes:
        raise told.refused(tr("n_changes is more than there are"))
    plateau, watch = told.table("plateau"), told.table("watch")
    return SavedState(
        told.whole("step"),
        n_changes,
        own,
        Watch(
            Plateau(
                plateau.real("best"),
                plateau.whole("waited"),
                plateau.whole("reductions"),
            ),
            watch.real("best"),
            watch.whole("best_step"),
            watch.whole("waited"),
            watch.whole("read_at", -1),
            watch.real("loss"),
            watch.real("accuracy") if watch.has("accuracy") else None,
        ),
        changes_form.read_edited(told),
    )


def _initial(arrays: Mapping[str, HostArray]) -> HostParams | None:
    start = f"{RUN}initial."
    named = {
        name.removeprefix(start): np.asarray(array, np.float32)
        for name, array in arrays.items()
        if name.startswith(start)
    }
    return _layers(named) if named else None


def _layers(named: Mapping[str, FloatArray]) -> HostParams:
    """The layers of named tensors; one without biases has zeros for them."""
    layers: list[tuple[FloatArray, FloatArray]] = []
    while (names := layer_chain.tensor_names(len(layers)))[0] in named:
        weight = named[names[0]]
        if weight.ndim != 2:
            msg = tr("its initial {names} is no matrix", names=names[0])
            raise UnreadableError(msg)
        layers.append((weight, named.get(names[1], np.zeros(len(weight), np.float32))))
    if not layers or any(b.shape != w.shape[:1] for w, b in layers):
        msg = tr("its initial weights are damaged")
        raise UnreadableError(msg)
    return tuple(layers)


def _curves(arrays: Mapping[str, HostArray]) -> dict[str, HostArray]:
    return {
        name.removeprefix(contents.CURVES): values
        for name, values in arrays.items()
        if name.startswith(contents.CURVES)
    }


def _curve(arrays: Mapping[str, HostArray], name: str) -> FloatArray:
    values = arrays.get(name)
    if values is None or values.ndim != 1 or values.dtype != np.float32:
        msg = tr("its {name} is no curve", name=name)
        raise UnreadableError(msg)
    return values.astype(np.float32, copy=False)
