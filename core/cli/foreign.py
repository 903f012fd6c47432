"""Networks of other programs on the command line: read with the data, and said so."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from core.cli.loading import load_data
from core.cli.options import ExperimentOptions
from core.cli.output import write_note
from core.cli.resolved_options import ResolvedOptions
from core.data.dataset import Dataset
from core.files.weights import WeightsFile
from core.readings.opening import first_experiment, read_network
from core.values.errors import FileError
from core.values.words import tr


def load_and_read(
    choice: ResolvedOptions, options: ExperimentOptions, *, download: bool
) -> tuple[ResolvedOptions, Dataset]:
    """The data of an experiment, and its weights as they are read with them.

    Notes are written; the returned choice has them no more.
    """
    # A file holds none of the data sets that are looked for in folders.
    folders = tuple(path for path in options.data_folders if not path.is_file())
    load = partial(load_data, data_folders=folders, download=download)
    weights = choice.weights
    if weights is None or weights.foreign is None:
        return choice, load(choice.experiment.data)
    read = read_network(weights, choice.experiment, load, choice.said)
    for note in read.notes:
        write_note(f"{options.weights}: {note}")
    changed = replace(
        choice, experiment=read.experiment, weights=read.weights, reading=read.report
    )
    return changed, read.dataset


def read_with_data(
    choice: ResolvedOptions, options: ExperimentOptions
) -> ResolvedOptions:
    """The weights of another program as they are read; the data are not kept."""
    if choice.weights is None or choice.weights.foreign is None:
        return choice
    return load_and_read(choice, options, download=False)[0]


def note_unread(weights: WeightsFile, data_folders: tuple[Path, ...]) -> None:
    """Tell that no data are read where the file itself says how inputs are read."""
    if data_folders and weights.foreign is None:
        write_note(
            tr(
                "--data has no effect: the file says itself what its inputs are, and "
                "no data are read"
            )
        )


def as_read(
    weights: WeightsFile, data_folders: tuple[Path, ...]
) -> tuple[WeightsFile, tuple[str, ...]]:
    """A network as it reads the data that fit it, and why those were chosen.

    Glassbox's own, and those that no data set fits, come back as they are.
    """
    if weights.foreign is None:
        return weights, ()
    try:
        experiment, reasons = first_experiment(weights, data_folders)
    except FileError:
        return weights, ()
    load = partial(load_data, data_folders=data_folders, download=False)
    read = read_network(weights, experiment, load)
    if read.verdict is None:
        return weights, ()
    dataset = read.dataset
    known = replace(
        read.weights,
        class_names=dataset.class_names,
        scaling=dataset.scaling,
        pictures=dataset.picture_form,
    )
    return known, reasons
