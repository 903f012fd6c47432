"""Makes panels before they are shown for the first time."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from gui.panels.base import PanelEntry
from gui.runtime.slow_import import SlowImport
from gui.session.view_state import View
from gui.window.panel_table import PanelsByKey

QUIET_MILLISECONDS: Final = 400
"""Pause after the first view, and between two panels: each takes a frame to make."""


class PanelPreloader(QObject):
    """Makes one panel after the other, so that every workspace opens smoothly.

    First the modules of all are imported in another thread, without a pause: a panel
    that the user asks for before its turn then costs the main thread no import.
    """

    def __init__(
        self, entries: Iterable[PanelEntry], panels: PanelsByKey, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._panels = panels
        self._left = list(entries)
        self._modules = list(dict.fromkeys(entry.module for entry in self._left))
        self._import: SlowImport | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(QUIET_MILLISECONDS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_done(self) -> bool:
        """Whether all panels exist."""
        return not self._left

    def see_view(self, view: View | None) -> None:
        """Begin when there is a network, unless its first step is still awaited."""
        if view is not None and (view.snapshot.step > 0 or not view.snapshot.playing):
            self._go_on()

    def _go_on(self) -> None:
        if self._left and self._import is None and not self._timer.isActive():
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        while self._left and self._left[0].key in self._panels:
            self._left.pop(0)
        if not self._left:
            return
        if self._modules:
            self._import_next()
            return
        if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start()  # a stroke or a drag must not stutter
            return
        self._panels[self._left.pop(0).key].prepare()
        self._go_on()

    def _import_next(self) -> None:
        self._import = SlowImport(self._modules[0], self)
        self._import.ended.connect(self._on_import_ended)
        self._import.start()

    def _on_import_ended(self) -> None:
        self._modules.pop(0)
        if self._modules:
            self._import_next()
            return
        self._import = None
        self._go_on()
