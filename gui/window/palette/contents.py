"""All that the command palette can find, from what each part of the window has."""

from collections.abc import Callable
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


class Contents:
    """Asked anew each time: titles, values and reasons change."""

    def __init__(self, window: "MainWindow", bring: Callable[[str], None]) -> None:
        """Make it.

        Args:
            window: with its actions, its settings and what it shows.
            bring: brings the panel of a key to the front.
        """
        self._window = window
        self._bring = bring

    def entries(self) -> list[Entry]:
        """What is there, whatever is typed."""
        window = self._window
        document = window.session.document
        return [
            *experiment_entries(document),
            *preference_entries(window.preferences),
            *action_entries(window.actions_by_key),
            *number_entries(window.session),
            *window.tables.sorting_entries(),
            *panel_entries(window.docks.values(), self._bring),
            *preset_entries(document),
            *lesson_entries(window.lessons.open_key),
        ]

    def places(self, text: str) -> list[Entry]:
        """What a text names: a unit, or a step of the run."""
        return place_entries(self._window.session, text)
