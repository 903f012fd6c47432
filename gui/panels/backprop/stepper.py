"""Previous, play, next: the buttons that step through the stages, and their keys."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from core.values.words import tr
from gui.style import tokens
from gui.style.key_names import key_text
from gui.widgets.icon_button import IconButton
from gui.widgets.scaled_margins import ScaledSpacing
from gui.widgets.strips.figures import Figures, figure

PLAY_MILLISECONDS: Final = 1000
_BUTTONS: Final = (
    ("previous", tr("Previous stage"), "Alt+Left"),
    ("play", tr("Advance automatically, one stage per second"), "Alt+P"),
    ("next", tr("Next stage"), "Alt+Right"),
)


class Stepper(QWidget):
    """Signals: position_changed, with the index of the stage."""

    position_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 1
        self._position = 0
        self.buttons: dict[str, IconButton] = {}
        self.figures = Figures(self)
        self.figures.setAccessibleName(tr("Shown stage"))
        self.figures.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(row, tokens.space("hair"), self)
        for key, tip, keys in _BUTTONS:
            row.addWidget(self._button(key, f"{tip}  ({key_text(keys)})"))
        row.addSpacing(tokens.space("m"))
        row.addWidget(self.figures)
        self._timer = QTimer(self)
        self._timer.setInterval(PLAY_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._connect()
        self._show()

    def _button(self, key: str, tip: str) -> IconButton:
        button = IconButton(key, tip, tip, self, fades=True)
        self.buttons[key] = button
        return button

    def _connect(self) -> None:
        slots = {
            "previous": self.go_back,
            "play": self.toggle_playing,
            "next": self.go_on,
        }
        by_keys = {"Alt+Home": self.go_first, "Alt+End": self.go_last}
        for key, _, keys in _BUTTONS:
            self.buttons[key].clicked.connect(slots[key])
            by_keys[keys] = slots[key]
        self._shortcuts = []
        for keys, slot in by_keys.items():
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(slot)
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
        told = self._told(self._position + 1)
        widest = self._told(self._count)
        self.figures.show_figures([figure(tr("Stage"), told, widest=widest)])
        playing = self._timer.isActive()
        self.buttons["play"].show_icon("pause" if playing else "play")
        self.buttons["previous"].setEnabled(self._position > 0)
        self.buttons["next"].setEnabled(self._position < self._count - 1)

    def _told(self, position: int) -> str:
        return tr("{position} of {count}", position=position, count=self._count)

    def _on_timer_timeout(self) -> None:
        self._go(self._position + 1)
        if self._position == self._count - 1:
            self.stop()
