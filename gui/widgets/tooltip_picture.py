"""A painted widget with a tooltip for each position in it."""

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget


class TooltipPicture(QWidget):
    """Its tooltip depends on the position of the mouse, where it has one there.

    The watch of `gui.widgets.tips` asks for it, here and wherever else a widget has a
    method of this name; one named `tip_rect` says what a tip of a place explains.
    """

    def tip_at(self, point: QPointF) -> str:
        """The tooltip at a position of the widget; "" for that of the whole widget."""
        del point
        return ""
