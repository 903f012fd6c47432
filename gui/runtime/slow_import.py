"""Importing slow modules while the window stays responsive."""

import importlib
import sys
from functools import partial
from types import ModuleType
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from gui.runtime.qt_classes import make_qt_classes
from gui.runtime.worker import Worker

QT_SECONDS: Final = 0.003
"""How long the main thread makes Qt classes in one turn of the event loop."""


class SlowImport(QObject):
    """Imports a module in another thread, once it is asked to.

    That begins when it cannot be the first to ask for any class of Qt.

    Signals:
        ended: the module is imported, or importing it again raises the error.
    """

    ended = Signal()

    def __init__(self, module: str, parent: QObject) -> None:
        super().__init__(parent)
        self._module = module
        self.is_done = module in sys.modules
        self._worker = Worker(self)
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Begin, if that has not been done yet; `ended` comes in any case, later."""
        if not self._timer.isActive() and self._worker.is_idle:
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        if self.is_done:
            self._end()
        elif make_qt_classes(QT_SECONDS):
            self._timer.stop()
            job = partial(importlib.import_module, self._module)
            self._worker.submit(job, self._on_imported, self._on_failed)

    def _on_imported(self, _module: ModuleType) -> None:
        self._end()

    def _on_failed(self, _error: Exception) -> None:
        # Whoever imports it again is told.
        self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.is_done = True
        self.ended.emit()
