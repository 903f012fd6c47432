"""HDF5 files of Keras, as they are read in a process of their own (see `hdf5_child`).

Only numbers that lie in the file itself are read: no links to other files, no filters
but gzip, nothing larger than a file of that size plausibly holds.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from core.arrays import FloatArray
from core.files.tensors import (
    UnreadableError,
    as_float32,
    check_count,
    check_growth,
    check_no_weights,
)
from core.values.words import tr

if TYPE_CHECKING:
    import h5py

MAGIC: Final = b"\x89HDF\r\n\x1a\n"
_MOST_TEXT: Final = 2**24
_DEEPEST: Final = 20
_FILTERS: Final = (None, "gzip")


@dataclass(frozen=True, slots=True, eq=False)
class KerasWeights:
    """The arrays of each layer.

    Attributes:
        layers: by the layer's name, the arrays of its variables: by index in the newer
            form, by name in the older one.
        config: the model's JSON, of the older whole form; else empty.
        training: the training's JSON, of the older whole form; else empty.
    """

    layers: dict[str, dict[str, FloatArray]]
    config: str = ""
    training: str = ""


def read_here(source: Path | bytes, file_size: int) -> KerasWeights:
    """Read all weights of a file, or of its bytes, in this process.

    Raises:
        UnreadableError: damaged, or not written by Keras.
    """
    # Imported here: it is needed for this form alone, and takes a tenth of a second.
    import h5py

    try:
        with h5py.File(
            io.BytesIO(source) if isinstance(source, bytes) else source, "r"
        ) as file:
            return _read(file, file_size)
    except (OSError, RuntimeError, KeyError, ValueError, TypeError) as error:
        # The library's messages are lines of its own code.
        what = str(error).splitlines()[0][:100] if str(error) else "unreadable"
        msg = tr("damaged, or not an HDF5 file ({what})", what=what)
        raise UnreadableError(msg) from None


def _read(file: "h5py.File", file_size: int) -> KerasWeights:
    layers: dict[str, dict[str, FloatArray]] = {}
    total = 0
    root = "model_weights" if "model_weights" in file else ""
    group = file[root] if root else file
    found = 0
    for path, dataset, layer in _datasets(group, "", "", 0):
        if path.startswith("optimizer"):
            continue
        check_count(found := found + 1)
        total += _checked_size(path, dataset)
        check_growth(total, file_size)
        if dataset.dtype.kind != "f":
            check_no_weights(path, str(dataset.dtype), dataset.shape)
            continue
        name = _layer_of(path, layer)
        variable = path.rpartition("/")[2].partition(":")[0]
        layers.setdefault(name, {})[variable] = as_float32(path, dataset[()])
    return KerasWeights(
        layers, _text(file, "model_config"), _text(file, "training_config")
    )


def _layer_of(path: str, layer: str) -> str:
    """The layer's own name where the file has it, else that of its group."""
    pieces = path.split("/")
    if "vars" in pieces:
        return layer or "/".join(pieces[: pieces.index("vars")]).removeprefix("layers/")
    return pieces[0] if len(pieces) > 1 else path


def _datasets(
    group: Any, path: str, layer: str, depth: int
) -> Iterator[tuple[str, Any, str]]:
    """Everything in a group that really lies in it."""
    import h5py

    if depth > _DEEPEST:
        msg = tr("groups in groups in groups …")
        raise UnreadableError(msg)
    layer = _text(group, "name") or layer
    for name in group:
        below = f"{path}/{name}" if path else name
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            msg = tr("{below} leads to another place", below=below)
            raise UnreadableError(msg)
        member = group[name]
        if isinstance(member, h5py.Dataset):
            yield below, member, layer
        elif isinstance(member, h5py.Group):
            yield from _datasets(member, below, layer, depth + 1)


def _checked_size(path: str, dataset: Any) -> int:
    """Bytes of an array, before they are read."""
    if dataset.is_virtual or dataset.external or dataset.shape is None:
        msg = tr("{path} lies in another file", path=path)
        raise UnreadableError(msg)
    if dataset.compression not in _FILTERS:
        msg = tr(
            "{path} is packed by {compression}",
            path=path,
            compression=dataset.compression,
        )
        raise UnreadableError(msg)
    return int(dataset.size) * int(dataset.dtype.itemsize)


def _text(group: Any, name: str) -> str:
    """An attribute that is a text; else empty."""
    if name not in group.attrs:
        return ""
    value = group.attrs.get_id(name)
    if value.shape != () or value.get_storage_size() > _MOST_TEXT:
        return ""
    text = group.attrs[name]
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return text if isinstance(text, str) and len(text) <= _MOST_TEXT else ""
