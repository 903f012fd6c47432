"""Light and dark, and the lecture mode: how the whole window looks."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

LECTURE_SCALE: Final = 1.5
MIN_POINTS: Final = 10.0
SCHEMES: Final = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def set_scheme(app: QApplication, name: str) -> None:
    """Follow the system's colours, or be light or dark."""
    app.styleHints().setColorScheme(SCHEMES.get(name, Qt.ColorScheme.Unknown))


class TypeSize:
    """The size of all type: as the system has it, or for a lecture hall."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._base = QFont(app.font())
        if self._base.pointSizeF() < MIN_POINTS:
            self._base.setPointSizeF(MIN_POINTS)
        app.setFont(self._base)

    def set_lecture_mode(self, *, on: bool) -> None:
        """One and a half times the usual size, or the usual one."""
        font = QFont(self._base)
        if on:
            font.setPointSizeF(self._base.pointSizeF() * LECTURE_SCALE)
        self._app.setFont(font)
