"""Runs that a program has left which did not end well."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QLockFile

from core.platform.user_folders import state_folder
from core.values.errors import GlassboxError

if TYPE_CHECKING:
    from core.files.run_file import RunInFile

logger = logging.getLogger(__name__)

ENDING: Final = ".safetensors"
LOCK: Final = ".lock"
MOST: Final = 5
"""Runs of dead programs that stay; the oldest beyond that are deleted."""


class LeftRun(NamedTuple):
    """A run that nobody goes on with.

    Attributes:
        path: of its file.
        step: that it had reached.
        was_closed: whether its program has ended as it should.
    """

    path: Path
    step: int
    was_closed: bool


def own_folder() -> Path:
    """Of the files that running programs write."""
    return state_folder() / "autosave"


def left_folder() -> Path:
    """Of what dead programs have left."""
    return state_folder() / "left-runs"


def lock_of(path: Path) -> QLockFile:
    """The lock of a program's file; that of a dead program can be taken."""
    lock = QLockFile(str(path.with_suffix(LOCK)))
    # Otherwise a program that runs for long would count as dead.
    lock.setStaleLockTime(0)
    return lock


def collect() -> tuple[LeftRun, ...]:
    """Take over what dead programs have left; the newest first.

    Of two programs that begin at the same moment one takes all: how a program ended
    is seen by its lock, which is not there while another takes it.
    """
    turn = QLockFile(str(own_folder() / "collecting"))
    # Nor can it be had where there is no such folder: nothing was left then.
    if not turn.tryLock(0):
        return ()
    try:
        return _collected()
    finally:
        turn.unlock()


# --- inside -----------------------------------------------------------------


def _collected() -> tuple[LeftRun, ...]:
    found = [run for path in _newest_first(own_folder()) if (run := _taken_over(path))]
    for path in _newest_first(left_folder())[MOST:]:
        _delete(path)
    return tuple(found)


def _newest_first(folder: Path) -> Sequence[Path]:
    try:
        files = [(path.stat().st_mtime, path) for path in folder.glob(f"*{ENDING}")]
    except OSError:
        return ()
    return [path for _, path in sorted(files, reverse=True)]


def _taken_over(path: Path) -> LeftRun | None:
    """With a name that says what it is; None while its program lives."""
    was_closed = not path.with_suffix(LOCK).exists()
    lock = lock_of(path)
    if not lock.tryLock(0):
        return None
    try:
        run = _run_of(path)
        if run is None:
            _moved(path, "unreadable")
            return None
        data = run.experiment.data
        name = f"{Path(data.path).stem or data.name}-step-{run.step}"
        return LeftRun(_moved(path, name), run.step, was_closed)
    except OSError as error:
        logger.warning("%s cannot be taken over: %s", path, error)
        return None
    finally:
        lock.unlock()


def _run_of(path: Path) -> "RunInFile | None":
    from core.files.run_file import run_in

    try:
        return run_in(path)
    except GlassboxError as error:
        logger.warning("%s", error)
        return None


def _moved(path: Path, name: str) -> Path:
    folder = left_folder()
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / f"{name}{ENDING}", 1
    while target.exists():
        number += 1
        target = folder / f"{name}-{number}{ENDING}"
    return path.rename(target)


def _delete(path: Path) -> None:
    try:
        path.unlink()
    except OSError:
        logger.warning("%s cannot be deleted", path)
