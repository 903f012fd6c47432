"""Where a side job computes, and with which data."""

from dataclasses import dataclass
from pathlib import Path

import jax

from core.data.dataset import Dataset
from core.experiment.model import DataSettings


@dataclass(frozen=True, slots=True, eq=False)
class JobContext:
    """What a job takes over from the run beside which it is done.

    Attributes:
        data_folders: where to look for IDX files before the cache folder.
        loaded: data sets that are in memory already.
    """

    device: jax.Device
    data_folders: tuple[Path, ...] = ()
    loaded: tuple[tuple[DataSettings, Dataset], ...] = ()
