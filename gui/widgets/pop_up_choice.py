"""A choice that acts only when it is made: keys open the list, and Enter chooses.

Qt's closed box takes each entry that an arrow key passes. Where a choice starts another
run, that would replace the running one at every press, and nobody could get past an
entry that is refused.
"""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox

_KEY = Qt.Key
_MOVES: Final = (
    _KEY.Key_Up,
    _KEY.Key_Down,
    _KEY.Key_PageUp,
    _KEY.Key_PageDown,
    _KEY.Key_Home,
    _KEY.Key_End,
)
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PopUpChoice(QComboBox):
    """Keys that would choose in the closed box mark an entry of the open list.

    Signals: opening, before the list is shown.
    """

    opening = Signal()

    def showPopup(self) -> None:
        self.opening.emit()
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_held = bool(event.modifiers() & _HELD)
        is_search = event.text().isprintable() and bool(event.text().strip())
        if is_held or not (event.key() in _MOVES or is_search):
            super().keyPressEvent(event)
            return
        self.showPopup()
        QApplication.sendEvent(self.view(), event)
