"""The offer to open a part of a file that is no network as a whole."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from core.readings.said import NOTHING_SAID
from core.values.words import tr
from gui.style import tokens
from gui.widgets.ask_dialog import AskDialog

CHOOSE_PART: Final = tr("choose part")
CHOOSE_PART_TEXT: Final = tr("Choose part…")
_WIDTH: Final = tokens.length("part_offer.width")


class PartDialog(AskDialog):
    """Signals: chosen, with the number of the part, counted from 1."""

    chosen = Signal(int)

    def __init__(self, name: str, parts: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(tr("A part of {name}", name=name), parent, _WIDTH)
        self.field = QComboBox(self)
        self.field.addItems(parts)
        label = QLabel(tr("&Layers to open as a network:"), self)
        label.setBuddy(self.field)
        self._column.addWidget(label)
        self._column.addWidget(self.field)
        self.end()
        self.field.setFocus()

    def take(self) -> None:
        self.chosen.emit(self.field.currentIndex() + 1)
        self.accept()


class PartOffer(QObject):
    """Keeps the parts of the file that was tried to open last.

    Signals:
        chosen: a path, what is said of the network in it, and the number of the part.
    """

    chosen = Signal(object, object, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._path = Path()
        self._parts: tuple[str, ...] = ()
        self.dialog: PartDialog | None = None

    def keep(self, path: Path, parts: tuple[str, ...]) -> None:
        """There are parts to choose from."""
        self._path, self._parts = path, parts

    def show(self) -> None:
        """Let the user choose, beside the window that goes on."""
        self.dialog = PartDialog(self._path.name, self._parts, self._window)
        self.dialog.chosen.connect(self._on_dialog_chosen)
        self.dialog.destroyed.connect(self._on_dialog_destroyed)
        self.dialog.show()

    def _on_dialog_chosen(self, number: int) -> None:
        self.chosen.emit(self._path, NOTHING_SAID, str(number))

    def _on_dialog_destroyed(self) -> None:
        self.dialog = None
