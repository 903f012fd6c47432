"""Own data in a file: what an experiment on them needs to know, and the data."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np

from core.data.array_data import holds_data, read_array_file
from core.data.dataset import Dataset
from core.data.found import Found
from core.data.idx import MOST_BYTES as MOST_BYTES_OF_IDX
from core.data.idx_folder import prefix_of, read_idx_set
from core.data.npy_arrays import MOST_BYTES as MOST_BYTES_OF_ARRAYS
from core.data.npy_set import ENDING as NPY
from core.data.npy_set import files_with, read_npy_file
from core.data.scaling import InputScaling
from core.data.source import Source, open_table
from core.data.table.load import read_table, understand_table
from core.data.table.preparation import Preparation, dumps
from core.data.table.source import MOST_BYTES as MOST_BYTES_OF_TABLES
from core.experiment.model import (
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.experiment.rules import FILE
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES
from core.platform.ordinary_files import check_ordinary, read_start
from core.values.counts import counted
from core.values.errors import DataError
from core.values.words import plural, tr

HIDDEN: Final = (32,)
"""Hidden layers for own data where nobody asks for others."""
TABLE_ENDINGS: Final = (".csv", ".tsv", ".tab", ".txt", ".data", ".parquet", ".pq")
_FOR_NUMBERS: Final = {
    "network.output": "identity",
    "training.loss": "squared-error",
}
_MOST_L2: Final = 0.01
_L2_BY_ROWS: Final = 5.0
_HASH: Final = "sha256"
_LEAST_ROWS: Final = 10
"""Of fewer, few are of a class whatever the column is: more rows are the remedy."""


@dataclass(frozen=True, slots=True)
class Understood:
    """An experiment that knows its file, and what was found there for the user.

    Attributes:
        remarks: all that was understood and done.
        notes: those that the columns of a table do not say themselves.
        found: the data, and how they were understood.
    """

    experiment: Experiment
    remarks: tuple[str, ...]
    notes: tuple[str, ...]
    found: Found


class _Handover:
    """Holds the data of the last reading until they are loaded: they are read once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[DataSettings, Dataset] | None = None

    def leave(self, settings: DataSettings, dataset: Dataset) -> None:
        with self._lock:
            self._held = settings, dataset

    def clear(self) -> None:
        with self._lock:
            self._held = None

    def take(self, settings: DataSettings) -> Dataset | None:
        with self._lock:
            held, self._held = self._held, None
        return held[1] if held is not None and held[0] == settings else None


_HANDOVER: Final = _Handover()


def usual_experiment(path: Path | None) -> Experiment:
    """The experiment on a file that is trained where nobody asks for another."""
    return Experiment(
        DataSettings(name=FILE, path="" if path is None else str(path)),
        NetworkSettings(hidden=HIDDEN),
        TrainingSettings(optimizer="adam", learning_rate=0.01),
    )


def open_source(settings: DataSettings) -> Source:
    """Open the file of own data, to understand it in several ways.

    Raises:
        DataError: it cannot be read.
    """
    path = path_of(settings)
    reader = _reader_of(path)
    table = open_table(path) if reader is read_table else None
    return Source(path, hash_of(path), table)


def holds_examples(path: Path) -> bool:
    """Whether a file is one of data, and not a network or a picture."""
    is_table = path.suffix.lower() in TABLE_ENDINGS
    return is_table or prefix_of(path) is not None or holds_data(path)


def understand(
    experiment: Experiment,
    asked: Collection[str] = (),
    *,
    source: Source | None = None,
    answers: str = "",
    given: Preparation | None = None,
) -> Understood:
    """Read the file of an experiment, and complete the experiment by it.

    Args:
        experiment: with data.name "file".
        asked: dotted keys that the user has set and that stay as they are.
        source: the file, where it was opened before.
        answers: how the targets are to be taken, "classes" or "numbers", where the
            experiment leaves it open; its loss then follows.
        given: how the network takes its data, where one was trained before; the file
            is read so, unless that is what its own training part says.

    Raises:
        DataError: the file cannot be read, or not as the experiment says.
        ExperimentError: what the user has set does not fit what is in the file.
    """
    settings = experiment.data
    reading = replace(settings, size=None, hash="", answers=answers or settings.answers)
    if source is None:
        path = path_of(settings)
        reader = _reader_of(path)  # refuses what is too large, before all of it is read
        found = hash_of(path)
        read = partial(reader, path)
    else:
        path, found = source.path, source.hash
        read = partial(_read_source, source)
    try:
        table, preparation = _read_as(read, reading, given)
    except DataError:
        _check_classes(path, read, reading)
        raise
    notes = []
    if settings.hash and settings.hash != found:
        notes.append(tr("the file has changed since it was first read"))
    dataset = table.dataset
    n_examples = sum(
        len(split)
        for split in (dataset.train, dataset.test, dataset.validation)
        if split is not None
    )
    data = replace(
        settings,
        path=str(path),
        target=table.targets,
        answers=table.answers,
        size=(dataset.n_inputs, dataset.n_outputs, n_examples),
        hash=found,
        preparation=preparation,
    )
    n_different = _different(settings, n_examples)
    fitting = _fitting(experiment, table.answers, asked, n_different)
    if fitting.training.l2 != experiment.training.l2:
        notes.append(
            tr(
                "training.l2 is {l2:g}, the usual for {answers} from {rows}",
                l2=fitting.training.l2,
                answers=table.answers,
                rows=counted(n_different, "row"),
            )
        )
    completed = replace(fitting, data=data)
    _HANDOVER.leave(data, dataset)
    remarks = (*table.remarks, *notes)
    return Understood(completed, remarks, (*table.notes, *notes), table)


