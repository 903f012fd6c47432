"""Networks of other programs on the command line: read with the data, and said so."""

from dataclasses import replace
from functools import partial

from core.cli.loading import load_data
from core.cli.options import ExperimentOptions
from core.cli.output import write_note
from core.cli.resolved_options import ResolvedOptions
from core.data.dataset import Dataset
from core.readings.opening import read_network


def load_and_read(
    choice: ResolvedOptions, options: ExperimentOptions, *, download: bool
) -> tuple[ResolvedOptions, Dataset]:
    """The data of an experiment, and its weights as they are read with them.

    Notes are written; the returned choice has them no more.
    """
    load = partial(load_data, data_folders=options.data_folders, download=download)
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
