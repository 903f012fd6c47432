"""The curves of a run as CSV, written bit by bit so that the window stays awake."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QIODevice, QObject, QSaveFile, QTimer, Signal

from gui.metrics_log import MetricsLog

HEADER: Final = "step,batch_loss,batch_accuracy,test_loss,test_accuracy\n"
_CHUNK: Final = 10_000


def csv_chunks(metrics: MetricsLog) -> Iterator[str]:
    """Header, then the lines of some thousand steps at a time.

    One line a step from 0 on; a cell is empty where nothing was measured. The batch's
    values were taken before its step, the test set's after it.
    """
    losses = metrics.batch_losses.values
    accuracies = metrics.batch_accuracies.values
    tests = {
        int(step): f"{loss:.9g},{accuracy:.9g}"
        for step, loss, accuracy in zip(
            metrics.test_steps.values,
            metrics.test_losses.values,
            metrics.test_accuracies.values,
            strict=True,
        )
    }
    yield HEADER
    if 0 in tests:
        yield f"0,,,{tests[0]}\n"
    for start in range(0, len(losses), _CHUNK):
        pairs = np.column_stack(
            (losses[start : start + _CHUNK], accuracies[start : start + _CHUNK])
        )
        yield "".join(
            f"{step},{loss:.9g},{accuracy:.9g},{tests.get(step, ',')}\n"
            for step, (loss, accuracy) in enumerate(pairs.tolist(), start + 1)
        )


class CurveExport(QObject):
    """Writes one file; the old one stays until the new one is complete.

    Signals:
        finished: the reason why it did not work, empty when it did.
    """

    finished = Signal(str)

    def __init__(self, path: Path, metrics: MetricsLog, parent: QObject) -> None:
        super().__init__(parent)
        self._chunks = csv_chunks(metrics)
        self._file = QSaveFile(str(path), self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timer_timeout)

    def start(self) -> None:
        if self._file.open(QIODevice.OpenModeFlag.WriteOnly):
            self._timer.start(0)
        else:
            self.finished.emit(self._reason())

    def _reason(self) -> str:
        return f"{self._file.fileName()}: {self._file.errorString()}"

    def _on_timer_timeout(self) -> None:
        chunk = next(self._chunks, None)
        if chunk is not None:
            self._file.write(chunk.encode("ascii"))
            return
        self._timer.stop()
        self.finished.emit("" if self._file.commit() else self._reason())