def _read_as(
    read: Callable[[DataSettings], Found],
    settings: DataSettings,
    given: Preparation | None,
) -> tuple[Found, str]:
    """The data as the network takes them, and what had to be said for it."""
    if given is None:
        return read(settings), settings.preparation
    try:
        own = read(replace(settings, preparation=""))
    except DataError:  # such as one class alone: the network knows more
        own = None
    if own is not None and _is_read_so(own.dataset, given):
        return own, ""
    text = dumps(given)
    return read(replace(settings, preparation=text)), text


def _check_classes(
    path: Path, read: Callable[[DataSettings], Found], settings: DataSettings
) -> None:
    """Whether data could not be read because nearly each row is a class of its own.

    A class with one row is learned, so that nothing is left for testing then; more rows
    of the kind, or another share, would be of no help.

    Raises:
        DataError: that is so.
    """
    if settings.split_by or settings.train_fraction == 1:
        return
    try:
        found = read(replace(settings, train_fraction=1.0))
    except DataError:
        return
    n_rows, n_classes = len(found.dataset.train), found.dataset.n_classes
    if found.answers != "classes" or n_rows < _LEAST_ROWS or 2 * n_classes < n_rows:
        return
    name = ", ".join(found.targets or ("y",))
    raise DataError(
        tr(
            "{path}: {name!r} has {classes} in {rows}: nearly each row is a class of "
            "its own, and none is left for testing; choose --set data.answers=numbers "
            "where they are numbers, or another column by data.target",
            path=path,
            name=name,
            classes=plural(n_classes, "1 class", "{n:,} classes", n=n_classes),
            rows=counted(n_rows, "row"),
        )
    )


def _is_read_so(dataset: Dataset, given: Preparation) -> bool:
    """Whether a network would not take the data in another way."""
    if given.scaling is not None and not _is_scaled_so(dataset, given.scaling):
        return False
    if dataset.preparation is None or not given.columns:
        return dataset.class_names == given.class_names
    return dataset.preparation == given


def _is_scaled_so(dataset: Dataset, scaling: InputScaling) -> bool:
    """Whether pictures are scaled by these means, white being 1 there."""
    own, given = dataset.scaled, scaling.times(dataset.black_and_white[1])
    return own is not None and all(
        a.shape == b.shape and np.allclose(a, b, rtol=1e-9)
        for a, b in zip(own.vectors, given.vectors, strict=True)
    )


def forget_understood() -> None:
    """The data that were understood last are not going to be loaded."""
    _HANDOVER.clear()


def load_file(settings: DataSettings) -> Dataset:
    """The data set of a file, as it was understood before.

    Raises:
        DataError: the file cannot be read, or has another size by now.
    """
    held = _HANDOVER.take(settings)
    if held is not None:
        return held
    path = path_of(settings)
    dataset = _read(path, settings).dataset
    if settings.size is not None and settings.size[:2] != (
        dataset.n_inputs,
        dataset.n_outputs,
    ):
        msg = tr(
            "{path}: holds other data than were read at first: {inputs} and "
            "{outputs}, not {n_inputs:,} and {n_outputs:,}; it has changed, or is "
            "another file: name the first one, or begin anew with this one",
            path=path,
            inputs=counted(dataset.n_inputs, "input"),
            outputs=counted(dataset.n_outputs, "output"),
            n_inputs=settings.size[0],
            n_outputs=settings.size[1],
        )
        raise DataError(msg)
    return dataset


