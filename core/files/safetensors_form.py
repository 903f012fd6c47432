"""Named tensors in safetensors files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from core.files.tensors import (
    MOST_BYTES,
    TensorContents,
    UnreadableError,
    as_float32,
    check_count,
    check_no_weights,
)
from core.platform.ordinary_files import check_ordinary
from core.values.words import tr

CHECKPOINT_KEY: Final = "glassbox_checkpoint"
"""In the metadata of a checkpoint, which is a weights file with more in it."""
MOST_BYTES_OF_CHECKPOINT: Final = 8 * MOST_BYTES
"""Up to three states, each with what its optimiser keeps, and the curves."""
RUN: Final = "run."
"""What the names of that begin with."""
_BFLOAT16: Final = "BF16"
_FLOATS: Final = ("F16", "F32", "F64", _BFLOAT16)


def dumps(
    tensors: Mapping[str, npt.NDArray[np.generic]], metadata: Mapping[str, str]
) -> bytes:
    """The file's bytes."""
    # The library writes an array's memory as it is and ignores its strides.
    arrays = {name: np.asarray(values, order="C") for name, values in tensors.items()}
    return _with_sorted_metadata(save(arrays, metadata=dict(metadata)))


def _with_sorted_metadata(data: bytes) -> bytes:
    """The same file with sorted metadata, whose order the library randomises."""
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header["__metadata__"] = dict(sorted(header["__metadata__"].items()))
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + data[start:]


def checkpoint_metadata(path: Path) -> dict[str, str] | None:
    """The strings in a checkpoint's file; None for any other file."""
    try:
        check_ordinary(path, MOST_BYTES_OF_CHECKPOINT)
        with safe_open(path, framework="np") as file:
            metadata = dict(file.metadata() or {})
    except (SafetensorError, OSError):
        return None
    return metadata if CHECKPOINT_KEY in metadata else None


def read(path: Path) -> TensorContents:
    """Read all tensors of a file.

    The library checks the shapes against the file's size before it allocates memory.

    Raises:
        UnreadableError: damaged, or a tensor is not of floats.
        OSError: the file cannot be read at all.
    """
    try:
        with safe_open(path, framework="np") as file:
            tensors = {}
            ignored = []
            metadata = dict(file.metadata() or {})
            names = list(file.keys())
            check_count(len(names))
            if CHECKPOINT_KEY in metadata:
                names = [name for name in names if not name.startswith(RUN)]
            for name in names:
                part = file.get_slice(name)
                kind = part.get_dtype()
                if kind == _BFLOAT16:
                    # Makes the type known to NumPy; it would add to every start.
                    import ml_dtypes  # noqa: F401
                if kind in _FLOATS:
                    tensors[name] = as_float32(name, file.get_tensor(name))
                else:
                    check_no_weights(name, kind, part.get_shape())
                    ignored.append(name)
            return TensorContents(tensors, metadata, tuple(ignored))
    except SafetensorError as error:
        msg = tr("damaged, or not a safetensors file ({error})", error=error)
        raise UnreadableError(msg) from None
