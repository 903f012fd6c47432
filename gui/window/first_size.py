"""The size of the window before the user has chosen one."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QScreen

WISHED: Final = QSize(1600, 1000)
WINDOW_FRAME: Final = QSize(8, 40)
"""What a window manager may add around the window."""


def first_size(screen: QScreen) -> QSize:
    """1600x1000, or what the screen has."""
    if QGuiApplication.platformName() == "offscreen":
        return WISHED  # its screen is an 800x800 that nobody looks at
    return WISHED.boundedTo(screen.availableSize() - WINDOW_FRAME)