def path_of(settings: DataSettings) -> Path:
    """The full path of the file.

    Raises:
        DataError: none is named, or there is none.
    """
    if not settings.path:
        msg = tr("data.path: is empty; name the file, such as iris.csv")
        raise DataError(msg)
    try:
        path = Path(settings.path).expanduser().absolute()
        if not path.is_dir():
            check_ordinary(path)
    except (OSError, RuntimeError, ValueError) as error:
        raise _unreadable(settings.path, error) from None
    return path


def _unreadable(path: str, error: Exception) -> DataError:
    reason = getattr(error, "strerror", None) or error
    return DataError(tr("{path}: cannot be read: {reason}", path=path, reason=reason))


def _read(path: Path, settings: DataSettings) -> Found:
    return _reader_of(path)(path, settings)


def _reader_of(path: Path) -> Callable[[Path, DataSettings], Found]:
    """What reads a file or folder, by what it is.

    Raises:
        DataError: it cannot be read, or is larger than any of its kind.
    """
    if path.is_dir():
        # Imported here: what reads pictures would make the window start later.
        from core.data.folder import read_folder

        return read_folder
    prefix = prefix_of(path)
    try:
        if prefix is not None:
            check_ordinary(path, MOST_BYTES_OF_IDX)
            return lambda file, settings: read_idx_set(file.parent, settings, prefix)
        start = read_start(path, 6)
        if start == b"\x93NUMPY":
            check_ordinary(path, MOST_BYTES_OF_ARRAYS)
            return read_npy_file
        if start[:2] == b"PK" and path.suffix.lower() == ".npz":
            check_ordinary(path, MOST_BYTES_OF_ARRAYS)
            return read_array_file
        check_ordinary(path, MOST_BYTES_OF_TABLES)
    except OSError as error:
        raise _unreadable(str(path), error) from None
    return read_table


def _read_source(source: Source, settings: DataSettings) -> Found:
    table = source.table
    if table is None or settings.preparation:
        # A network says how the numbers of a table are written: its texts are needed.
        return _read(source.path, settings)
    return understand_table(source.path, settings, table.read)


def hash_of(path: Path) -> str:
    """A hash of the content; of a folder, of its files' names and sizes.

    The arrays beside a .npy file count with it: they are read together.

    Raises:
        DataError: one of those cannot be read, or is too large.
    """
    if path.is_dir():
        digest = hashlib.new(_HASH)
        from core.data.folder import files_below

        for file in files_below(path):
            digest.update(f"{file.relative_to(path)} {file.stat().st_size}\n".encode())
        return f"{_HASH}:{digest.hexdigest()}"
    if path.suffix.lower() != NPY:
        return f"{_HASH}:{_digest_of(path)}"
    digest = hashlib.new(_HASH)
    for file in files_with(path).values():
        try:
            check_ordinary(file, MOST_BYTES_OF_ARRAYS)
        except OSError as error:
            raise _unreadable(str(file), error) from None
        digest.update(f"{file.name} {_digest_of(file)}\n".encode())
    return f"{_HASH}:{digest.hexdigest()}"


def _digest_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, _HASH).hexdigest()


def usual_l2(n_examples: int) -> float:
    """The penalty for numbers from so many rows.

    Without one, a network of 32 units learns the noise of a few hundred rows: its R² on
    others falls while it trains (tests/benchmarks/tables.py). A few rows without noise
    should still be met, so there is a most.
    """
    return float(f"{min(_MOST_L2, _L2_BY_ROWS / n_examples):.2g}")


def _different(settings: DataSettings, n_examples: int) -> int:
    """How many of the examples of all parts differ: the same may train and test."""
    return n_examples // 2 if settings.tested_on == "training" else n_examples


def _fitting(
    experiment: Experiment, answers: str, asked: Collection[str], n_examples: int
) -> Experiment:
    """With an output and a loss for numbers or classes, but for those asked for."""
    loss, output = LOSSES[experiment.training.loss], experiment.network.output
    is_for_classes = loss.needs_classes or ACTIVATIONS[output].is_over_layer
    if is_for_classes == (answers == "classes"):
        return experiment
    if answers == "numbers":
        values: dict[str, object] = dict(_FOR_NUMBERS)
        if experiment.training.l2 == 0:
            values["training.l2"] = usual_l2(n_examples)
    elif output == _FOR_NUMBERS["network.output"]:
        values = dict(_for_classes())
        size = experiment.data.size
        if size is not None:
            usual = usual_l2(_different(experiment.data, size[2]))
            if experiment.training.l2 == usual:
                values["training.l2"] = 0.0
    else:  # a network for classes may well learn them by a loss for numbers
        return experiment
    return experiment.with_values({k: v for k, v in values.items() if k not in asked})


def _for_classes() -> dict[str, str]:
    return {
        "network.output": NetworkSettings().output,
        "training.loss": TrainingSettings().loss,
    }
