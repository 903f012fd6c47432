"""Stored states of a run, from which any other one is a short replay away.

The frames lie `spacing` steps apart or a little more. When they exceed their memory,
every second one is dropped and the spacing doubles: the whole run stays within reach,
and a replay takes the longer, the longer the run and the larger the network. 500
frames of 784-16-16-10 fit with every optimiser: after 100,000 steps a replay is some
256 steps at most, after a million some 2,048, less than a tenth of a second. Of
784-2048-2048-10 with SGD fit 8: an eighth of the run.
"""

from collections.abc import Callable, Container, Iterable
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
        self._aside: dict[int, list[KeyFrame[P]]] = {}
        self._bytes = self._aside_bytes = 0
        self.spacing = 1

    def __len__(self) -> int:
        return len(self._frames)

    @property
    def bytes(self) -> int:
        """Bytes of the frames, the trail, and what is set aside."""
        return self._bytes + self._aside_bytes + self._size(self._trail)

    def offer(self, place: P, n_changes: int) -> None:
        """Keep a state of the newest step if it is far enough from the last one."""
        if self._frames and place.step < self._frames[-1].step + self.spacing:
            return
        size = self._size_of(place)
        while not self._has_room_for(size):
            if len(self._frames) < MOST_FRAMES and self._thin_aside():
                continue  # what is shown comes before what was left
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

    @property
    def kept(self) -> tuple[P, ...]:
        """The states of the frames, in the order of their steps."""
        return tuple(frame.place for frame in self._frames)

    def set_aside(self, step: int, number: int) -> None:
        """Put the frames of later steps aside under a number, or drop them for 0."""
        later = [frame for frame in self._frames if frame.step > step]
        self._frames = self._frames[: len(self._frames) - len(later)]
        self._trail.clear()
        self._bytes = self._size(self._frames)
        if number and later:
            self._aside[number] = later
        self._note_aside()
        while self._aside and not self._may_keep_aside():
            self._thin_aside()

    def bring_back(self, number: int, step: int) -> None:
        """The frames of a number are those after a step, where no others are."""
        frames = self._aside.pop(number, [])
        self._note_aside()
        self._frames += [frame for frame in frames if frame.step > step]
        self._bytes = self._size(self._frames)

    def keep_aside(self, numbers: Container[int]) -> None:
        """Drop what is set aside under other numbers."""
        for number in [number for number in self._aside if number not in numbers]:
            del self._aside[number]
            self._note_aside()

    def _has_room_for(self, size: int) -> bool:
        has_room = self._bytes + self._aside_bytes + size <= self._frame_bytes
        return has_room and len(self._frames) < MOST_FRAMES

    def _may_keep_aside(self) -> bool:
        count = sum(len(frames) for frames in self._aside.values())
        has_room = self._bytes + self._aside_bytes <= self._frame_bytes
        return has_room and count <= MOST_FRAMES

    def _note_aside(self) -> None:
        self._aside_bytes = sum(map(self._size, self._aside.values()))

    def _thin_aside(self) -> bool:
        """Give up every second frame of the branch that has the most.

        Its last one stays longest: there the journey to a branch ends.

        Returns:
            Whether there was one.
        """
        if not self._aside:
            return False
        number = max(self._aside, key=lambda number: len(self._aside[number]))
        left = self._aside[number][::-2][::-1]
        if len(left) < len(self._aside[number]):
            self._aside[number] = left
        else:
            del self._aside[number]
        self._note_aside()
        return True

    def _thin(self) -> None:
        self.spacing *= 2
        kept = self._frames[:1]
        for frame in self._frames[1:]:
            if frame.step >= kept[-1].step + self.spacing:
                kept.append(frame)
        self._frames = kept
        self._bytes = self._size(kept)

    def _size(self, frames: Iterable[KeyFrame[P]]) -> int:
        return sum(self._size_of(frame.place) for frame in frames)


def is_later(frame: KeyFrame[P], other: KeyFrame[P]) -> bool:
    """Whether a state comes after another one of the same line."""
    return _order(frame) > _order(other)


def _order(frame: KeyFrame[P]) -> tuple[int, int]:
    return frame.step, frame.n_changes
