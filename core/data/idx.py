"""IDX files of unsigned bytes, the format of the MNIST family, plain or gzipped.

Nothing in a file is trusted: its header is checked against its size before any memory
is taken, and exactly the bytes that the header promises are unpacked.
"""

import gzip
import math
import zlib
from io import BufferedReader
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from core.arrays import ByteArray, IntArray
from core.platform.kinds import kind_of_start
from core.platform.ordinary_files import check_ordinary, read_start
from core.values.errors import DataError
from core.values.words import tr

_Stream = gzip.GzipFile | BufferedReader

MAX_VALUES: Final = 2**30
"""Most bytes a file may hold, unpacked: MNIST's training images have 47 million."""
MOST_BYTES: Final = MAX_VALUES + 2**20
"""Of a file: with its header, and what packing may add to bytes without a pattern."""
MOST_ITEMS: Final = 10_000_000
"""Images or labels of one file; the largest set in circulation has 814,255."""

_GZIP_MAGIC: Final = b"\x1f\x8b"
_DEFLATE_LIMIT: Final = 1100
"""Deflate cannot pack tighter than about 1 to 1032."""
_PIECE: Final = 2**20
_ALIGNMENT: Final = 64
_TABLE_MAGIC: Final = b"\x00\x00\x0c\x02"
_TYPES: Final = {
    0x08: "unsigned bytes",
    0x09: "signed bytes",
    0x0B: "short integers",
    0x0C: "integers",
    0x0D: "floats",
    0x0E: "doubles",
}


def read_idx(
    path: Path,
    *,
    n_dimensions: int,
    item_shape: tuple[int, ...] | None = None,
    n_items: int | None = None,
) -> ByteArray:
    """Read an IDX file of unsigned bytes, read-only.

    Args:
        path: the file; whether it is gzipped is seen from its first bytes.
        n_dimensions: 1 for labels, 3 for images.
        item_shape: what each image has to have; refused by the header, before anything
            is unpacked.
        n_items: how many there have to be, as `item_shape`.

    Raises:
        DataError: begins with the path and says what is wrong with the file.
    """
    try:
        return _read(path, _Expected(n_dimensions, item_shape, n_items))
    except EOFError:
        raise _damaged(path, tr("the file ends too early")) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _damaged(
            path, tr("the gzip data is damaged ({error})", error=error)
        ) from None
    except OSError as error:
        msg = tr(
            "{path}: cannot be read: {reason}",
            path=path,
            reason=error.strerror or error,
        )
        raise DataError(msg) from None


def read_idx_start(path: Path, count: int) -> bytes:
    """The first values of a one-dimensional IDX file, or b"" if it is none."""
    try:
        with _opened(path) as stream:
            head = stream.read(8 + count)
    except (OSError, EOFError, zlib.error):
        return b""
    return head[8:] if head[:4] == b"\x00\x00\x08\x01" else b""


def read_idx_shape(path: Path) -> tuple[int, ...] | None:
    """The shape that the header of unsigned bytes names; None for other files."""
    try:
        with _opened(path) as stream:
            head = stream.read(4)
            if head[:3] != b"\x00\x00\x08" or len(head) < 4:
                return None
            sizes = np.frombuffer(_read_exactly(stream, 4 * head[3]), ">u4")
    except (OSError, EOFError, zlib.error, DataError):
        return None
    return tuple(int(size) for size in sizes)


def read_idx_labels(path: Path) -> IntArray:
    """Labels as bytes, or in the first column of QMNIST's table of integers.

    Raises:
        DataError: begins with the path and says what is wrong with the file.
    """
    try:
        with _opened(path) as stream:
            is_table = stream.read(4) == _TABLE_MAGIC
            if is_table:
                return _read_table(path, stream)
    except EOFError:
        raise _damaged(path, tr("the file ends too early")) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise _damaged(
            path, tr("the gzip data is damaged ({error})", error=error)
        ) from None
    except OSError as error:
        msg = tr(
            "{path}: cannot be read: {reason}",
            path=path,
            reason=error.strerror or error,
        )
        raise DataError(msg) from None
    return read_idx(path, n_dimensions=1).astype(np.int32)


def _read_table(path: Path, stream: _Stream) -> IntArray:
    """The first column of a table of big-endian integers."""
    n_rows, n_columns = np.frombuffer(_read_exactly(stream, 8), ">u4").tolist()
    count = 4 * n_rows * n_columns
    if not 0 < count <= MAX_VALUES or n_rows > MOST_ITEMS:
        reason = tr(
            "the header declares {n_rows} x {n_columns} values",
            n_rows=n_rows,
            n_columns=n_columns,
        )
        raise _damaged(path, reason)
    values = _aligned_bytes(count)
    _read_into(stream, values)
    table = values.view(">i4").reshape(n_rows, n_columns)
    return table[:, 0].astype(np.int32)


