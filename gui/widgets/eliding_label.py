"""A label that shortens its line to the available width."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget


class ElidingLabel(QLabel):
    """`text()` is the whole line; what is cut off on the screen ends in an ellipsis."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = ""

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(
            self._line, Qt.TextElideMode.ElideRight, self.contentsRect().width()
        )
        if shown != super().text():
            super().setText(shown)

    def text(self) -> str:
        return self._line

    def setText(self, text: str) -> None:  # noqa: N802
        self._line = text
        self._elide()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance("\N{HORIZONTAL ELLIPSIS}"), metrics.height()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._elide()
