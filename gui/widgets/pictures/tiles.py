"""What a gallery asks of the examples it shows: pictures, words and marks."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray, IntArray

GUESS_HEADER: Final = "read as"
"""The column of a list that names the network's guess, and carries the mark."""


@dataclass(frozen=True, slots=True)
class Tile:
    """What stands under one picture.

    Attributes:
        lines: as many as the source's `line_count`.
        right: whether the network reads it right; None when nobody has asked yet.
        change: how far the loss moved, -1 to 1 of the longest bar; None draws none.
    """

    lines: tuple[str, ...]
    right: bool | None = None
    change: float | None = None


class TileSource(Protocol):
    """A list of examples, in the order in which they are shown."""

    @property
    def order(self) -> IntArray:
        """What each position shows: an index into the split or the batch."""

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """(rows, columns), or None for data that is no image."""

    @property
    def line_count(self) -> int:
        """Lines of text under each picture."""

    @property
    def has_changes(self) -> bool:
        """Whether tiles keep room for a bar that shows how the loss moved."""

    @property
    def widest_line(self) -> str:
        """A line as wide as the widest, so that tiles need not be measured."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Columns of the list that stands in for pictures."""

    def inputs(self, positions: IntArray) -> npt.NDArray[np.uint8] | FloatArray:
        """(len(positions), n_in)."""

    def tile(self, position: int) -> Tile: ...

    def cells(self, position: int) -> tuple[str, ...]:
        """One text for each header."""

    def tooltip(self, position: int) -> str:
        """The same in full."""


def position_of(order: IntArray, index: int | None) -> int | None:
    """Where `index` stands in the order, None when it is not shown."""
    if index is None:
        return None
    found = np.flatnonzero(order == index)
    return int(found[0]) if len(found) else None
