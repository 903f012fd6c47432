"""Loads the data set of a command, with a progress bar and advice if it is missing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.cli.output import write_note
from core.cli.progress import LoadingBar
from core.data.dataset import Dataset
from core.data.load import load_dataset
from core.data.mnist_family import find_files
from core.data.mnist_files import IMAGE_SETS
from core.experiment.memory import Place, refusal
from core.experiment.model import DataSettings, Experiment
from core.experiment.rules import FAMILY_DATASETS
from core.platform.free_memory import available_bytes
from core.values.errors import ExperimentError, MissingDataError
from core.values.words import tr

_DOWNLOADABLE: Final = tuple(image_set.name for image_set in IMAGE_SETS)


def load_data(
    settings: DataSettings, data_folders: Sequence[Path], *, download: bool
) -> Dataset:
    """Load it, or raise an error with advice.

    Raises:
        MissingDataError: it is not on this machine.
        DataError: it is damaged, or could not be downloaded.
    """
    if download and settings.name not in _DOWNLOADABLE:
        write_note(
            tr(
                "--download has no effect: {settings} is not downloaded",
                settings=settings.name,
            )
        )
    try:
        with LoadingBar() as bar:
            return load_dataset(
                settings, data_folders=data_folders, download=download, progress=bar
            )
    except MissingDataError as error:
        if download or settings.path or settings.name in FAMILY_DATASETS:
            raise
        msg = tr("{error}; use --download to fetch it", error=error)
        raise MissingDataError(msg) from None


def require_data(settings: DataSettings, data_folders: Sequence[Path]) -> None:
    """Check that the data set is available, without reading it.

    Raises:
        MissingDataError: it is not on this machine.
    """
    if settings.name in _DOWNLOADABLE:
        find_files(settings.name, path=settings.path, data_folders=data_folders)


def check_memory(
    experiment: Experiment,
    free_bytes: int | None = None,
    place: Place = Place.COMMAND_LINE,
) -> None:
    """Refuse what cannot be trained in that memory, before anything is allocated.

    Args:
        experiment: what is to be trained.
        free_bytes: of the device; None where that is not chosen yet: the machine's.
        place: where it is trained.

    Raises:
        ExperimentError: says how much memory it needs and how much there is.
    """
    shape = experiment.data.shape
    free = available_bytes() if free_bytes is None else free_bytes
    reason = refusal(experiment, shape.n_inputs, shape.n_outputs, free, place)
    if reason is not None:
        raise ExperimentError(reason)
