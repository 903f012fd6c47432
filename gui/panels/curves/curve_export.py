"""The curves of a run as CSV, written in parts so that the window stays responsive."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from PySide6.QtCore import QIODevice, QObject, QSaveFile, QTimer, Signal

from gui.session.metrics_log import MetricsLog
from gui.session.step_series import Bins

HEADER: Final = "step,batch_loss,batch_accuracy,test_loss,test_accuracy\n"
BUCKET_HEADER: Final = (
    "first_step,last_step,"
    "batch_loss_mean,batch_loss_min,batch_loss_max,"
    "batch_accuracy_mean,batch_accuracy_min,batch_accuracy_max,"
    "test_loss,test_accuracy\n"
)
_CHUNK: Final = 10_000


def csv_chunks(metrics: MetricsLog) -> Iterator[str]:
    """Header, then the lines of some thousand steps at a time.

    One line a step from 0 on; a cell is empty where nothing was measured. The batch's
    values were taken before its step, the test set's after it. Where steps share a
    bucket, one line a bucket, after it one for each test reading in it.

    All that is written is as it was at the call.
    """
    losses = _copied(metrics.batch_losses.buckets())
    accuracies = _copied(metrics.batch_accuracies.buckets())
    tests = metrics.tests
    readings = [
        (int(step), f"{loss:.9g},{accuracy:.9g}")
        for step, loss, accuracy in zip(
            tests.steps, tests.losses, tests.accuracies, strict=True
        )
    ]
    if losses.width == 1:
        return _lines_of_steps(losses, accuracies, dict(readings))
    return _lines_of_buckets(losses, accuracies, readings)


def _lines_of_steps(
    losses: Bins, accuracies: Bins, tests: dict[int, str]
) -> Iterator[str]:
    yield HEADER
    if 0 in tests:
        yield f"0,,,{tests[0]}\n"
    for start in range(0, len(losses.means), _CHUNK):
        part = slice(start, start + _CHUNK)
        pairs = np.column_stack((losses.means[part], accuracies.means[part]))
        yield "".join(
            f"{step},{loss:.9g},{accuracy:.9g},{tests.get(step, ',')}\n"
            for step, (loss, accuracy) in enumerate(pairs.tolist(), start + 1)
        )


def _lines_of_buckets(
    losses: Bins, accuracies: Bins, tests: list[tuple[int, str]]
) -> Iterator[str]:
    yield BUCKET_HEADER
    written = 0
    columns = [
        column
        for bins in (losses, accuracies)
        for column in (bins.means, bins.lows, bins.highs)
    ]
    for start in range(0, len(losses.means), _CHUNK):
        part = slice(start, start + _CHUNK)
        lines = []
        edges = losses.edges[start : start + _CHUNK + 1].tolist()
        values = np.column_stack([column[part] for column in columns]).tolist()
        for first, last, row in zip(edges[:-1], edges[1:], values, strict=True):
            while written < len(tests) and tests[written][0] <= first:
                lines.append(_test_line(tests[written]))
                written += 1
            cells = ",".join(f"{value:.9g}" for value in row)
            lines.append(f"{first + 1},{last},{cells},,\n")
        yield "".join(lines)
    yield "".join(_test_line(reading) for reading in tests[written:])


def _test_line(reading: tuple[int, str]) -> str:
    step, cells = reading
    return f"{step},{step},,,,,,,{cells}\n"


def _copied(bins: Bins) -> Bins:
    """The log keeps changing while the file is written."""
    return replace(bins, lows=bins.lows.copy(), highs=bins.highs.copy())


class CurveExport(QObject):
    """Writes one file; the old one stays until the new one is complete.

    Signals:
        finished: the reason for a failure, empty on success.
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
