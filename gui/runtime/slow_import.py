"""Importing slow modules while the window stays responsive."""

import contextlib
import importlib
import sys
import threading
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from gui.runtime.qt_classes import make_qt_classes

QT_SECONDS: Final = 0.003
"""How long the main thread makes Qt classes in one turn of the event loop."""


class SlowImport(QObject):
    """Imports a module in its own thread, on request.

    The thread starts only when all Qt classes exist.

    Signals:
        ended: the module is imported, or importing it again raises the error.
    """

    ended = Signal()

    def __init__(self, module: str, parent: QObject) -> None:
        super().__init__(parent)
        self._module = module
        self.is_done = module in sys.modules
        self._thread = threading.Thread(target=self._import, name="glassbox-import")
        self._timer = QTimer(self)
        self._timer.setInterval(5)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Begin, unless begun already; `ended` is emitted later in any case."""
        if not self._timer.isActive():
            self._timer.start()

    def _import(self) -> None:
        with contextlib.suppress(ImportError):
            importlib.import_module(self._module)

    def _on_timer_timeout(self) -> None:
        has_begun = self.is_done or self._thread.ident is not None
        if not has_begun:
            if make_qt_classes(QT_SECONDS):
                self._thread.start()
        elif not self._thread.is_alive():
            self._timer.stop()
            self.is_done = True
            self.ended.emit()
