"""The user's own folders for caches and settings, the only ones written unasked."""

import os
from pathlib import Path

import platformdirs

from core.values.errors import FileError

APP_NAME = "glassbox"


def cache_folder() -> Path:
    """Data sets and compiled programs; `GLASSBOX_CACHE` moves it."""
    chosen = os.environ.get("GLASSBOX_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path(APP_NAME, False)


def config_folder() -> Path:
    """Remembered settings of the window; `GLASSBOX_CONFIG` moves it.

    Raises:
        FileError: the user has no home folder.
    """
    chosen = os.environ.get("GLASSBOX_CONFIG")
    folder = Path(chosen) if chosen else platformdirs.user_config_path(APP_NAME, False)
    if not chosen and not folder.is_absolute():
        msg = "there is no home folder; GLASSBOX_CONFIG names a folder for settings"
        raise FileError(msg)
    return folder
