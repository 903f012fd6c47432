"""The curves of a run as a table in a file."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np

from core.values.words import tr
from gui.session.metrics_log import MetricsLog
from gui.session.save_request import SaveRequest
from gui.session.step_series import Bins
from gui.session.table_file import table_request

HEADER: Final = "step,batch_loss,batch_accuracy,test_loss,test_accuracy\n"
BUCKET_HEADER: Final = (
    "first_step,last_step,"
    "batch_loss_mean,batch_loss_min,batch_loss_max,"
    "batch_accuracy_mean,batch_accuracy_min,batch_accuracy_max,"
    "test_loss,test_accuracy\n"
)
_CHUNK: Final = 10_000


@dataclass(frozen=True, slots=True, eq=False)
class CurveTable:
    """The curves of a run as they were at one moment: the log goes on to change.

    Attributes:
        readings: steps at which the test set was read, with their cells.
    """

    losses: Bins
    accuracies: Bins
    readings: tuple[tuple[int, str], ...]

    @classmethod
    def of(cls, metrics: MetricsLog) -> "CurveTable":
        tests = metrics.tests
        readings = tuple(
            (int(step), f"{loss:.9g},{_share(accuracy)}")
            for step, loss, accuracy in zip(
                tests.steps, tests.losses, tests.accuracies, strict=True
            )
        )
        losses, accuracies = metrics.batch_losses, metrics.batch_accuracies
        return cls(_copied(losses.buckets()), _copied(accuracies.buckets()), readings)

    def csv_chunks(self) -> Iterator[str]:
        """Header, then the lines of some thousand steps at a time.

        One line a step from 0 on; a cell is empty where nothing was measured. The
        batch's values were taken before its step, the test set's after it. Where steps
        share a bucket, one line a bucket, after it one for each test reading in it.
        """
        if self.losses.width == 1:
            return _lines_of_steps(self.losses, self.accuracies, dict(self.readings))
        return _lines_of_buckets(self.losses, self.accuracies, self.readings)


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
            f"{step},{loss:.9g},{_share(accuracy)},{tests.get(step, ',')}\n"
            for step, (loss, accuracy) in enumerate(pairs.tolist(), start + 1)
        )


def _lines_of_buckets(
    losses: Bins, accuracies: Bins, tests: tuple[tuple[int, str], ...]
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
            cells = ",".join(
                [*(f"{loss:.9g}" for loss in row[:3]), *map(_share, row[3:])]
            )
            lines.append(f"{first + 1},{last},{cells},,\n")
        yield "".join(lines)
    yield "".join(_test_line(reading) for reading in tests[written:])


def _share(accuracy: float) -> str:
    """Empty where the data have no classes, or the network gives no answer."""
    return "" if math.isnan(accuracy) else f"{accuracy:.9g}"


def _test_line(reading: tuple[int, str]) -> str:
    step, cells = reading
    return f"{step},{step},,,,,,,{cells}\n"


def _copied(bins: Bins) -> Bins:
    return replace(bins, lows=bins.lows.copy(), highs=bins.highs.copy())


def curves_request(metrics: MetricsLog) -> SaveRequest:
    """To write all curves of a run, as they are now."""
    return table_request(
        tr("Curves"), "curves", partial(_lines, CurveTable.of(metrics))
    )


def _lines(table: CurveTable) -> Iterator[bytes]:
    return (chunk.encode("ascii") for chunk in table.csv_chunks())
