"""Writing a file whole or not at all."""

import contextlib
import glob
import os
import secrets
import stat
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from core.platform.cancelling import check_cancelled, keep_going
from core.values.errors import FileError
from core.values.words import tr

PART: Final = ".part"
OLD_SECONDS: Final = 3600
"""Younger ones may be somebody's who is still writing."""
_FLAGS: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path` as `write_chunks` does."""
    write_chunks(path, (data,))


def write_chunks(path: Path, chunks: Iterable[bytes]) -> None:
    """Write to `path` so that a crash leaves the old file or the new one.

    An existing file keeps its permissions; a link is followed.

    Raises:
        FileError: names the path and the reason; an existing file is unchanged.
    """
    try:
        target = path.resolve()
        mode = _mode_of_existing(path, target)
        _write_beside(target, chunks, mode)
    except (OSError, RuntimeError) as error:
        raise not_written(path, error) from None


def try_writing(path: Path) -> None:
    """Find out by writing whether `write_bytes` could write there; leaves nothing.

    Raises:
        FileError: names the path and the reason.
    """
    try:
        target = path.resolve()
        _mode_of_existing(path, target)
        beside = _name_beside(target)
        os.close(os.open(beside, _FLAGS, 0o666))
        beside.unlink()
    except FileNotFoundError:
        # The folder is there: a file system such as /proc, which takes no new files.
        msg = tr(
            "{path}: cannot be written: the folder {parent} takes no new files",
            path=path,
            parent=path.parent,
        )
        raise FileError(msg) from None
    except (OSError, RuntimeError) as error:
        raise not_written(path, error) from None


def not_written(path: Path, error: OSError | RuntimeError) -> FileError:
    """Says why a path cannot be written, for a person."""
    reason = error.strerror if isinstance(error, OSError) else tr("a loop of links")
    return FileError(
        tr("{path}: cannot be written: {value}", path=path, value=reason or error)
    )


def _name_beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}{PART}")


def _clear_old(target: Path) -> None:
    """Remove what earlier writers of this file, killed on their way, have left."""
    pattern = f".{glob.escape(target.name[:100])}.{'[0-9a-f]' * 12}{PART}"
    old = time.time() - OLD_SECONDS
    for path in target.parent.glob(pattern):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < old:
                path.unlink()


def _mode_of_existing(path: Path, target: Path) -> int | None:
    """Permissions of the file that is about to be replaced, None for a new one."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        if target.parent.is_dir():
            return None
        msg = tr(
            "{path}: cannot be written: the folder {parent} does not exist",
            path=path,
            parent=target.parent,
        )
        raise FileError(msg) from None
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
        msg = tr("{path}: cannot be written: it is {what}", path=path, what=what)
        raise FileError(msg)
    # Replacing a file needs rights on the folder only, so write protection must be
    # checked explicitly.
    if not os.access(target, os.W_OK):
        msg = tr("{path}: cannot be written: the file is write-protected", path=path)
        raise FileError(msg)
    return stat.S_IMODE(mode)


def _write_beside(target: Path, chunks: Iterable[bytes], mode: int | None) -> None:
    _clear_old(target)
    beside = _name_beside(target)
    # os.open and not tempfile: a new file gets the permissions of the umask.
    handle = os.open(beside, _FLAGS, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            for chunk in chunks:
                check_cancelled()
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        check_cancelled()
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
        keep_going()
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself durable, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
