"""The size of the window before the user has chosen one."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QScreen

from gui.style import tokens

WISHED: Final = QSize(*tokens.lengths("first_size.wished"))
WINDOW_FRAME: Final = QSize(*tokens.lengths("first_size.frame"))
"""Margin for the frame that a window manager may add."""


def first_size(screen: QScreen) -> QSize:
    """1600x1000, or the size of the screen."""
    if QGuiApplication.platformName() == "offscreen":
        return WISHED  # its 800x800 screen is not visible to anybody
    return WISHED.boundedTo(screen.availableSize() - WINDOW_FRAME)
