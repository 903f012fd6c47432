"""Where lessons lie, and their titles, found without a reader of Markdown.

What the window needs to list them at its start; the rest is read when one opens.
"""

import tomllib
from pathlib import Path
from typing import Final

from core.platform.asset_files import asset_path
from core.platform.ordinary_files import read_start
from core.platform.user_folders import config_folder
from core.values.errors import FileError

FILE_NAME: Final = "lesson.md"
FENCE: Final = "+++"
_FOLDER: Final = "lessons"
_MARKDOWN: Final = ".md"
_HEAD: Final = 20_000
"""Characters of a lesson in which its title must stand."""


def shipped_folder() -> Path:
    """Where the lessons that ship with Glassbox are."""
    return asset_path(_FOLDER)


def own_folder() -> Path | None:
    """Where the user's own lessons are; None without a home folder."""
    try:
        return config_folder() / _FOLDER
    except FileError:
        return None


def lesson_at(path: Path) -> Path | None:
    """The text of the lesson that lies at a path; None where there is none.

    Args:
        path: a folder with lesson.md, or a text in Markdown.
    """
    text = path / FILE_NAME if path.is_dir() else path
    return text if text.suffix.lower() == _MARKDOWN and text.is_file() else None


def make_own_folder() -> Path:
    """The folder of the user's own lessons, made where it is not there yet.

    Raises:
        FileError: there is no home folder, or the folder cannot be made.
    """
    folder = config_folder() / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = f"{folder}: {error.strerror or error}"
        raise FileError(msg) from None
    return folder


def lessons_in(folder: Path) -> list[Path]:
    """The folders of lessons in a folder, by name; none where it cannot be read."""
    try:
        return sorted(p for p in folder.iterdir() if (p / FILE_NAME).is_file())
    except OSError:
        return []


def titles() -> dict[str, str]:
    """The title of each lesson by its key, read without the rest of it.

    A lesson whose head cannot be read is called by its key.
    """
    found: dict[str, str] = {}
    for folder in (shipped_folder(), own_folder()):
        for place in () if folder is None else lessons_in(folder):
            found[place.name] = _title(place)
    return found


def _title(folder: Path) -> str:
    try:
        start = read_start(folder / FILE_NAME, _HEAD).decode("utf-8", "ignore")
        head = start.split(FENCE)[1]
        title = tomllib.loads(head).get("title")
    except (OSError, ValueError, IndexError, RecursionError):
        return folder.name
    return title if isinstance(title, str) else folder.name
