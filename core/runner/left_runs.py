"""Runs that were left lately, whole, so that undo can bring one back."""

from collections.abc import Callable
from typing import Final

from core.experiment.memory import room_for_left_runs
from core.platform.free_memory import available_bytes
from core.protocol.messages import KEPT_RUNS
from core.runner.loading import LoadedRun

Room = Callable[[], int]


def free_room() -> int:
    """Bytes that the runs left may take on this machine now."""
    return room_for_left_runs(available_bytes())


class LeftRuns:
    """Mutable: the newest ones that fit into the room, by their numbers.

    Args:
        room: bytes for all of them together, asked for at each run that is left.
        most: runs at the most.
    """

    def __init__(self, room: Room = free_room, most: int = KEPT_RUNS) -> None:
        self._room: Final = room
        self._most = most
        self._runs: dict[int, LoadedRun] = {}

    @property
    def bytes(self) -> int:
        """What they take, data counted for each."""
        return sum(left.run.bytes for left in self._runs.values())

    @property
    def numbers(self) -> frozenset[int]:
        """The runs that can come back."""
        return frozenset(self._runs)

    def keep(self, run_id: int, left: LoadedRun) -> None:
        """Keep a run; the oldest give way."""
        self._runs[run_id] = left
        room = self._room()
        while self._runs and (len(self._runs) > self._most or self.bytes > room):
            del self._runs[next(iter(self._runs))]

    def take(self, run_id: int) -> LoadedRun | None:
        """The run of this number, which is kept no longer; None if it is not here."""
        return self._runs.pop(run_id, None)

    def clear(self) -> None:
        """Another run needs the room."""
        self._runs.clear()
