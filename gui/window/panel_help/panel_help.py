"""Opens the card of a panel, by its "?" or for the one with the focus."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from core.values.words import tr
from gui.window.dock import PanelDock
from gui.window.panel_help.texts import panel_texts

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow
    from gui.window.panel_help.card import PanelCard

NO_PANEL: Final = tr(
    "Click into a panel first, or press the “?” of its title: then it is said what "
    "the panel shows."
)


class PanelHelp(QObject):
    """Mutable: the card is made when it is first asked for."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.card: PanelCard | None = None
        for dock in window.docks.values():
            dock.header.help_requested.connect(self.open)

    def open_focused(self) -> None:
        """Of the panel with the focus; of the only one in sight where none has it."""
        dock: QWidget | None = QApplication.focusWidget()
        while dock is not None and not isinstance(dock, PanelDock):
            dock = dock.parentWidget()
        if dock is None:
            shown = [d for d in self._window.docks.values() if d.is_in_sight]
            dock = shown[0] if len(shown) == 1 else None
        if isinstance(dock, PanelDock):
            self.open(dock.key)
        else:
            self._window.message_bar.show_notice(NO_PANEL)

    def open(self, key: str) -> None:
        """Show what the panel is."""
        # Imported here: most runs of the program ask for no help.
        from core.lessons.folders import titles
        from gui.window.panel_help.card import PanelCard

        text = panel_texts()[key]
        title = titles().get(text.lesson, text.lesson)
        if self.card is None:
            self.card = PanelCard(self._window)
            self.card.lesson_requested.connect(self._window.lessons.open_key)
        dock = self._window.docks[key]
        anchor = dock.header.help if dock.header.help.isVisible() else dock.header
        self.card.open_at(anchor, dock.windowTitle(), text, title)
