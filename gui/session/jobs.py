"""Side jobs of the runner for one panel: one at a time, the newest counts."""

import itertools
from typing import Final

from core.protocol.jobs import BeginJob, EndJob, JobAdvanced, JobEnded, JobRequest

_numbers: Final = itertools.count(1)


class JobSlot:
    """Mutable: the newest job of one panel; results of older ones are stale."""

    def __init__(self) -> None:
        self._job_id = 0
        self.is_busy = False

    def begin(self, request: JobRequest) -> tuple[BeginJob | EndJob, ...]:
        """The commands that replace the previous job by this one."""
        ended = self.end()
        self._job_id = next(_numbers)
        self.is_busy = True
        return (*ended, BeginJob(self._job_id, request))

    def end(self) -> tuple[EndJob, ...]:
        """The commands that end the job, if one is under way."""
        if not self.is_busy:
            return ()
        self.is_busy = False
        return (EndJob(self._job_id),)

    def accepts(self, event: JobAdvanced | JobEnded) -> bool:
        """Whether a message belongs to the newest job."""
        if event.job_id != self._job_id or not self.is_busy:
            return False
        if isinstance(event, JobEnded):
            self.is_busy = False
        return True
