"""What a checkpoint's file says of its run, without its tensors."""

import json
from pathlib import Path
from typing import NamedTuple

from core.experiment.model import Experiment
from core.files import weights_metadata
from core.files.safetensors_form import CHECKPOINT_KEY, checkpoint_metadata
from core.files.tensors import UnreadableError
from core.values.errors import FileError
from core.values.words import tr


class RunInFile(NamedTuple):
    """A run that can go on: its experiment as it is now, and its own step."""

    experiment: Experiment
    step: int


def run_in(path: Path) -> RunInFile | None:
    """The run of a checkpoint; None for any other file.

    Raises:
        FileError: it is one, and damaged.
    """
    metadata = checkpoint_metadata(path)
    if metadata is None:
        return None
    try:
        told = weights_metadata.read(metadata)
    except UnreadableError as error:
        msg = f"{path}: {error}"
        raise FileError(msg) from None
    if told.experiment is None:
        msg = tr("{path}: its experiment is missing", path=path)
        raise FileError(msg)
    return RunInFile(told.experiment, _own_step(metadata[CHECKPOINT_KEY], told.step))


def _own_step(checkpoint: str, of_all: int) -> int:
    """The step of the run itself: weights that it began with had theirs before."""
    try:
        step = json.loads(checkpoint)["step"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return of_all  # what is damaged is told by who reads all of it
    return step if type(step) is int and 0 <= step <= of_all else of_all
