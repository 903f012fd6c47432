"""Settings that the window saves between starts, in the user's config folder."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings

from core.platform.user_folders import config_folder

MAX_RECENT: Final = 8
LAYOUT_VERSION: Final = 2


class WindowSettings:
    """A thin, typed wrapper of an INI file."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or config_folder() / "window.ini"
        path.parent.mkdir(parents=True, exist_ok=True)
        self._settings = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str, default: int) -> int:
        try:
            return int(self.text(key, str(default)))
        except ValueError:
            return default

    def flag(self, key: str, *, default: bool = False) -> bool:
        return self.text(key, "yes" if default else "no") == "yes"

    def set_text(self, key: str, value: str) -> None:
        self._settings.setValue(key, value)

    def set_flag(self, key: str, *, value: bool) -> None:
        self.set_text(key, "yes" if value else "no")

    def layout(self, workspace: str) -> QByteArray | None:
        """The user's layout of a workspace's docks."""
        return self.blob(f"layout{LAYOUT_VERSION}/{workspace}")

    def set_layout(self, workspace: str, state: QByteArray | None) -> None:
        key = f"layout{LAYOUT_VERSION}/{workspace}"
        if state is None:
            self._settings.remove(key)
        else:
            self._settings.setValue(key, state)

    def blob(self, key: str) -> QByteArray | None:
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else None

    def set_blob(self, key: str, value: QByteArray) -> None:
        self._settings.setValue(key, value)

    def recent_files(self) -> tuple[Path, ...]:
        """Newest first, only files that still exist."""
        lines = self.text("recent_files").split("\n")
        return tuple(Path(line) for line in lines if line and Path(line).exists())

    def add_recent_file(self, path: Path) -> None:
        others = [p for p in self.recent_files() if p != path]
        newest = [path, *others][:MAX_RECENT]
        self.set_text("recent_files", "\n".join(str(p) for p in newest))
