"""Flax's params in msgpack: maps of maps, arrays as extension type 1."""

import math
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np

from core.arrays import FloatArray
from core.files.foreign.bag import Bag
from core.files.tensors import (
    UnreadableError,
    as_float32,
    check_count,
    check_no_weights,
)
from core.values.words import tr

FORM: Final = "Flax params (msgpack)"
MOST_BYTES: Final = 2**32
_ARRAY: Final = 1
_DEEPEST: Final = 20
_CHUNKS: Final = "__msgpack_chunked_array__"
_FLOATS: Final = {
    "float16": "<f2",
    "float32": "<f4",
    "float64": "<f8",
    "bfloat16": "<u2",
}


def looks_like(start: bytes) -> bool:
    """Whether a file may be a map whose first key is a text."""
    is_map = len(start) > 1 and (0x81 <= start[0] <= 0x8F or start[0] in (0xDE, 0xDF))
    return is_map and any(0xA1 <= byte <= 0xBF for byte in start[1:6])


def read(data: bytes) -> Bag:
    """All arrays, by their paths.

    Raises:
        UnreadableError: damaged, or no tree of arrays.
    """
    # Imported here: it is needed for this form alone.
    import msgpack

    try:
        tree = msgpack.unpackb(data, raw=False, ext_hook=_array, strict_map_key=False)
    except (msgpack.UnpackException, ValueError, TypeError, OverflowError) as error:
        msg = tr(
            "damaged, or not a msgpack file ({value})",
            value=str(error) or type(error).__name__,
        )
        raise UnreadableError(msg) from None
    found = list(_arrays(tree, "", 0))
    check_count(len(found))
    tensors: dict[str, FloatArray] = {}
    ignored = []
    for name, values in found:
        if values.dtype.kind == "f":
            tensors[name] = as_float32(name, values)
        else:
            check_no_weights(name, str(values.dtype), values.shape)
            ignored.append(name)
    return Bag(FORM, tensors, ignored=tuple(ignored))


def _array(code: int, data: bytes) -> np.ndarray:
    """An extension: (shape, name of the type, bytes)."""
    import msgpack

    if code != _ARRAY:
        msg = tr("an extension of type {code}", code=code)
        raise ValueError(msg)
    parts = msgpack.unpackb(data, raw=False)
    if not isinstance(parts, list) or len(parts) != 3:
        msg = tr("an array that is something else")
        raise ValueError(msg)
    return _shaped(*parts)


def _shaped(shape: Any, kind: Any, content: Any) -> np.ndarray:
    if not (
        isinstance(shape, list)
        and all(type(size) is int and size >= 0 for size in shape)
        and isinstance(kind, str)
        and isinstance(content, bytes)
    ):
        msg = tr("an array that is something else")
        raise ValueError(msg)
    if kind not in _FLOATS:
        return np.zeros([min(size, 2) for size in shape[:8]], np.int8)
    dtype = np.dtype(_FLOATS[kind])
    if math.prod(shape) * dtype.itemsize != len(content):
        msg = tr(
            "an array of shape {tuple} with {content} bytes",
            tuple=tuple(shape),
            content=len(content),
        )
        raise ValueError(msg)
    values = np.frombuffer(content, dtype).reshape(shape)
    if kind == "bfloat16":
        return (values.astype(np.uint32) << 16).view(np.float32)
    return values


def _arrays(tree: object, path: str, depth: int) -> Iterator[tuple[str, np.ndarray]]:
    if isinstance(tree, np.ndarray):
        yield path, tree
    elif isinstance(tree, dict) and depth < _DEEPEST:
        if _CHUNKS in tree:
            yield path, _joined(tree)
            return
        for name, value in tree.items():
            yield from _arrays(
                value, f"{path}/{name}" if path else str(name), depth + 1
            )


def _joined(table: Mapping[Any, Any]) -> np.ndarray:
    """An array that Flax stored in pieces."""
    shape, chunks = table.get("shape"), table.get("chunks")
    parts = list(chunks.values()) if isinstance(chunks, dict) else []
    sizes = list(shape.values()) if isinstance(shape, dict) else shape
    if (
        not parts
        or not all(isinstance(part, np.ndarray) for part in parts)
        or not isinstance(sizes, list)
        or not all(type(size) is int and size >= 0 for size in sizes)
    ):
        msg = tr("an array in pieces is damaged")
        raise UnreadableError(msg)
    values = np.concatenate([part.reshape(-1) for part in parts])
    if math.prod(sizes) != values.size:
        msg = tr(
            "an array in pieces does not fill its shape {tuple}", tuple=tuple(sizes)
        )
        raise UnreadableError(msg)
    return values.reshape(sizes)
