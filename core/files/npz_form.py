"""Named tensors in NumPy's .npz archives, read without NumPy's own loader.

`np.load` allocates whatever an array's header declares and evaluates that header as a
Python literal. Here the header must match one strict pattern, and its shape is checked
against the archive's directory before any memory is taken.
"""

import contextlib
import errno
import io
import json
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, cast

import numpy as np

from core.arrays import FloatArray
from core.files.tensors import (
    FLOAT_SIZES,
    TensorContents,
    UnreadableError,
    as_float32,
    check_count,
    check_growth,
    check_no_weights,
)
from core.platform.archives import ARCHIVE_DAMAGES
from core.values.words import tr

METADATA_NAME: Final = "metadata"

_ITEM_SIZES: Final = ("1", "2", "4", "8")
_MAX_HEADER: Final = 10_000
_MAX_METADATA: Final = 2**24
_HEADER: Final = re.compile(
    rb"\{\s*'descr':\s*'([<>|=]?[A-Za-z]\d*)',\s*'fortran_order':\s*(False|True),"
    rb"\s*'shape':\s*\(([\d,\s]*)\),?\s*\}\s*"
)


def dumps(tensors: Mapping[str, FloatArray], metadata: Mapping[str, str]) -> bytes:
    """The archive's bytes; the metadata is JSON in an array of one string."""
    arrays = {name: np.asarray(values) for name, values in tensors.items()}
    arrays[METADATA_NAME] = np.array(json.dumps(dict(metadata)))
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


@contextlib.contextmanager
def opened_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive, whose damages become refusals while it is read."""
    with refusing_damages(), zipfile.ZipFile(path) as archive:
        yield archive


@contextlib.contextmanager
def refusing_damages() -> Iterator[None]:
    """Within it, what a damaged archive raises becomes a refusal.

    Raises:
        UnreadableError: damaged, or no archive.
        OSError: the file cannot be read at all.
    """
    try:
        yield
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        # A damaged directory sends the reader to positions before the file's start.
        msg = tr("the archive is damaged (its directory is invalid)")
        raise UnreadableError(msg) from None
    except ARCHIVE_DAMAGES as error:
        msg = tr(
            "the archive is damaged ({value})", value=str(error) or type(error).__name__
        )
        raise UnreadableError(msg) from None


def read(archive: zipfile.ZipFile, size: int) -> TensorContents:
    """Read all arrays of an archive in a file of that size.

    Raises:
        UnreadableError: damaged, not an .npz archive, or without plain numbers.
    """
    members = archive.infolist()
    check_count(len(members))
    check_growth(sum(member.file_size for member in members), size)
    tensors: dict[str, FloatArray] = {}
    metadata: Mapping[str, str] = {}
    ignored = []
    for member in members:
        name = member.filename.removesuffix(".npy")
        if name == METADATA_NAME:
            metadata = _read_metadata(archive, member)
        elif name in tensors or name == member.filename:
            msg = tr(
                "the archive's entry {filename!r} is not a separate array",
                filename=member.filename,
            )
            raise UnreadableError(msg)
        else:
            tensor = _read_tensor(archive, member, name)
            if tensor is None:
                ignored.append(name)
            else:
                tensors[name] = tensor
    return TensorContents(tensors, metadata, tuple(ignored))


def _read_tensor(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str
) -> FloatArray | None:
    with _opened(archive, member) as stream:
        return read_array(stream, name, member.file_size, alone=True)


def read_array(
    stream: io.BufferedIOBase, name: str, end: int, *, alone: bool
) -> FloatArray | None:
    """One .npy array of floats; None for a counter of whole numbers.

    Args:
        stream: stands at its beginning.
        name: for messages.
        end: where the stream ends; nothing beyond is asked for.
        alone: whether the array has to end there.

    Raises:
        UnreadableError: damaged, or not of plain numbers.
    """
    descr, is_fortran, shape = _read_header(stream, name)
    order, kind, item_size = descr[:1], descr[1:2], descr[2:]
    is_counter = kind in "iub" and order in "<>=|" and item_size in _ITEM_SIZES
    if is_counter:
        check_no_weights(name, repr(descr), shape)
    elif kind != "f" or order not in "<>=" or item_size not in FLOAT_SIZES:
        msg = tr(
            "tensor {name} is {descr!r}; floats of 16, 32 or 64 bits can be read",
            name=name,
            descr=descr,
        )
        raise UnreadableError(msg)
    size = math.prod(shape) * int(item_size)
    left = end - stream.tell()
    if size > left or (alone and size != left):
        msg = tr(
            "tensor {name}: the shape {shape} does not fit the data stored",
            name=name,
            shape=shape,
        )
        raise UnreadableError(msg)
    data = stream.read(size)
    if is_counter:
        return None
    shaped = np.frombuffer(data, np.dtype(descr)).reshape(
        shape, order="F" if is_fortran else "C"
    )
    return as_float32(name, shaped)


def _read_metadata(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo
) -> Mapping[str, str]:
    if member.file_size > _MAX_METADATA:
        msg = tr("the metadata has an implausible size")
        raise UnreadableError(msg)
    with _opened(archive, member) as stream:
        descr, _, shape = _read_header(stream, METADATA_NAME)
        if descr[1:2] != "U" or shape != ():
            return {}  # another program's array with this name
        text = stream.read().decode("utf-32-be" if descr[0] == ">" else "utf-32-le")
    try:
        entries = json.loads(text.rstrip("\0"))
    except (ValueError, RecursionError):
        entries = None
    if not isinstance(entries, dict):
        msg = tr("the metadata is not a table of strings")
        raise UnreadableError(msg)
    return {name: value for name, value in entries.items() if isinstance(value, str)}


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> io.BufferedIOBase:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        msg = tr(
            "the archive's entry {filename!r} uses an unsupported compression",
            filename=member.filename,
        )
        raise UnreadableError(msg)
    return cast("zipfile.ZipExtFile", archive.open(member))


def _read_header(
    stream: io.BufferedIOBase, name: str
) -> tuple[str, bool, tuple[int, ...]]:
    """The type, the memory order, and the shape of a .npy file."""
    start = stream.read(8)
    width = 2 if start[6:7] == b"\x01" else 4
    if start[:6] != b"\x93NUMPY" or len(start) < 8:
        msg = tr("tensor {name} is not stored as a .npy array", name=name)
        raise UnreadableError(msg)
    length = int.from_bytes(stream.read(width), "little")
    header = stream.read(length) if length <= _MAX_HEADER else b""
    match = _HEADER.fullmatch(header)
    if match is None:
        msg = tr("tensor {name} has an unsupported header", name=name)
        raise UnreadableError(msg)
    descr, is_fortran, shape = (part.decode("ascii") for part in match.groups())
    sizes = tuple(int(part) for part in shape.split(",") if part.strip())
    return descr, is_fortran == "True", sizes
