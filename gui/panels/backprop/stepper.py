"""First, previous, play, next, last: the buttons that step through the stages."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from gui.style import theme
from gui.style.key_names import key_text

PLAY_MILLISECONDS: Final = 1000
_BUTTONS: Final = (
    ("first", "|◀", "First stage", "Alt+Home"),
    ("previous", "◀", "Previous stage", "Alt+Left"),
    ("play", "Play", "Advance automatically, one stage per second", "Alt+P"),
    ("next", "▶", "Next stage", "Alt+Right"),
    ("last", "▶|", "Last stage", "Alt+End"),
)


class Stepper(QWidget):
    """Signals: position_changed, with the index of the stage."""

    position_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 1
        self._position = 0
        self.buttons: dict[str, QToolButton] = {}
        self.label = QLabel(self)
        self.label.setFont(theme.figures_font(self.font()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for key, text, tip, keys in _BUTTONS:
            row.addWidget(self._button(key, text, f"{tip}  ({key_text(keys)})"))
        row.addSpacing(6)
        row.addWidget(self.label)
        row.addStretch(1)
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._connect()
        self._show()

    def _button(self, key: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        self.buttons[key] = button
        return button

    def _connect(self) -> None:
        slots = {
            "first": self.go_first,
            "previous": self.go_back,
            "play": self.toggle_playing,
            "next": self.go_on,
            "last": self.go_last,
        }
        self._shortcuts = []
        for key, _, _, keys in _BUTTONS:
            self.buttons[key].clicked.connect(slots[key])
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slots[key])
            self._shortcuts.append(shortcut)

    @property
    def position(self) -> int:
        return self._position

    @property
    def is_playing(self) -> bool:
        return self._timer.isActive()

    def set_count(self, count: int, position: int) -> None:
        """Step through other stages from now on, at this position among them."""
        self._count = count
        self._go(position)
        self._show()

    def go_to(self, position: int) -> None:
        """Jump, and stop playing."""
        self.stop()
        self._go(position)

    def go_first(self) -> None:
        self.go_to(0)

    def go_back(self) -> None:
        self.go_to(self._position - 1)

    def go_on(self) -> None:
        self.go_to(self._position + 1)

    def go_last(self) -> None:
        self.go_to(self._count - 1)

    def stop(self) -> None:
        self._timer.stop()
        self._show()

    def toggle_playing(self) -> None:
        """Play from here (from the start when at the end), or stop."""
        if self._timer.isActive():
            self.stop()
            return
        if self._position == self._count - 1:
            self._go(0)
        self._timer.start()
        self._show()

    def _go(self, position: int) -> None:
        position = max(0, min(position, self._count - 1))
        if position != self._position:
            self._position = position
            self._show()
            self.position_changed.emit(position)

    def _show(self) -> None:
        self.label.setText(f"{self._position + 1} of {self._count}")
        self.buttons["play"].setText("Stop" if self._timer.isActive() else "Play")
        for key in ("first", "previous"):
            self.buttons[key].setEnabled(self._position > 0)
        for key in ("next", "last"):
            self.buttons[key].setEnabled(self._position < self._count - 1)

    def _on_timer_timeout(self) -> None:
        self._go(self._position + 1)
        if self._position == self._count - 1:
            self.stop()
