"""Settings that the window saves between starts, in the user's config folder."""

import errno
import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from core.platform.ordinary_files import check_ordinary
from core.platform.user_folders import config_folder
from core.values.errors import FileError
from core.values.words import tr

MOST_BYTES: Final = 2**24
MAX_RECENT: Final = 8
LAYOUT_VERSION: Final = 3

_OF_THE_SYSTEM: Final = ("/proc", "/sys", "/dev")
"""Dialogs read the beginning of each file that they list, which never ends here."""


class WindowSettings:
    """A thin, typed face of an INI file.

    Attributes:
        problem: why nothing is remembered after this start, or empty.
        folder_of_file: where settings are kept; None where nothing is.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.problem = ""
        self.folder_of_file: Path | None = None
        self._store: QSettings | _Forgetful
        try:
            path = path or config_folder() / "window.ini"
            self._store = _ini_file(path)
            self.folder_of_file = path.parent
        except (OSError, FileError) as error:
            self.problem = tr(
                "Settings are not kept this time: {reason}.", reason=_reason(error)
            )
            self._store = _Forgetful()

    @property
    def knows_a_window(self) -> bool:
        """Whether the program has been used before."""
        return self.blob("geometry") is not None

    def text(self, key: str, default: str = "") -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        try:
            return int(self.text(key, str(default)))
        except ValueError:
            return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        return self.text(key, "yes" if default else "no") == "yes"

    def set_text(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def set_flag(self, key: str, *, value: bool) -> None:
        self.set_text(key, "yes" if value else "no")

    def layout(self, workspace: str) -> QByteArray | None:
        """The user's layout of a workspace's docks."""
        return self.blob(f"layout{LAYOUT_VERSION}/{workspace}")

    def set_layout(self, workspace: str, state: QByteArray | None) -> None:
        key = f"layout{LAYOUT_VERSION}/{workspace}"
        if state is None:
            self._store.remove(key)
        else:
            self._store.setValue(key, state)

    def blob(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None

    def set_blob(self, key: str, value: QByteArray) -> None:
        self._store.setValue(key, value)

    def remember_folder(self, folder: Path) -> None:
        """It is where the next dialog begins."""
        if not _is_of_the_system(folder):
            self.set_text("folder", str(folder))

    def folder(self) -> str:
        """Where the user was last asked for a file."""
        try:
            last = self.text("folder")
            if last and not _is_of_the_system(Path(last)):
                return last
            return str(Path.home())
        except RuntimeError:  # there is no home folder
            return str(Path.cwd())

    def recent_files(self) -> tuple[Path, ...]:
        """Newest first, whether they are still there or not."""
        lines = self.text("recent_files").split("\n")
        return tuple(Path(line) for line in lines if line)

    def add_recent_file(self, path: Path) -> None:
        others = [p for p in self.recent_files() if p != path]
        newest = [path, *others][:MAX_RECENT]
        self.set_text("recent_files", "\n".join(str(p) for p in newest))


class _Forgetful:
    """In place of a file: what is set lasts as long as the program."""

    def __init__(self) -> None:
        self._values: dict[str, object] = {}

    def value(self, key: str) -> object:
        return self._values.get(key)

    def setValue(self, key: str, value: object) -> None:  # noqa: N802
        self._values[key] = value

    def remove(self, key: str) -> None:
        self._values.pop(key, None)


def _ini_file(path: Path) -> QSettings:
    """The file, in a folder that is made if it is missing.

    Raises:
        OSError: the folder cannot be made, nothing can be written in it, or the file
            is none.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for place in (path.parent, path):
        if place.exists() and not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
    if path.exists():
        check_ordinary(path, MOST_BYTES)
    return QSettings(str(path), QSettings.Format.IniFormat)


def _reason(error: OSError | FileError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _is_of_the_system(folder: Path) -> bool:
    absolute = folder.resolve()
    return any(absolute.is_relative_to(one) for one in _OF_THE_SYSTEM)
