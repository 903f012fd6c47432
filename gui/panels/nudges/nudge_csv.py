"""Saves the nudge table as CSV, in parts between frames, whole or not at all."""

import csv
import io
import time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QIODevice, QObject, QSaveFile, QTimer, Signal

from gui.panels.nudges.nudge_rows import NudgeValues, exact_cells
from gui.panels.nudges.row_filter import Ids

HEADER: Final = ("parameter", "layer", "unit", "input", "value", "nudge", "change")
CHUNK: Final = 100
SLICE_SECONDS: Final = 0.008


def csv_text(values: NudgeValues, ids: Ids) -> str:
    """Rows as CSV without a header; layer counts from 1, the others from 0."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    for index in ids.tolist():
        name, *numbers = exact_cells(values, index)
        parameter = values.parameter(index)
        source = "" if parameter.source is None else parameter.source
        writer.writerow((name, parameter.layer, parameter.unit, source, *numbers))
    return stream.getvalue()


class CsvSaving(QObject):
    """One file being written; its values are of one step even during training.

    Signals:
        progressed: rows written so far.
        finished: empty, or the reason of a failure.
    """

    progressed = Signal(int)
    finished = Signal(str)

    def __init__(
        self,
        path: Path,
        values: NudgeValues,
        ids: Ids,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.path = path
        self._values, self._ids = values, ids
        self._row = 0
        self._file = QSaveFile(str(path), self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        """Write, and emit `finished` in the end."""
        if not self._file.open(QIODevice.OpenModeFlag.WriteOnly):
            self._end(self._file.errorString())
            return
        self._file.write((",".join(HEADER) + "\n").encode())
        self._timer.start(0)

    def cancel(self) -> None:
        """Stop, and leave the old file unchanged."""
        self._timer.stop()
        self._file.cancelWriting()
        self.finished.emit("cancelled")

    def _end(self, reason: str) -> None:
        self._timer.stop()
        self.finished.emit(reason)

    def _on_timer_timeout(self) -> None:
        until = time.perf_counter() + SLICE_SECONDS
        while self._row < len(self._ids) and time.perf_counter() < until:
            rows = self._ids[self._row : self._row + CHUNK]
            if self._file.write(csv_text(self._values, rows).encode()) < 0:
                self._end(self._file.errorString())
                return
            self._row += len(rows)
        self.progressed.emit(self._row)
        if self._row >= len(self._ids):
            self._end("" if self._file.commit() else self._file.errorString())
