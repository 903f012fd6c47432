"""The pen that keys move over the pad, for whoever draws without a mouse."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from core.values.words import tr

_KEY = Qt.Key
_MODIFIER = Qt.KeyboardModifier
WAYS: Final = {
    _KEY.Key_Left: (-1, 0),
    _KEY.Key_Right: (1, 0),
    _KEY.Key_Up: (0, -1),
    _KEY.Key_Down: (0, 1),
}
LARGE: Final = 4
"""Steps that are made at once with Shift."""


class KeyPen:
    """Stands in the middle of a pixel of the network's and goes from one to the next.

    Attributes:
        column: of the pixel.
        row: of the pixel.
    """

    def __init__(self) -> None:
        self._shape = (28, 28)
        self.row, self.column = 14, 14

    def fit(self, shape: tuple[int, int]) -> None:
        """Stand in the middle of an image of so many rows and columns."""
        if shape != self._shape:
            self._shape = shape
            self.row, self.column = shape[0] // 2, shape[1] // 2

    def move(self, event: QKeyEvent) -> None:
        """Go where an arrow says, as far as there are pixels."""
        across, down = WAYS[_KEY(event.key())]
        steps = LARGE if event.modifiers() & _MODIFIER.ShiftModifier else 1
        rows, columns = self._shape
        self.row = min(max(self.row + down * steps, 0), rows - 1)
        self.column = min(max(self.column + across * steps, 0), columns - 1)

    def place(self, pixel_side: int) -> tuple[float, float]:
        """Its x and y on a canvas with so many pixels for each of the network's."""
        return (self.column + 0.5) * pixel_side, (self.row + 0.5) * pixel_side

    def said(self, *, is_down: bool) -> str:
        """Where it is, for screen readers."""
        return tr(
            "pen {state} at column {column}, row {row}",
            state=tr("down") if is_down else tr("up"),
            column=self.column + 1,
            row=self.row + 1,
        )


def is_move(event: QKeyEvent) -> bool:
    """Whether it is an arrow, alone or with Shift."""
    held = event.modifiers() & ~(_MODIFIER.KeypadModifier | _MODIFIER.ShiftModifier)
    return event.key() in WAYS and not held
