"""Stored states of a run, from which any other one is a short replay away.

The frames lie `spacing` steps apart or a little more. When they exceed their memory,
every second one is dropped and the spacing doubles: the whole run stays within reach,
and a replay takes the longer, the longer the run and the larger the network. 500
frames of 784-16-16-10 fit with every optimiser: after 100,000 steps a replay is some
256 steps at most, after a million some 2,048, less than a tenth of a second. Of
784-2048-2048-10 with SGD fit 8: an eighth of the run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar, runtime_checkable

from core.experiment.memory import MOST_FRAMES, ROOM_FOR_STATES, TRAIL_SHARE


@runtime_checkable
class HasStep(Protocol):
    """A state of a run."""

    @property
    def step(self) -> int: ...


P = TypeVar("P", bound=HasStep)


@dataclass(frozen=True, slots=True, eq=False)
class KeyFrame(Generic[P]):
    """A state, and the number of the run's changes before it."""

    place: P
    n_changes: int

    @property
    def step(self) -> int:
        return self.place.step


class KeyFrames(Generic[P]):
    """Mutable: frames in the order of their steps; the first one is never dropped.

    Args:
        begin: makes the initial state again, if not even that one has
            room.
        size_of: bytes that keeping a place takes.
        room: bytes for frames and trail together.
    """

    def __init__(
        self,
        begin: Callable[[], P],
        size_of: Callable[[P], int],
        room: int = ROOM_FOR_STATES,
    ) -> None:
        self._begin = begin
        self._size_of = size_of
        self._trail_bytes = room // TRAIL_SHARE
        self._frame_bytes = room - self._trail_bytes
        self._frames: list[KeyFrame[P]] = []
        self._trail: list[KeyFrame[P]] = []
        self._bytes = 0
        self.spacing = 1

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def bytes(self) -> int:
        """Bytes of the frames and the trail."""
        return self._bytes + sum(self._size_of(frame.place) for frame in self._trail)

    def offer(self, place: P, n_changes: int) -> None:
        """Keep a state of the newest step if it is far enough from the last one."""
        if self._frames and place.step < self._frames[-1].step + self.spacing:
            return
        size = self._size_of(place)
        while not self._has_room_for(size):
            if len(self._frames) <= 1:
                return
            self._thin()
            if place.step < self._frames[-1].step + self.spacing:
                return
        self._frames.append(KeyFrame(place, n_changes))
        self._bytes += size

    def leave_trail(self, places: list[P], n_changes: list[int]) -> None:
        """Keep the last states of a replay, instead of older ones."""
        self._trail.clear()
        room = self._trail_bytes
        for place, count in zip(reversed(places), reversed(n_changes), strict=True):
            room -= self._size_of(place)
            if room < 0:
                break
            self._trail.append(KeyFrame(place, count))

    def nearest(self, step: int) -> KeyFrame[P]:
        """The last frame at or before a step."""
        known = [f for f in (*self._frames, *self._trail) if f.step <= step]
        if not known:
            return KeyFrame(self._begin(), 0)
        return max(known, key=_order)

    def forget_after(self, step: int) -> None:
        """Drop all frames of later steps, and the trail."""
        self._frames = [frame for frame in self._frames if frame.step <= step]
        self._trail.clear()
        self._bytes = sum(self._size_of(frame.place) for frame in self._frames)

    def _has_room_for(self, size: int) -> bool:
        has_room = self._bytes + size <= self._frame_bytes
        return has_room and len(self._frames) < MOST_FRAMES

    def _thin(self) -> None:
        self.spacing *= 2
        kept = self._frames[:1]
        for frame in self._frames[1:]:
            if frame.step >= kept[-1].step + self.spacing:
                kept.append(frame)
        self._frames = kept
        self._bytes = sum(self._size_of(frame.place) for frame in kept)


def _order(frame: KeyFrame[P]) -> tuple[int, int]:
    return frame.step, frame.n_changes
