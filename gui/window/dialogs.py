"""The dialogs of the menus: settings, keys, messages, and what this program is."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.values.words import tr
from gui.session.view_state import Run
from gui.window.glossary import glossary_html
from gui.window.help_texts import about_text, shortcuts_text
from gui.window.messages.message_list import MessageList
from gui.window.settings_dialog.dialog import SettingsDialog
from gui.window.text_dialog import TextDialog

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


class WindowDialogs(QObject):
    """Opens them over the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._device = ""
        window.session.run_started.connect(self._on_run_started)

    def open_settings(self) -> None:
        SettingsDialog(self._window.preferences, self._window).open()

    def open_shortcuts(self) -> None:
        text = shortcuts_text(self._window.actions_by_key)
        TextDialog(tr("Keyboard and mouse"), text, self._window).open()

    def open_glossary(self) -> None:
        TextDialog(tr("Glossary"), glossary_html(), self._window).open()

    def open_worksheet(self) -> None:
        """Ask for the sheets of the open lesson, or else of the network."""
        # Imported here: few starts need it.
        from gui.window.worksheets.dialog import WorksheetDialog
        from gui.window.worksheets.request import maker_of, worksheet_request

        window = self._window
        found = maker_of(window.lessons.session.lesson, window.session.view)
        if found is None:
            window.message_bar.show_notice(
                tr("There is no network yet. Wait until the data are loaded.")
            )
            return
        key, title, make = found

        def save(first: int, count: int) -> None:
            window.saver.ask_and_save(worksheet_request(key, make, first, count))

        dialog = WorksheetDialog(title, window)
        dialog.chosen.connect(save)
        dialog.open()

    def open_messages(self) -> None:
        MessageList(self._window.message_bar.log, self._window).open()

    def open_about(self) -> None:
        text = about_text(self._device)
        TextDialog(tr("About Glassbox"), text, self._window).open()

    def _on_run_started(self, run: Run) -> None:
        self._device = run.device
