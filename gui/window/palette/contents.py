"""All that the command palette can find, from what each part of the window has."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtGui import QAction

from gui.session.preferences.store import PreferenceStore
from gui.session.session import Session
from gui.window.palette.action_entries import (
    action_entries,
    lesson_entries,
    panel_entries,
    preset_entries,
)
from gui.window.palette.entry import Entry
from gui.window.palette.number_entries import number_entries
from gui.window.palette.place_entries import place_entries
from gui.window.palette.settings_entries import (
    experiment_entries,
    preference_entries,
)


class Contents:
    """Asked anew each time: titles, values and reasons change."""

    def __init__(
        self,
        session: Session,
        preferences: PreferenceStore,
        actions: Mapping[str, QAction],
        panels: Sequence[QAction],
        open_lesson: Callable[[str], None],
    ) -> None:
        """Make it.

        Args:
            session: its experiment, its network and its run.
            preferences: the settings of the window.
            actions: of the window, by their keys.
            panels: the switches of the panels.
            open_lesson: opens the lesson of a key.
        """
        self._session = session
        self._preferences = preferences
        self._actions = actions
        self._panels = panels
        self._open_lesson = open_lesson

    def entries(self) -> list[Entry]:
        """What is there, whatever is typed."""
        document = self._session.document
        return [
            *experiment_entries(document),
            *preference_entries(self._preferences),
            *action_entries(self._actions),
            *number_entries(self._session),
            *panel_entries(self._panels),
            *preset_entries(document),
            *lesson_entries(self._open_lesson),
        ]

    def places(self, text: str) -> list[Entry]:
        """What a text names: a unit, or a step of the run."""
        return place_entries(self._session, text)
