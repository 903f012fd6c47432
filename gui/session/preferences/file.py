"""The file of the settings: read with care, written whole or not at all."""

import tomllib
from pathlib import Path
from typing import Any, Final, NamedTuple

import tomli_w

from core.platform import atomic
from core.platform.ordinary_files import read_bytes
from core.platform.user_folders import SETTINGS_FILE
from core.values.words import tr
from gui.session.preferences.model import SETTINGS, Preferences

SHORTCUTS: Final = "shortcuts"
NAME: Final = SETTINGS_FILE
MOST_BYTES: Final = 2**20
_MOST_KEPT: Final = 100


class Found(NamedTuple):
    """What a file holds.

    Attributes:
        preferences: every value that is possible, the others as they come.
        strange: what this version does not know, to be written back.
        mistakes: what was not taken, and why.
        said: the settings that the file has, by their keys.
    """

    preferences: Preferences
    strange: dict[str, Any]
    mistakes: tuple[str, ...] = ()
    said: frozenset[str] = frozenset()


def read(path: Path) -> Found:
    """Read the settings; a file that is not there holds none."""
    try:
        tables = tomllib.loads(read_bytes(path, MOST_BYTES).decode())
    except FileNotFoundError:
        return Found(Preferences(), {})
    except (OSError, ValueError, RecursionError) as error:
        return Found(Preferences(), {}, (_reason(error),))
    return _understood(tables)


def write(path: Path, preferences: Preferences, strange: dict[str, Any]) -> None:
    """Write all of them, and what another version has set.

    Raises:
        FileError: it cannot be written; what is there is unchanged.
    """
    table: dict[str, Any] = dict(strange)
    for setting in SETTINGS:
        table[setting.key] = preferences.value(setting.key)
    if preferences.shortcuts:
        table[SHORTCUTS] = dict(preferences.shortcuts)
    atomic.write_bytes(path, tomli_w.dumps(table).encode())


def set_aside(path: Path) -> Path:
    """Move a file that holds mistakes to a name of its own, and return that.

    Raises:
        OSError: it cannot be moved.
    """
    for number in range(1, _MOST_KEPT):
        place = path.with_name(f"{path.stem}-broken-{number}{path.suffix}")
        if not place.exists():
            break
    return path.rename(place)


def _understood(tables: dict[str, Any]) -> Found:
    preferences, mistakes, said = Preferences(), [], set()
    strange = dict(tables)
    for setting in SETTINGS:
        if setting.key not in strange:
            continue
        try:
            value = strange.pop(setting.key)
            preferences = preferences.with_value(setting.key, value)
            said.add(setting.key)
        except ValueError as error:
            mistakes.append(str(error))
    shortcuts = strange.pop(SHORTCUTS, {})
    if not isinstance(shortcuts, dict):
        mistakes.append(tr("{shortcuts} is no table", shortcuts=SHORTCUTS))
        shortcuts = {}
    for key, keys in sorted(shortcuts.items()):
        if isinstance(keys, str):
            preferences = preferences.with_shortcut(key, keys, usual="\0")
        else:
            mistakes.append(
                tr("{shortcuts}.{key} is no text", shortcuts=SHORTCUTS, key=key)
            )
    return Found(preferences, strange, tuple(mistakes), frozenset(said))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return tr("not a TOML file: {error}", error=error)
