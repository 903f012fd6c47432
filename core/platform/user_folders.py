"""The user's own folders for caches and settings, the only ones written unasked."""

import os
from pathlib import Path

import platformdirs

APP_NAME = "glassbox"


def cache_folder() -> Path:
    """Data sets and compiled programs; `GLASSBOX_CACHE` moves it."""
    chosen = os.environ.get("GLASSBOX_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path(APP_NAME, False)


def config_folder() -> Path:
    """Remembered settings of the window; `GLASSBOX_CONFIG` moves it."""
    chosen = os.environ.get("GLASSBOX_CONFIG")
    return Path(chosen) if chosen else platformdirs.user_config_path(APP_NAME, False)


def state_folder() -> Path:
    """What must not be lost: rescued files; `GLASSBOX_STATE` moves it."""
    chosen = os.environ.get("GLASSBOX_STATE")
    return Path(chosen) if chosen else platformdirs.user_state_path(APP_NAME, False)
