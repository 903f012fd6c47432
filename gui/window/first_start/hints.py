"""Three hints after the first start, each of which goes when it was followed."""

from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from core.values.words import tr
from gui.style import tokens
from gui.widgets.fitted_text import FittedText
from gui.widgets.scaled_margins import ScaledMargins

COLOURS: Final = "colours"
STEP: Final = "step"
DRAW: Final = "draw"


class Hint(NamedTuple):
    """What to look at, and how it is followed."""

    key: str
    text: str


class HintStrip(QFrame):
    """Shows one hint after the other over the player.

    Signals:
        ended: all were followed or passed over.
    """

    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hint_strip")
        self._left: list[Hint] = []
        self._count = 0
        self._place, self._text = QLabel(self), FittedText(self)
        self._place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._next = QPushButton(tr("Next"), self)
        self._next.clicked.connect(self._pass_over)
        self._end = QPushButton(tr("No more hints"), self)
        self._end.clicked.connect(self.end)
        row = QHBoxLayout(self)
        ScaledMargins(
            row,
            (
                tokens.space("m"),
                tokens.space("close"),
                tokens.space("s"),
                tokens.space("close"),
            ),
            self,
        )
        row.addWidget(self._place)
        row.addWidget(self._text, 1)
        for button in (self._next, self._end):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.hide()

    @property
    def now(self) -> str:
        """The key of the hint that is shown, empty for none."""
        return self._left[0].key if self._left else ""

    @property
    def text(self) -> str:
        return self._text.text()

    def begin(self, hints: list[Hint]) -> None:
        """Show the first of them."""
        self._left, self._count = list(hints), len(hints)
        self._show_first()

    def follow(self, key: str) -> None:
        """It was done: the hint with this key is needed no more."""
        before = self.now
        self._left = [hint for hint in self._left if hint.key != key]
        if self.now != before:
            self._show_first()

    def end(self) -> None:
        """Nothing more is to be said."""
        self._left = []
        self._show_first()

    def _pass_over(self) -> None:
        self._left = self._left[1:]
        self._show_first()

    def _show_first(self) -> None:
        if not self._left:
            if self.isVisible() or not self.isHidden():
                self.hide()
                self.ended.emit()
            return
        number = self._count - len(self._left) + 1
        self._place.setText(tr("{number} of {count}", number=number, count=self._count))
        self._text.say(self._left[0].text)
        self._next.setVisible(len(self._left) > 1)
        self.show()
