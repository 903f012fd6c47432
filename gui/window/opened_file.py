"""What a file or folder that the user opens holds: values, read off the main thread.

Imported when something is opened: the readers would make the window start later.
"""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from core.data.file import holds_examples, understand, usual_experiment
from core.data.idx_folder import prefix_of
from core.data.load import load_dataset
from core.data.mnist_family import known_sets
from core.data.own_picture.picture import OwnPicture, read_own_picture
from core.data.picture_file import is_picture
from core.experiment.data_shape import DATA_SHAPES
from core.experiment.effects import FILE_DATASETS
from core.experiment.model import DataSettings, Experiment
from core.experiment.presets import read_experiment
from core.experiment.rules import FILE
from core.files.experiment_for_weights import experiment_on, preparation_of
from core.files.run_file import RunInFile, run_in
from core.files.weights import WeightsFile, load_weights
from core.lessons.folders import lesson_at
from core.lessons.model import Lesson
from core.lessons.reading.lesson_file import read_lesson_text
from core.readings.choice import ReadingChoice
from core.readings.opening import first_experiment, read_network
from core.readings.said import Said
from core.values.errors import DataError


class Known(NamedTuple):
    """What the window knows: folders of data, those that are shown, what was said.

    Attributes:
        part: of a network's file, the number of the part to open; empty for all of it.
    """

    folders: tuple[Path, ...]
    data: DataSettings
    said: Said
    part: str = ""


class OpenedNetwork(NamedTuple):
    """A network, its experiment, and what is open about its reading."""

    weights: WeightsFile
    experiment: Experiment
    choice: ReadingChoice | None = None


class Opened(NamedTuple):
    """What a path leads to; a folder holds the data set of that name.

    The experiment on a file of data is not read yet: the user says how.
    """

    full_path: Path
    contents: Experiment | RunInFile | OpenedNetwork | OwnPicture | Lesson | str
    remarks: tuple[str, ...] = ()


def read_path(path: Path, known: Known) -> Opened:
    """Read what lies at a path, by what it is.

    Raises:
        GlassboxError: it cannot be read, or is of no kind that is.
    """
    full_path = path.resolve()
    lesson = lesson_at(full_path)
    if lesson is not None:
        return Opened(lesson, read_lesson_text(lesson))
    if path.is_dir():
        for name in known_sets(path):
            return Opened(full_path, name)
        return Opened(full_path, usual_experiment(full_path))
    # One file of a set stands for all of them.
    for name in () if prefix_of(path) is None else known_sets(path.parent):
        return Opened(full_path.parent, name)
    run = run_in(path)
    if run is not None:
        return Opened(full_path, run)
    if path.suffix.lower() == ".toml":
        return _with_data(full_path, read_experiment(path))
    if holds_examples(path):
        return Opened(full_path, usual_experiment(full_path))
    if is_picture(path):
        return Opened(full_path, read_own_picture(path))
    return Opened(full_path, _read_network(path, known))


def _with_data(path: Path, experiment: Experiment) -> Opened:
    """With what is found in the file that the experiment is on, if it is on one."""
    if experiment.data.name != FILE:
        return Opened(path, experiment)
    understood = understand(experiment)
    return Opened(path, understood.experiment, understood.remarks)


def _begun(weights: WeightsFile, known: Known) -> tuple[Experiment, tuple[str, ...]]:
    """The experiment that a network begins with, and why its data were chosen."""
    name = known.data.name
    if weights.experiment is None and name not in DATA_SHAPES:
        on_own = experiment_on(known.data, weights)
        if on_own is not None:
            return on_own, ()
    shown = (name,) if name in FILE_DATASETS else ()
    return first_experiment(weights, known.folders, shown)


def _fed(experiment: Experiment, weights: WeightsFile) -> Experiment:
    """With the means and classes of the network, where its file has changed since."""
    given = preparation_of(weights)
    if experiment.data.name != FILE or given is None:
        return experiment
    try:
        return understand(experiment, given=given).experiment
    except DataError:  # it is told when the data are loaded, with a way out
        return experiment


def _read_network(path: Path, known: Known) -> OpenedNetwork:
    """A network, as it reads the data where it is another program's."""
    weights = load_weights(path, known.part)
    experiment, reasons = _begun(weights, known)
    if weights.foreign is None:
        return OpenedNetwork(weights, _fed(experiment, weights))
    load = partial(load_dataset, data_folders=known.folders)
    read = read_network(weights, experiment, load, known.said)
    notes = (*(text.partition(" (--set")[0] for text in reasons), *read.window_guesses)
    weights = replace(read.weights, assumptions=notes)
    return OpenedNetwork(weights, read.experiment, read.choice)
