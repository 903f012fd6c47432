"""The place of a map that the arrow keys have reached."""

from typing import Final

from PySide6.QtCore import Qt

from gui.widgets.plots.field import Field

Place = tuple[float, float]

MOVES: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
CHOOSES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
PLACES: Final = 40
"""Along each side."""


def moved(field: Field, place: Place | None, key: Qt.Key) -> Place:
    """The next place of a field; the middle where there is none yet."""
    ends = tuple((float(axis[0]), float(axis[-1])) for axis in (field.x, field.y))
    if place is None:
        return (ends[0][0] + ends[0][1]) / 2, (ends[1][0] + ends[1][1]) / 2
    at = [
        min(max(here + way * (high - low) / PLACES, low), high)
        for here, way, (low, high) in zip(place, MOVES[key], ends, strict=True)
    ]
    return at[0], at[1]
