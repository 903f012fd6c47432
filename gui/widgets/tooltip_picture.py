"""A painted widget with a tooltip for each position in it."""

from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gui.widgets.plain_text import tip as plain_tip


class TooltipPicture(QWidget):
    """Its tooltip depends on the position of the mouse."""

    def tip_at(self, point: QPointF) -> str:
        """The tooltip at a position of the widget; "" for none."""
        raise NotImplementedError

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = self.tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), plain_tip(tip), self)
            return True
        return super().event(event)
