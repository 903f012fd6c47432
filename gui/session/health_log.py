"""The health of a run over its steps, in bounded memory."""

from bisect import bisect_left
from typing import Final

from core.protocol.health_record import HealthRecord

MOST: Final = 512
"""With more records every other one is dropped: a few megabytes for a deep network."""


class HealthLog:
    """Mutable, on the main thread.

    Attributes:
        records: in the order of their steps; those after the shown step are kept.
        shown: the record of the step that is shown.
        version: grows with every change of these.
    """

    def __init__(self) -> None:
        self.records: list[HealthRecord] = []
        self.shown: HealthRecord | None = None
        self.version = 0

    def add(self, record: HealthRecord) -> None:
        """Add the record of the step that is shown now."""
        if self.shown is record:
            return
        self.shown = record
        place = bisect_left(self._steps, record.step)
        is_known = self._steps[place : place + 1] == [record.step]
        self.records[place : place + is_known] = [record]
        if len(self.records) > MOST:
            # The ends are kept, so that the picture is of the whole run.
            self.records = [
                one
                for k, one in enumerate(self.records)
                if k % 2 == 0 or one is record or one is self.records[-1]
            ]
        self.version += 1

    def forget_from(self, step: int) -> None:
        """The run has gone to another line of steps, which parts here.

        The weights of the step itself may have been edited on one of the lines.
        """
        kept = bisect_left(self._steps, step)
        if kept == len(self.records):
            return
        del self.records[kept:]
        if self.shown is not None and self.shown.step >= step:
            self.shown = self.records[-1] if self.records else None
        self.version += 1

    @property
    def _steps(self) -> list[int]:
        return [known.step for known in self.records]
