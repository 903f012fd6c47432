"""The one owner of the settings: what is in force, who hears of changes, the file."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.values.errors import FileError
from core.values.words import tr
from gui.session.preferences import file
from gui.session.preferences.model import Preferences, Value


class PreferenceStore(QObject):
    """Mutable: which Preferences are in force.

    Signals:
        changed: the Preferences before, and those in force from now on.
        failed: a sentence that says why they are not kept.

    Attributes:
        problem: what was wrong with the file at the start, or empty.
    """

    changed = Signal(object, object)
    failed = Signal(str)

    def __init__(
        self,
        path: Path | None,
        *,
        earlier_theme: str = "",
        parent: QObject | None = None,
    ) -> None:
        """Read the file.

        Args:
            path: of the file; None keeps nothing.
            earlier_theme: what was chosen before there was a file, or empty.
            parent: owner.
        """
        super().__init__(parent)
        self._path = path
        self.problem = ""
        found = file.Found(Preferences(), {}) if path is None else file.read(path)
        self._strange = found.strange
        self._now = found.preferences
        if "theme" not in found.said and earlier_theme:
            self._now = self._with_theme(earlier_theme)
        if found.mistakes and path is not None:
            self.problem = self._kept_aside(path, "; ".join(found.mistakes))

    @property
    def now(self) -> Preferences:
        """The settings in force."""
        return self._now

    def set_value(self, key: str, value: Value) -> None:
        """Change one setting, at once and for later starts.

        Raises:
            ValueError: the setting cannot have this value.
        """
        self.use(self._now.with_value(key, value))

    def use(self, preferences: Preferences) -> None:
        """Put other settings in force, and keep them."""
        before = self._now
        if preferences == before:
            return
        self._now = preferences
        self._write()
        self.changed.emit(before, preferences)

    def _write(self) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file.write(self._path, self._now, self._strange)
        except (FileError, OSError) as error:
            self.failed.emit(tr("Settings are not kept. {error}.", error=error))

    def _with_theme(self, theme: str) -> Preferences:
        try:
            return self._now.with_value("theme", theme)
        except ValueError:
            return self._now

    def _kept_aside(self, path: Path, mistakes: str) -> str:
        told = tr(
            "{path} was not read whole: {mistakes}.", path=path.name, mistakes=mistakes
        )
        try:
            place = file.set_aside(path)
            file.write(path, self._now, self._strange)
        except (FileError, OSError) as error:
            # What is there must not be lost: nothing is written over it.
            self._path = None
            return tr(
                "{told} Settings are not kept this time: {error}.",
                told=told,
                error=error,
            )
        return tr(
            "{told} It is kept as {place}; the other settings are as they come.",
            told=told,
            place=place.name,
        )
