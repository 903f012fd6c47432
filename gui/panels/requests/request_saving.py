"""Writes the table of requests as CSV in a thread of its own."""

import threading
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from core.platform import atomic
from core.values.errors import FileError
from gui.panels.requests.request_csv import table_text
from gui.panels.requests.request_table import RequestTable


class RequestSaving(QObject):
    """One file being written, whole or not at all; the values are of one step.

    Signals:
        finished: empty, or the reason of a failure.
    """

    finished = Signal(str)

    def __init__(
        self,
        path: Path,
        table: RequestTable,
        names: tuple[str, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.path = path
        self._table, self._names = table, names
        self._reason = ""
        self._thread = threading.Thread(target=self._write, name="glassbox-table")
        self._timer = QTimer(self)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Write, and emit `finished` in the end."""
        self._thread.start()
        self._timer.start()

    def _write(self) -> None:
        try:
            text = table_text(self._table, self._names)
            atomic.write_bytes(self.path, text.encode())
        except FileError as error:
            self._reason = str(error)

    def _on_timer_timeout(self) -> None:
        if not self._thread.is_alive():
            self._timer.stop()
            self.finished.emit(self._reason)
