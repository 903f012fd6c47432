"""Saving tables: of the panel with the focus, or of the one that is pointed at."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from core.values.words import tr
from gui.panels.base import Panel
from gui.session.save_request import SaveRequest
from gui.style import tokens
from gui.window.palette.entry import Entry, Group

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

NOTHING: Final = tr(
    "There is no table in sight. Curves and tables of numbers can be saved."
)


class TableActions(QObject):
    """Finds the tables of panels, and hands one on to be saved."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def save_focused(self) -> None:
        """The first table of the panel with the focus, else of those in sight."""
        one = QApplication.focusWidget()
        while one is not None and not isinstance(one, Panel):
            one = one.parentWidget()
        seen = [panel for panel in self._window.panels.values() if panel.isVisible()]
        # A form with the focus has none itself, and the curves beside it do.
        for panel in [one, *seen] if isinstance(one, Panel) else seen:
            for request in panel.table_requests():
                self._window.saver.ask_and_save(request)
                return
        self._window.message_bar.show_notice(NOTHING)

    def actions_of(self, panel: QWidget, menu: QMenu) -> list[QAction]:
        """An action for each table of a panel."""
        requests = panel.table_requests() if isinstance(panel, Panel) else []
        made = []
        for request in requests:
            what = _after_words(request.what)
            action = QAction(
                tr("Save {what} as a table…", what=what).replace("&", "&&"), menu
            )
            action.triggered.connect(partial(self._save, request))
            made.append(action)
        return made

    def sorting_entries(self) -> list[Entry]:
        """For the palette: the orders that tables in sight may have."""
        return [
            Entry(
                f"sort.{panel.entry.key}.{action.text()}",
                Group.LOOK,
                tr("Sort by {order}", order=_after_words(action.text())),
                tr("in {panel}", panel=panel.entry.title),
                tokens.icon_name("action", "find"),
                action.trigger,
                problem=tr("It is sorted so already") if action.isChecked() else "",
            )
            for panel in self._window.panels.values()
            if self._window.docks[panel.entry.key].is_in_sight
            for action in panel.sort_actions()
        ]

    def _save(self, request: SaveRequest) -> None:
        self._window.saver.ask_and_save(request)


def _after_words(text: str) -> str:
    """A title where it is no beginning."""
    return f"{text[:1].lower()}{text[1:]}"
