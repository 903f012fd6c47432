"""The user's folders for caches and settings, the only ones written unasked."""

import os
from pathlib import Path

import platformdirs

from core.values.errors import FileError
from core.values.words import tr

APP_NAME = "glassbox"
SETTINGS_FILE = "settings.toml"
"""In the folder of the settings."""


def cache_folder() -> Path:
    """Folder of data sets and compiled programs; `GLASSBOX_CACHE` changes it."""
    chosen = os.environ.get("GLASSBOX_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path(APP_NAME, False)


def config_folder() -> Path:
    """Folder of the window's settings; `GLASSBOX_CONFIG` changes it.

    Raises:
        FileError: the user has no home folder.
    """
    chosen = os.environ.get("GLASSBOX_CONFIG")
    folder = Path(chosen) if chosen else platformdirs.user_config_path(APP_NAME, False)
    if not chosen and not folder.is_absolute():
        msg = tr("there is no home folder; GLASSBOX_CONFIG names a folder for settings")
        raise FileError(msg)
    return folder


def state_folder() -> Path:
    """What must not be lost: rescued files; `GLASSBOX_STATE` moves it."""
    chosen = os.environ.get("GLASSBOX_STATE")
    return Path(chosen) if chosen else platformdirs.user_state_path(APP_NAME, False)
