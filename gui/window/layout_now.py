"""Layouts of the main window: which size it bears, and when new places are taken."""

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLayout, QMainWindow

from gui.style import tokens

LAYOUT_ROUNDS: Final = 4
LEAST_SIZE: Final = tokens.lengths("layout_now.least_size")
"""Below, nothing can be read, whatever gives way."""


def lay_out_now() -> None:
    """Have done what Qt would do later: new places, and bars of tabs deleted."""
    # What is deleted asks for a layout again, which deletes what is left: a bar
    # that goes while Qt styles all widgets would crash the program.
    for _ in range(LAYOUT_ROUNDS):
        for kind in (QEvent.Type.LayoutRequest, QEvent.Type.DeferredDelete):
            QApplication.sendPostedEvents(None, kind)


def bear_any_size(window: QMainWindow) -> None:
    """Docks would widen the window beyond the screen, and it would stay so."""
    layout = window.layout()
    assert layout is not None
    layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
    window.setMinimumSize(*LEAST_SIZE)