class _Expected(NamedTuple):
    n_dimensions: int
    item_shape: tuple[int, ...] | None
    n_items: int | None


def _opened(path: Path) -> _Stream:
    check_ordinary(path, MOST_BYTES)
    packed = read_start(path, 2) == _GZIP_MAGIC
    return gzip.open(path, "rb") if packed else path.open("rb")


def _read(path: Path, expected: _Expected) -> ByteArray:
    file_size = path.stat().st_size
    with _opened(path) as stream:
        shape = _read_header(path, stream, expected.n_dimensions)
        _check_shape(path, shape, expected)
        count = math.prod(shape)
        packed = isinstance(stream, gzip.GzipFile)
        most = file_size * (_DEFLATE_LIMIT if packed else 1)
        if count > min(most, MAX_VALUES) or shape[0] > MOST_ITEMS:
            shown = " x ".join(str(size) for size in shape)
            reason = tr(
                "the header declares {shown} values, which do not fit into the file",
                shown=shown,
            )
            raise _damaged(path, reason)
        values = _aligned_bytes(count)
        _read_into(stream, values)
        # Reading past the last value also makes gzip compare its checksum.
        if stream.read(1):
            raise _damaged(
                path, tr("there are more than the declared {count} values", count=count)
            )
    values.flags.writeable = False
    return values.reshape(shape)


def _read_header(path: Path, stream: _Stream, n_dimensions: int) -> tuple[int, ...]:
    magic = _read_exactly(stream, 4)
    if magic[:2] != b"\x00\x00" or magic[2] not in _TYPES:
        kind = kind_of_start(magic + stream.read(508))
        reason = tr("not an IDX file, it begins with {hex}", hex=magic.hex(" "))
        raise _damaged(path, f"{reason}: this is {kind}" if kind else reason)
    if magic[2] != 0x08:
        msg = tr(
            "{path}: holds {types}; only unsigned bytes can be read",
            path=path,
            types=_TYPES[magic[2]],
        )
        raise DataError(msg)
    if magic[3] != n_dimensions:
        wanted = "labels" if n_dimensions == 1 else "images"
        msg = tr(
            "{path}: has {magic} dimensions where {wanted} have "
            "{n_dimensions}; check whether the image and label files "
            "are swapped",
            path=path,
            magic=magic[3],
            wanted=wanted,
            n_dimensions=n_dimensions,
        )
        raise DataError(msg)
    sizes = np.frombuffer(_read_exactly(stream, 4 * n_dimensions), ">u4")
    return tuple(int(size) for size in sizes)


def _check_shape(path: Path, shape: tuple[int, ...], expected: _Expected) -> None:
    if expected.item_shape is not None and shape[1:] != expected.item_shape:
        has, wanted = (
            " x ".join(map(str, s)) for s in (shape[1:], expected.item_shape)
        )
        msg = tr(
            "{path}: the images have {has} pixels, those of this data set {wanted}",
            path=path,
            has=has,
            wanted=wanted,
        )
        raise DataError(msg)
    what = "labels" if len(shape) == 1 else "images"
    if expected.n_items is not None and shape[0] != expected.n_items:
        msg = tr(
            "{path}: {shape:,} {what} for {n_items:,} labels; take "
            "both files from the same source",
            path=path,
            shape=shape[0],
            what=what,
            n_items=expected.n_items,
        )
        raise DataError(msg)


def _read_exactly(stream: _Stream, count: int) -> bytes:
    values = stream.read(count)
    if len(values) < count:
        raise EOFError
    return values


def _aligned_bytes(count: int) -> ByteArray:
    """Memory with the alignment that JAX needs to use an array without a copy."""
    room = np.empty(count + _ALIGNMENT, np.uint8)
    start = -room.ctypes.data % _ALIGNMENT
    return room[start : start + count]


def _read_into(stream: _Stream, values: ByteArray) -> None:
    """Read piece by piece, so that memory is taken only for what is really there."""
    start = 0
    while start < len(values):
        piece = stream.read(min(_PIECE, len(values) - start))
        if not piece:
            raise EOFError
        values[start : start + len(piece)] = np.frombuffer(piece, np.uint8)
        start += len(piece)


def _damaged(path: Path, reason: str) -> DataError:
    return DataError(
        tr(
            "{path}: {reason}; replace the file with a new copy",
            path=path,
            reason=reason,
        )
    )
