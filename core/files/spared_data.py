"""Own data are never written over by what the program makes of them."""

from pathlib import Path

from core.experiment.model import DataSettings
from core.experiment.rules import FILE
from core.values.errors import FileError
from core.values.words import tr


def is_same_file(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by whatever spelling or link."""
    try:
        return path.resolve() == other.resolve() or path.samefile(other)
    except (OSError, RuntimeError):  # one of them is not there, or a loop of links
        return False


def check_spares_data(path: Path, data: DataSettings) -> None:
    """Refuse to write over the file of own data.

    Args:
        path: that is to be written.
        data: of the experiment; only own data lie in a file of the user's.

    Raises:
        FileError: it is that file.
    """
    if data.name != FILE or not data.path:
        return
    own = Path(data.path)
    if is_same_file(path, own) or (own.is_dir() and _is_inside(path, own)):
        msg = tr(
            "{path}: holds the data of this experiment and would be lost; choose "
            "another name",
            path=path,
        )
        raise FileError(msg)


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a file is there already, in a folder of data."""
    try:
        return path.is_file() and path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return False
