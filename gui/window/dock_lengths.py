"""The lengths of docks in a room, and how they get them again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow

Docks = Mapping[str, QDockWidget]


@dataclass(frozen=True, slots=True)
class Lengths:
    """What a user has made of a room.

    Attributes:
        room: width and height of all docks together.
        of: width and height of each dock in sight, by key.
    """

    room: tuple[int, int]
    of: Mapping[str, tuple[int, int]]

    @classmethod
    def now(cls, docks: Docks) -> Self | None:
        """Those that docks have; None while none is in sight."""
        shown = placed(docks)
        sizes = {key: (dock.width(), dock.height()) for key, dock in shown.items()}
        return cls(room_of(docks).toTuple(), sizes) if shown else None

    @classmethod
    def read(cls, text: str) -> Self | None:
        """From a text of `written`; None where it is another one."""
        try:
            room, of = json.loads(text)
            width, height = room
            sizes = {str(key): (int(w), int(h)) for key, (w, h) in of.items()}
            return cls((int(width), int(height)), sizes)
        except (ValueError, TypeError, AttributeError):
            return None

    def written(self) -> str:
        return json.dumps([self.room, dict(self.of)])

    def give(self, window: QMainWindow, docks: Docks) -> None:
        """Have docks get them, as far as there is room."""
        shown = [key for key in placed(docks) if key in self.of]
        if not shown:
            return
        found = [docks[key] for key in shown]
        for place, orientation in enumerate(
            (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
        ):
            # All of them at once: the length of one alone is taken from its
            # neighbours, which have not been given theirs yet.
            lengths = [max(1, self.of[key][place]) for key in shown]
            window.resizeDocks(found, lengths, orientation)


def placed(docks: Docks) -> dict[str, QDockWidget]:
    """The docks in sight that have a place in the window."""
    return {
        key: dock
        for key, dock in docks.items()
        # One behind a tab is as visible to Qt, and lies beyond the left edge.
        if dock.isVisible() and not dock.isFloating() and dock.x() >= 0
    }


def room_of(docks: Docks) -> QSize:
    """What the docks in sight fill together."""
    room = QRect()
    for dock in placed(docks).values():
        room |= dock.geometry()
    return room.size()
