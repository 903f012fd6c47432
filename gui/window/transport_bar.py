"""The tool bar: its buttons lose their texts if the window is too narrow."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QToolBar, QWidget

_STYLE = Qt.ToolButtonStyle


class TransportBar(QToolBar):
    """Actions, then controls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Transport", parent)
        self.setObjectName("transport")
        self.setMovable(False)
        self.setToolButtonStyle(_STYLE.ToolButtonTextBesideIcon)
        self._width_with_texts = 0

    def rename(self, action: QAction, text: str) -> None:
        """Change the text of a button, which keeps its largest width so far."""
        button = self.widgetForAction(action)
        button.setMinimumWidth(max(button.minimumWidth(), button.sizeHint().width()))
        action.setText(text)

    def _fit(self) -> None:
        if self.toolButtonStyle() == _STYLE.ToolButtonTextBesideIcon:
            self._width_with_texts = self.sizeHint().width()
        has_room = self.width() >= self._width_with_texts
        self.setToolButtonStyle(
            _STYLE.ToolButtonTextBesideIcon if has_room else _STYLE.ToolButtonIconOnly
        )
        if not has_room:
            self._forget_widths()

    def _forget_widths(self) -> None:
        for action in self.actions():
            if action.icon().isNull():
                continue
            self.widgetForAction(action).setMinimumWidth(0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._forget_widths()
            self.setToolButtonStyle(_STYLE.ToolButtonTextBesideIcon)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
