"""Frames per second over the last second, for the status bar."""

import time
from collections import deque


class FrameMeter:
    """Counts drawn frames."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()

    def count(self) -> None:
        """Count one frame."""
        now = time.perf_counter()
        self._times.append(now)
        self._forget(now)

    @property
    def frames_per_second(self) -> int:
        self._forget(time.perf_counter())
        return len(self._times)

    def _forget(self, now: float) -> None:
        while self._times and self._times[0] < now - 1.0:
            self._times.popleft()
