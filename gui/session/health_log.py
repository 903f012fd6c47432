"""The health of a run over its steps, in bounded memory."""

from bisect import bisect_right
from typing import Final

from core.protocol.health_record import HealthRecord

MOST: Final = 512
"""With more records every other one is dropped: a few megabytes for a deep network."""


class HealthLog:
    """Mutable, on the main thread: records in the order of their steps."""

    def __init__(self) -> None:
        self.records: list[HealthRecord] = []
        self.version = 0

    def add(self, record: HealthRecord) -> None:
        """Add a record; one of an earlier step removes the records after it."""
        if self.newest is record:
            return
        self.forget_after(record.step - 1)
        records = self.records
        records.append(record)
        if len(records) > MOST:
            # The first one is kept, so that the picture begins at the run's start.
            self.records = records[:-1:2] + records[-1:]
        self.version += 1

    def forget_after(self, step: int) -> None:
        """The run has gone to another line of steps, which parts here."""
        kept = bisect_right([known.step for known in self.records], step)
        if kept < len(self.records):
            del self.records[kept:]
            self.version += 1

    @property
    def newest(self) -> HealthRecord | None:
        return self.records[-1] if self.records else None
