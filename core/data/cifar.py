"""CIFAR-10's binary batches: a label and 32x32 pixels in three colours each."""

from pathlib import Path
from typing import Final

import numpy as np

from core.arrays import ByteArray
from core.data.array_data import of_arrays
from core.data.found import Found
from core.experiment.model import DataSettings
from core.platform.ordinary_files import check_ordinary
from core.values.errors import DataError
from core.values.words import tr

CLASS_NAMES: Final = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
_FOLDER: Final = "cifar-10-batches-bin"
_TRAIN: Final = tuple(f"data_batch_{k}.bin" for k in range(1, 6))
_TEST: Final = "test_batch.bin"
_SIDE: Final = 32
_RECORD: Final = 1 + 3 * _SIDE * _SIDE
_MOST_RECORDS: Final = 100_000


def cifar_files(folder: Path) -> tuple[list[Path], Path] | None:
    """The batches for training and the one for tests, if a folder has them."""
    for place in (folder, folder / _FOLDER):
        train = [place / name for name in _TRAIN if (place / name).is_file()]
        if train and (place / _TEST).is_file():
            return train, place / _TEST
    return None


def read_cifar(folder: Path, settings: DataSettings) -> Found:
    """Read the batches; a picture's inputs are its red, then its green and blue rows.

    That is the order of the file, and of most networks that others have trained.

    Raises:
        DataError: begins with the file that is damaged.
    """
    files = cifar_files(folder)
    assert files is not None
    train = np.concatenate([_records(path) for path in files[0]])
    test = _records(files[1])
    return of_arrays(
        {
            "x_train": _pictures(train),
            "y_train": train[:, 0],
            "x_test": _pictures(test),
            "y_test": test[:, 0],
        },
        settings,
        str(folder),
        "CIFAR-10",
        CLASS_NAMES,
    )


def _records(path: Path) -> ByteArray:
    try:
        size = check_ordinary(path, _RECORD * _MOST_RECORDS)
        content = path.read_bytes()
    except OSError as error:
        msg = tr(
            "{path}: cannot be read: {reason}",
            path=path,
            reason=error.strerror or error,
        )
        raise DataError(msg) from None
    if size == 0 or size % _RECORD:
        msg = tr(
            "{path}: has {size:,} bytes; expected {record:,} for each picture",
            path=path,
            size=size,
            record=_RECORD,
        )
        raise DataError(msg)
    return np.frombuffer(content, np.uint8).reshape(-1, _RECORD)


def _pictures(records: ByteArray) -> ByteArray:
    pictures: ByteArray = records[:, 1:].reshape(-1, 3, _SIDE, _SIDE)
    return pictures
