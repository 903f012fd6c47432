"""Where the strips of panels stand: across the window, under the header."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget


class StripBar(QWidget):
    """Shows the strip of each panel that is in sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._strips: dict[str, QWidget] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def take(self, key: str, strip: QWidget) -> None:
        """Place the strip of a panel, which keeps filling it."""
        self._strips[key] = strip
        self._column.addWidget(strip)

    def of(self, key: str) -> QWidget | None:
        """The strip of a panel, if it has one."""
        return self._strips.get(key)

    def show_strip(self, key: str, on: bool) -> None:
        """Whether the panel is in sight."""
        strip = self._strips.get(key)
        if strip is not None:
            strip.setVisible(on)

    def minimumSizeHint(self) -> QSize:
        return self._column.minimumSize()
