"""Own data named on the command line: which experiment is on them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from core.cli.error_boundary import UsageError
from core.cli.options import ExperimentOptions
from core.data.families import holds_family
from core.data.file import understand, usual_experiment
from core.data.mnist_family import known_sets
from core.data.part_counts import without_parts
from core.experiment.model import DataSettings, Experiment
from core.experiment.rules import FILE
from core.files.experiment_for_weights import experiment_on, preparation_of
from core.files.weights import WeightsFile
from core.values.counts import counted
from core.values.errors import DataError, ExperimentError, FileError
from core.values.words import tr

NAME: Final = "data.name"
_PATH: Final = "data.path"
_ANSWERS: Final = "data.answers"
_HASH: Final = "data.hash"
_PREPARATION: Final = "data.preparation"
_SCALING: Final = "data.scaling"
_IGNORE: Final = "data.ignore"
_INCLUDE: Final = "data.include"
_KNOWN: Final = ("classes", "numbers")
_FOUND_BY: Final = ("data.path", "data.target", "data.split_by")
"""Where one of these is another, what was found before is found anew."""


class ReadData(NamedTuple):
    """An experiment completed by its file.

    Attributes:
        notes: what was understood, for the user.
        bare_notes: the same without how many rows are to train and to test.
        is_parted: whether the file itself says what is for tests.
        n_test: how many rows are for tests.
    """

    experiment: Experiment
    notes: tuple[str, ...] = ()
    bare_notes: tuple[str, ...] = ()
    is_parted: bool = False
    n_test: int = 0


def own_file(options: ExperimentOptions) -> Path | None:
    """The file that --data names, if one does.

    Raises:
        UsageError: several do.
    """
    files = [path for path in options.data_folders if path.is_file()]
    if len(files) > 1:
        msg = tr(
            "--data {file}: one file can be read at a time, not {files_file} too",
            file=files[1],
            files_file=files[0],
        )
        raise UsageError(msg)
    return files[0] if files else None


def own_path(options: ExperimentOptions) -> Path | None:
    """The file or folder that --data names, if any.

    Raises:
        UsageError: several files.
    """
    folders = options.data_folders
    return own_file(options) or (folders[0] if folders else None)


def is_on_own_data(options: ExperimentOptions, changes: Mapping[str, object]) -> bool:
    """Whether nothing else than --data or --set says what to train on."""
    if options.preset or options.experiment or options.weights:
        return False
    return changes.get(NAME, FILE if options.data_folders else "") == FILE


def usual(options: ExperimentOptions, changes: Mapping[str, object]) -> Experiment:
    """The experiment on the named file or folder; a known set keeps its name."""
    path = own_path(options)
    if path is None or NAME in changes:
        return usual_experiment(path)
    return usual_for(path)


def usual_for(path: Path) -> Experiment:
    """The experiment on a file or folder; a known set keeps its name."""
    experiment = usual_experiment(path)
    for name in known_sets(path) if path.is_dir() else ():
        return replace(experiment, data=DataSettings(name=name))
    return experiment


def with_own_path(
    values: Mapping[str, object], options: ExperimentOptions, experiment: Experiment
) -> dict[str, object]:
    """The changes, and the path of the file where they lead to one."""
    changed = dict(values)
    if changed.get(NAME, experiment.data.name) != FILE:
        return changed
    if changed.get(_PATH, "") == "":
        changed.pop(_PATH, None)
        path = own_path(options)
        if path is not None:
            changed[_PATH] = str(path)
    is_other = any(key in changed for key in _FOUND_BY)
    if changed.get(_PATH, experiment.data.path) != experiment.data.path:
        changed = {_HASH: "", **changed}
    if is_other:
        changed = {_ANSWERS: "", _PREPARATION: "", **changed}
    elif _SCALING in changed:
        changed = {_PREPARATION: "", **changed}
    return changed


def without_answers(
    values: Mapping[str, object], experiment: Experiment
) -> tuple[dict[str, object], str]:
    """The changes that leave the answers of a file open, and what they are to be.

    Output and loss follow that, as where the file is found to hold them; an experiment
    with the answers alone changed would not be possible on the way there.
    """
    left = dict(values)
    answers = left.get(_ANSWERS)
    if left.get(NAME, experiment.data.name) != FILE or answers not in _KNOWN:
        return left, ""
    left[_ANSWERS] = ""
    return left, str(answers)


def read(
    experiment: Experiment,
    asked: Collection[str],
    answers: str = "",
    weights: WeightsFile | None = None,
) -> ReadData:
    """The experiment completed by its file, with notes; others as they are.

    A network takes the file as it took the data that it was trained on, unless the
    user says how its numbers are scaled.
    """
    if experiment.data.name != FILE:
        return ReadData(experiment)
    given = None
    if weights is not None and _SCALING not in asked:
        given = preparation_of(weights)
    understood = understand(experiment, asked, answers=answers, given=given)
    data, dataset = understood.experiment.data, understood.found.dataset
    name = Path(data.path).name
    bare = (without_parts(text, dataset, data) for text in understood.remarks)
    return ReadData(
        understood.experiment,
        tuple(f"{name}: {text}" for text in understood.remarks),
        tuple(f"{name}: {text}" for text in bare),
        is_parted=understood.found.is_parted,
        n_test=len(dataset.test),
    )


def columns_notes(
    weights: WeightsFile, data: DataSettings, asked: Collection[str]
) -> Iterator[str]:
    """Where a network takes other columns than the user asks for.

    Args:
        weights: of Glassbox; another program's names no columns.
        data: of the user.
        asked: dotted keys that the user has set.
    """
    preparation = weights.preparation
    if data.name != FILE or _SCALING in asked or preparation is None:
        return  # by another scaling the table is understood anew
    taken = {column.name for column in preparation.columns}
    if not taken:
        return
    left, added = set(data.ignore or ()), set(data.include or ())
    for key, others in ((_IGNORE, left & taken), (_INCLUDE, added - taken)):
        if key in asked and others:
            yield tr(
                "{key} has no effect on {names}: the network takes its own columns",
                key=key,
                names=", ".join(sorted(others)),
            )


def experiment_for(
    weights: WeightsFile, options: ExperimentOptions, changes: Mapping[str, object]
) -> Experiment | None:
    """An experiment on own data for a network without one; None where none are named.

    A folder of a set that has a name of its own is left to that, and so is one that
    holds no data of its own.

    Args:
        weights: of another program.
        options: one names the data.
        changes: dotted keys that the user has set; some say how the data are read.

    Raises:
        DataError: the file cannot be read.
        FileError: the data do not fit the network.
        UsageError: what the user has set is no experiment.
    """
    path = own_path(options)
    if path is None or changes.get(NAME, FILE) != FILE:
        return None
    if path.is_dir() and (known_sets(path) or holds_family(path)):
        return None
    said = {key: value for key, value in changes.items() if key.startswith("data.")}
    values, answers = without_answers(said, usual_experiment(path))
    try:
        asked = usual_experiment(path).with_values(values)
        data = understand(asked, answers=answers).experiment.data
    except ExperimentError as error:
        raise UsageError(str(error)) from None
    except DataError:
        if path.is_file():
            raise
        return None
    found = experiment_on(data, weights)
    if found is None:
        raise _unfit(path, data, weights)
    return found


def _unfit(path: Path, data: DataSettings, weights: WeightsFile) -> FileError:
    spec, shape = weights.spec, data.shape
    return FileError(
        tr(
            "{path}: has {inputs} and {outputs}, and the network {spec} takes "
            "{n_inputs:,} and gives {n_outputs:,}; name data that fit it",
            path=path,
            inputs=counted(shape.n_inputs, "input"),
            outputs=counted(shape.n_outputs, "output"),
            spec=spec,
            n_inputs=spec.n_inputs,
            n_outputs=spec.n_outputs,
        )
    )
