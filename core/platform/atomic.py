"""Writing a file whole or not at all."""

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from core.values.errors import FileError


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path` as `write_chunks` does."""
    write_chunks(path, (data,))


def write_chunks(path: Path, chunks: Iterable[bytes]) -> None:
    """Write to `path` so that a crash leaves the old file or the new one.

    An existing file's permissions are kept; a link is followed.

    Raises:
        FileError: names the path and the reason; whatever was there is unchanged.
    """
    try:
        target = path.resolve()
        mode = _mode_of_existing(path, target)
        _write_beside(target, chunks, mode)
    except (OSError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "a loop of links"
        msg = f"{path}: cannot be written: {reason or error}"
        raise FileError(msg) from None


def _mode_of_existing(path: Path, target: Path) -> int | None:
    """Permissions of the file that is about to be replaced, None for a new one."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        if target.parent.is_dir():
            return None
        msg = f"{path}: cannot be written: there is no folder {target.parent}"
        raise FileError(msg) from None
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "not an ordinary file"
        msg = f"{path}: cannot be written: it is {what}"
        raise FileError(msg)
    # Replacing needs rights on the folder only, so a write-protected file must be
    # spared by asking.
    if not os.access(target, os.W_OK):
        msg = f"{path}: cannot be written: the file is write-protected"
        raise FileError(msg)
    return stat.S_IMODE(mode)


def _write_beside(target: Path, chunks: Iterable[bytes], mode: int | None) -> None:
    beside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.part")
    # os.open and not tempfile: a new file gets the rights that the umask allows.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(beside, flags, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the renaming itself last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
