"""The sentence that a panel shows while it has no content."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from gui.style import theme


class PlaceholderLayout(QStackedLayout):
    """Shows either the content of a panel or the reason why there is none."""

    def __init__(self, panel: QWidget, content: QWidget) -> None:
        super().__init__(panel)
        self._reason = QLabel(panel)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason.setWordWrap(True)
        self._reason.setMargin(12)
        self._reason.setFont(theme.figures_font(panel.font()))
        self._reason.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._content = content
        self.addWidget(self._reason)
        self.addWidget(content)

    @property
    def reason(self) -> str:
        """Why there is no content; empty while it is shown."""
        empty = self.currentWidget() is self._reason
        return self._reason.text() if empty else ""

    def show_content(self) -> None:
        if self.currentWidget() is not self._content:
            self.setCurrentWidget(self._content)

    def show_reason(self, text: str) -> None:
        self._reason.setText(text)
        self.setCurrentWidget(self._reason)
