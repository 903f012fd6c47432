"""The bundled digits as a data set, drawn at first use and kept in the cache folder."""

import contextlib
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from core.data.dataset import Dataset, Split
from core.data.digits.generate import Progress, generate
from core.platform.atomic import write_bytes
from core.platform.ordinary_files import read_bytes
from core.platform.user_folders import cache_folder
from core.values.errors import FileError

GENERATOR_VERSION = 1
"""Increase it when the drawings change, so that old ones are not used."""

TRAIN_COUNT = 20_000
TEST_COUNT = 4_000

_CHECKSUM_BYTES: Final = 4
_MOST_BYTES: Final = 2**28
_TRAIN_SEED = 20_001
_TEST_SEED = 4_001

_Arrays = Mapping[str, np.ndarray]


def load_digits(
    progress: Progress | None = None,
    *,
    train_count: int = TRAIN_COUNT,
    test_count: int = TEST_COUNT,
) -> Dataset:
    """The digits that Glassbox draws itself, from the cache if they are in it.

    Args:
        progress: called with (done, total) images while drawing; it may raise
            `CancelledError`, which ends the work and leaves no file behind.
        train_count: how many training images.
        test_count: how many test images.
    """
    counts = (train_count, test_count)
    path = cache_path(*counts)
    arrays = _read(path, counts)
    if arrays is None:
        arrays = _draw(counts, progress)
        _write(path, arrays)
    return Dataset(
        name="digits",
        train=Split(arrays["train_inputs"], arrays["train_labels"]),
        test=Split(arrays["test_inputs"], arrays["test_labels"]),
        class_names=tuple("0123456789"),
        image_shape=(28, 28),
        source="drawn by Glassbox",
    )


def cache_path(train_count: int = TRAIN_COUNT, test_count: int = TEST_COUNT) -> Path:
    """Where the drawn digits are kept."""
    name = f"digits-v{GENERATOR_VERSION}-{train_count}-{test_count}.bin"
    return cache_folder() / name


def _draw(counts: tuple[int, int], progress: Progress | None) -> _Arrays:
    arrays: dict[str, np.ndarray] = {}
    total, before = sum(counts), 0
    for split, count, seed in zip(
        ("train", "test"), counts, (_TRAIN_SEED, _TEST_SEED), strict=True
    ):
        images, labels = generate(
            count, seed=seed, progress=_after(progress, before, total)
        )
        arrays[f"{split}_inputs"] = images.reshape(count, -1)
        arrays[f"{split}_labels"] = labels
        before += count
    return arrays


def _after(progress: Progress | None, before: int, total: int) -> Progress | None:
    """The progress of a part that begins after `before` images."""
    if progress is None:
        return None

    def report(done: int, _count: int) -> None:
        progress(before + done, total)

    return report


def _read(path: Path, counts: tuple[int, int]) -> _Arrays | None:
    """The cached arrays, or None if they are missing or damaged."""
    try:
        content = read_bytes(path, _MOST_BYTES)
        checksum, packed = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
        if checksum != _checksum(packed):
            return None
        arrays = load(packed)
    except (OSError, SafetensorError):
        return None
    return arrays if _is_sound(arrays, counts) else None


def _checksum(packed: bytes) -> bytes:
    """Tells damage, not malice: who can write there can write anything."""
    return zlib.crc32(packed).to_bytes(_CHECKSUM_BYTES, "little")


def _is_sound(arrays: _Arrays, counts: tuple[int, int]) -> bool:
    for split, count in zip(("train", "test"), counts, strict=True):
        inputs = arrays.get(f"{split}_inputs")
        labels = arrays.get(f"{split}_labels")
        if inputs is None or labels is None:
            return False
        if inputs.shape != (count, 28 * 28) or inputs.dtype != np.uint8:
            return False
        if labels.shape != (count,) or labels.dtype != np.int32:
            return False
        if count and not 0 <= labels.min() <= labels.max() <= 9:
            return False
    return True


def _write(path: Path, arrays: _Arrays) -> None:
    """Keep the drawings, if that is possible."""
    # Not compressed: 19 MB instead of 4, but read in a fifth of the time, for which
    # every start waits.
    packed = save({name: np.ascontiguousarray(a) for name, a in arrays.items()})
    # A read-only or full disk costs only the next start's few seconds.
    with contextlib.suppress(OSError, FileError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, _checksum(packed) + packed)
