"""A painted widget that has something to say about each place in it."""

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget


class TooltipPicture(QWidget):
    """Its tooltip is that of the place under the mouse."""

    def tip_at(self, point: QPointF) -> str:
        """What the tooltip says at a place of the widget; "" for none."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip, self)
            return True
        return super().event(event)
