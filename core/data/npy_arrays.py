"""Arrays of .npy and .npz files, read without NumPy's own loader.

`np.load` takes the memory that a header asks for, and reads the header as Python. Here
a header has one strict form, and its shape is checked against the size of the file.
"""

import math
import re
import zipfile
from collections.abc import Mapping
from io import BufferedReader
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.platform.archives import ARCHIVE_DAMAGES
from core.platform.ordinary_files import check_ordinary, read_start
from core.values.errors import DataError
from core.values.words import tr

AnyArray = npt.NDArray[Any]
_Stream = zipfile.ZipExtFile | BufferedReader

MAX_BYTES: Final = 2**34
"""Of an array, and of all in an archive."""
MOST_BYTES: Final = MAX_BYTES + 2**20
"""Of a file: with the header, or the directory."""
MOST_ARRAYS: Final = 1_000
_MAX_HEADER: Final = 10_000
_GROWTH: Final = 1_100
"""Deflate cannot pack tighter than about 1 to 1032."""
_HEADER: Final = re.compile(
    rb"\{\s*'descr':\s*'([<>|=]?[A-Za-z]\d*)',\s*'fortran_order':\s*(False|True),"
    rb"\s*'shape':\s*\(([\d,\s]*)\),?\s*\}\s*"
)
_KINDS: Final = "biufUS"


def read_arrays(path: Path) -> Mapping[str, AnyArray]:
    """All arrays by name; that of a .npy file has the name "".

    Raises:
        DataError: begins with the path and says what is wrong with which array.
    """
    try:
        size = check_ordinary(path, MOST_BYTES)
        if read_start(path, 2) == b"PK":
            with zipfile.ZipFile(path) as archive:
                return _of_archive(archive, size)
        with path.open("rb") as stream:
            return {"": _array(stream, "", size)}
    except OSError as error:
        msg = tr(
            "{path}: cannot be read: {reason}",
            path=path,
            reason=error.strerror or error,
        )
    except ARCHIVE_DAMAGES as error:
        msg = tr(
            "{path}: is damaged ({value})",
            path=path,
            value=str(error) or type(error).__name__,
        )
    except DataError as error:
        msg = f"{path}: {error}"
    raise DataError(msg)


def _of_archive(archive: zipfile.ZipFile, size: int) -> dict[str, AnyArray]:
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    if total > min(MAX_BYTES, _GROWTH * size) or len(members) > MOST_ARRAYS:
        msg = tr("the archive would unpack to an implausible size")
        raise DataError(msg)
    arrays: dict[str, AnyArray] = {}
    for member in members:
        name = member.filename.removesuffix(".npy")
        if name == member.filename:
            msg = tr(
                "holds {filename!r}, which is not a NumPy array; "
                "expected .npz with arrays such as x and y, or a table "
                "as CSV",
                filename=member.filename,
            )
            raise DataError(msg)
        with archive.open(member) as stream:
            assert isinstance(stream, zipfile.ZipExtFile)
            arrays[name] = _array(stream, name, member.file_size)
    return arrays


def _array(stream: _Stream, name: str, size: int) -> AnyArray:
    descr, is_fortran, shape = _header(stream, name)
    dtype = np.dtype(descr)
    if dtype.kind not in _KINDS:
        msg = tr(
            "array {name!r} holds {descr!r}, which may be Python "
            "objects; expected numbers or texts",
            name=name,
            descr=descr,
        )
        raise DataError(msg)
    n_bytes = math.prod(shape) * dtype.itemsize
    if n_bytes != size - stream.tell() or n_bytes > MAX_BYTES:
        msg = tr(
            "array {name!r}: the shape {shape} does not fit the size of the file",
            name=name,
            shape=shape,
        )
        raise DataError(msg)
    values = np.frombuffer(stream.read(n_bytes), dtype)
    return values.reshape(shape, order="F" if is_fortran else "C")


def _header(stream: _Stream, name: str) -> tuple[str, bool, tuple[int, ...]]:
    start = stream.read(8)
    if start[:6] != b"\x93NUMPY" or len(start) < 8:
        msg = tr("array {name!r} is not stored as a .npy array", name=name)
        raise DataError(msg)
    length = int.from_bytes(stream.read(2 if start[6] == 1 else 4), "little")
    header = stream.read(length) if length <= _MAX_HEADER else b""
    match = _HEADER.fullmatch(header)
    if match is None:
        msg = tr(
            "array {name!r} holds Python objects or fields, which are not read",
            name=name,
        )
        raise DataError(msg)
    descr, is_fortran, shape = (part.decode("ascii") for part in match.groups())
    sizes = tuple(int(part) for part in shape.split(",") if part.strip())
    return descr, is_fortran == "True", sizes
