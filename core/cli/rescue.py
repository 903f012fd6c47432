"""What took long to make is written where there is room, if not where it should be."""

import time
from collections.abc import Callable
from pathlib import Path

from core.platform.user_folders import state_folder
from core.values.errors import FileError
from core.values.words import tr


def saved_or_rescued(
    path: Path, save: Callable[[Path], None], what: str
) -> FileError | None:
    """Write a file there, or into the folder of what must not be lost.

    Args:
        path: of the file.
        save: writes it to a path, whole or not at all.
        what: it is, as "the weights are".

    Returns:
        None where it is at its path; else why not, and where it is instead.
    """
    try:
        save(path)
    except FileError as error:
        return rescued_after(error, path.name, save, what)
    return None


def rescued_after(
    error: FileError, name: str, save: Callable[[Path], None], what: str
) -> FileError:
    """Write what an error would lose into the folder of what must not be lost.

    Args:
        error: why it is not where it should be.
        name: of the file.
        save: writes it to a path, whole or not at all.
        what: it is, as "the weights are".

    Returns:
        The error, with where it is instead, if it could be written there.
    """
    rescued = _rescued(name, save)
    if rescued is None:
        return error
    return FileError(
        tr(
            "{error}; {what} in {rescued} instead",
            error=error,
            what=what,
            rescued=rescued,
        )
    )


def _rescued(name: str, save: Callable[[Path], None]) -> Path | None:
    """Where it is then; None where it cannot be written there either."""
    folder = state_folder() / "rescued"
    rescued = folder / f"{time.strftime('%Y-%m-%d-%H-%M-%S')}-{name}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        save(rescued)
    except (OSError, FileError):
        return None
    return rescued
