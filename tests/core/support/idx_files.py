"""Small made IDX files for the tests."""

import gzip
import struct
from pathlib import Path

import numpy as np

NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)


def idx_bytes(values: np.ndarray, type_code: int = 0x08) -> bytes:
    header = bytes([0, 0, type_code, values.ndim])
    sizes = struct.pack(f">{values.ndim}I", *values.shape)
    return header + sizes + values.tobytes()


def made_arrays(
    n_train: int = 12, n_test: int = 5, first_labels: bytes = b""
) -> dict[str, np.ndarray]:
    """The four arrays of a set by file name; labels begin with `first_labels`."""
    random = np.random.default_rng(7)
    arrays = {}
    for kind, count in (("train", n_train), ("t10k", n_test)):
        shape = (count, 28, 28)
        images = random.integers(0, 256, shape, np.uint8)
        # Every class is there, as in the sets themselves.
        labels = random.permutation(np.arange(count) % 10).astype(np.uint8)
        if kind == "train" and first_labels:
            labels[: len(first_labels)] = list(first_labels)
        arrays[f"{kind}-images-idx3-ubyte"] = images
        arrays[f"{kind}-labels-idx1-ubyte"] = labels
    return arrays


def write_set(
    folder: Path,
    arrays: dict[str, np.ndarray] | None = None,
    *,
    packed: bool = True,
) -> dict[str, np.ndarray]:
    """Write a set's four files under their usual names."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays = made_arrays() if arrays is None else arrays
    for name, values in arrays.items():
        data = idx_bytes(values)
        path = folder / (f"{name}.gz" if packed else name)
        path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    return arrays
