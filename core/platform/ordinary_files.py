"""Looking at a file before it is opened: pipes wait for ever, devices have no end."""

import errno
import os
import stat
from pathlib import Path
from typing import Final

from core.values.words import tr

MEBIBYTE: Final = 2**20
_KINDS: Final = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def check_ordinary(path: Path, most_bytes: int | None = None) -> int:
    """Make sure that a file ends, and where; returns its size in bytes.

    Args:
        path: links are followed.
        most_bytes: refuse a larger one, None takes any size.

    Raises:
        OSError: there is no such file, it is a folder, pipe, socket or device, or it is
            too large; `strerror` says so in words.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    for is_kind, name in _KINDS:
        if is_kind(status.st_mode):
            reason = tr("it is {name}, and only ordinary files are read", name=name)
            raise OSError(errno.ENOTSUP, reason, str(path))
    if most_bytes is not None and status.st_size > most_bytes:
        reason = tr(
            "it has {st_size:,.1f} MiB, and files of this kind have "
            "{most_bytes:,.0f} MiB at the most",
            st_size=status.st_size / MEBIBYTE,
            most_bytes=most_bytes / MEBIBYTE,
        )
        raise OSError(errno.EFBIG, reason, str(path))
    return status.st_size


def read_start(path: Path, count: int) -> bytes:
    """The first bytes of an ordinary file of any size, fewer where it is shorter.

    Raises:
        OSError: as `check_ordinary`.
    """
    check_ordinary(path)
    with path.open("rb") as stream:
        return stream.read(count)


def read_bytes(path: Path, most_bytes: int) -> bytes:
    """The content of an ordinary file; the errors are those of `check_ordinary`."""
    check_ordinary(path, most_bytes)
    with path.open("rb") as stream:
        # It may have grown meanwhile; one byte more tells.
        content = stream.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, tr("it grows while it is read"), str(path))
    return content
