"""Which language is spoken: found out before any text is made, so without any."""

import os
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.platform.asset_files import asset_path
from core.platform.ordinary_files import read_bytes
from core.platform.user_folders import SETTINGS_FILE, config_folder
from core.values.errors import FileError
from gui.style.language.pseudo import PSEUDO

OPTION: Final = "--language"
VARIABLE: Final = "GLASSBOX_LANGUAGE"
SETTING: Final = "language"
ENGLISH: Final = "en"
SYSTEM: Final = "system"
_MOST_BYTES: Final = 2**20
_STEM: Final = "glassbox_"


def translated_languages() -> tuple[str, ...]:
    """The languages that there are files of."""
    files = asset_path("translations").glob(f"{_STEM}*.qm")
    return tuple(sorted(path.stem.removeprefix(_STEM) for path in files))


def file_of(language: str) -> Path:
    """The translated texts of a language."""
    return asset_path("translations", f"{_STEM}{language}.qm")


def known_languages() -> tuple[str, ...]:
    """What may be asked for, the two for trying out the layout too."""
    return (ENGLISH, *translated_languages(), *PSEUDO)


def own_name(language: str) -> str:
    """What a language is called by those who speak it."""
    from PySide6.QtCore import QLocale

    return QLocale(language).nativeLanguageName().capitalize()


def chosen_language(arguments: Sequence[str]) -> str:
    """By the command line, else the environment, the user's settings, the system.

    What is not known is English here; the command line says so of its option.
    """
    asked = _asked_for(arguments) or os.environ.get(VARIABLE, "") or _set_by_user()
    if asked == SYSTEM:
        asked = _of_system()
    return asked if asked in known_languages() else ENGLISH


def _asked_for(arguments: Sequence[str]) -> str:
    for place, argument in enumerate(arguments):
        if argument == OPTION:
            return next(iter(arguments[place + 1 :]), "")
        if argument.startswith(f"{OPTION}="):
            return argument.removeprefix(f"{OPTION}=")
    return ""


def _set_by_user() -> str:
    # What is wrong with the file is told when it is read as a whole.
    try:
        content = read_bytes(config_folder() / SETTINGS_FILE, _MOST_BYTES)
        found = tomllib.loads(content.decode()).get(SETTING, SYSTEM)
    except (OSError, ValueError, RecursionError, FileError):
        return SYSTEM
    return found if isinstance(found, str) else SYSTEM


def _of_system() -> str:
    languages = translated_languages()
    if not languages:
        return ENGLISH
    from PySide6.QtCore import QLocale

    wanted = [name.replace("-", "_") for name in QLocale.system().uiLanguages()]
    for name in wanted:
        for language in (name, name.partition("_")[0]):
            if language in (ENGLISH, *languages):
                return language
    return ENGLISH
