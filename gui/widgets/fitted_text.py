"""A text in a tool bar, as high as its lines need."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QWidget

MOST_LINES: Final = 5


class FittedText(QLabel):
    """A text as high as its lines need at its width: a tool bar does not ask for that.

    By Qt's guess, which knows no width, it would be twice as high and push the
    window's lower edge down.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFixedHeight(self.fontMetrics().lineSpacing())

    def say(self, text: str) -> None:
        self.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        if self.isVisible():  # else its width is not known yet
            line = self.fontMetrics().lineSpacing()
            # Qt counts the least height as needed, which is that of the last text.
            self.setMinimumHeight(0)
            needed = self.heightForWidth(self.width())
            self.setFixedHeight(min(max(needed, line), MOST_LINES * line))
