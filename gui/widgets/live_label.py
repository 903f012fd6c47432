"""A label of live figures that does not trigger a layout of its window."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QLabel

_LARGEST = (1 << 24) - 1
"""Qt's constant for an unlimited size."""


class LiveLabel(QLabel):
    """It only ever grows, so that its figures do not shift their neighbours.

    A plain label asks for a new layout of the whole window with every text.
    """

    _widest = ""

    def reserve(self, text: str) -> None:
        """Make the label wide enough for this text."""
        margins = self.contentsMargins()
        around = 2 * self.margin()
        metrics = self.fontMetrics()
        needed = metrics.size(0, text) + QSize(
            margins.left() + margins.right() + around + metrics.averageCharWidth(),
            margins.top() + margins.bottom() + around,
        )
        size = needed.expandedTo(self.minimumSize())
        if size != self.minimumSize() or self.maximumSize() != size:
            self.setFixedSize(size)

    def keep_room_for(self, text: str) -> None:
        """Never be narrower than this text, whatever the font."""
        self._widest = text
        self.reserve(text)

    def forget_size(self) -> None:
        """Shrink to the current text, and what there is always room for."""
        self.setMinimumSize(0, 0)
        self.setMaximumSize(_LARGEST, _LARGEST)
        self.reserve(self.text())
        if self._widest:
            self.reserve(self._widest)

    def setText(self, text: str) -> None:  # noqa: N802
        if text != self.text():
            self.reserve(text)
            super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.forget_size()
