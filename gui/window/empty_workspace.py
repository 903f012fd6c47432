"""The text in the middle of the window when every panel is closed."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDockWidget, QLabel, QWidget

from core.values.words import tr
from gui.style import tokens

WORDS: Final = tr(
    "All panels are closed. View > Panels opens them one by one, View > Reset this "
    "workspace restores the original layout."
)


class EmptyWorkspace(QLabel):
    """Visible as long as no dock is shown."""

    def __init__(self, docks: Iterable[QDockWidget], parent: QWidget) -> None:
        super().__init__(WORDS, parent)
        self._docks = tuple(docks)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setWordWrap(True)
        self.setMargin(tokens.space("xl"))
        self.hide()
        for dock in self._docks:
            # Queued: while changing between workspaces no dock is shown for a moment.
            dock.visibilityChanged.connect(
                self._on_dock_visibility_changed, Qt.ConnectionType.QueuedConnection
            )

    def _on_dock_visibility_changed(self) -> None:
        self.setVisible(not any(dock.isVisible() for dock in self._docks))
