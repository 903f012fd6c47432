"""The offer to choose how a network of another program reads its inputs."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.readings.choice import ReadingChoice
from core.readings.said import Said
from core.values.words import tr
from gui.window.reading_dialog import ReadingDialog

CHOOSE_READING: Final = tr("choose reading")
CHOOSE_READING_TEXT: Final = tr("Choose reading…")


class ReadingOffer(QObject):
    """Keeps the choice of the network that was opened last.

    Signals:
        chosen: a path, what the user says of the network in it, a Said, and which part
            of the file that is.
    """

    chosen = Signal(object, object, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._choice: ReadingChoice | None = None
        self._path, self._part = Path(), ""
        self._is_new = False
        self.dialog: ReadingDialog | None = None

    def keep(self, choice: ReadingChoice, path: Path, part: str) -> None:
        """There is a choice for the network that is being opened."""
        self._choice, self._is_new = choice, True
        self._path, self._part = path, part

    def offer(self) -> str:
        """The key of the offer, once for each network; empty without a choice."""
        is_new, self._is_new = self._is_new, False
        return CHOOSE_READING if is_new else ""

    def show(self) -> None:
        """Let the user choose, beside the window that goes on."""
        if self._choice is None:
            return
        self.dialog = ReadingDialog(self._path.name, self._choice, self._window)
        self.dialog.chosen.connect(self._on_dialog_chosen)
        self.dialog.destroyed.connect(self._on_dialog_destroyed)
        self.dialog.show()

    def _on_dialog_chosen(self, said: Said) -> None:
        self.chosen.emit(self._path, said, self._part)

    def _on_dialog_destroyed(self) -> None:
        self.dialog = None
