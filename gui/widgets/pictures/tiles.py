"""What a gallery needs of its examples: images, texts and marks."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from core.arrays import FloatArray, IntArray
from core.values.words import tr

GUESS_HEADER: Final = tr("predicted")
"""The header of the column with the network's prediction and its mark."""


@dataclass(frozen=True, slots=True)
class Tile:
    """The contents under one image.

    Attributes:
        lines: as many as the source's `line_count`.
        right: whether the prediction is correct; None while it is not known.
        change: change of the loss, -1 to 1 of the longest bar; None draws none.
    """

    lines: tuple[str, ...]
    right: bool | None = None
    change: float | None = None


class TileSource(Protocol):
    """A list of examples, in the order in which they are shown."""

    @property
    def order(self) -> IntArray:
        """The example at each position: an index into the split or the batch."""

    @property
    def said_column(self) -> int:
        """Of what the network answers, in a table."""

    @property
    def image_shape(self) -> tuple[int, int] | None:
        """(rows, columns), or None for data that are not images."""

    @property
    def line_count(self) -> int:
        """Lines of text under each picture."""

    @property
    def has_changes(self) -> bool:
        """Whether tiles have space for a bar with the change of the loss."""

    @property
    def widest_line(self) -> str:
        """A line as wide as the widest, so that tiles need not be measured."""

    @property
    def headers(self) -> tuple[str, ...]:
        """Columns of the list that replaces images."""

    def pictures(self, positions: IntArray) -> FloatArray:
        """The examples as images, 0 to 1: (n, rows, columns), or with 3 colours."""

    def tile(self, position: int) -> Tile: ...

    def cells(self, position: int) -> tuple[str, ...]:
        """The cells of a row: one text for each header."""

    def tooltip(self, position: int) -> str:
        """The full description of an example."""


def position_of(order: IntArray, index: int | None) -> int | None:
    """Position of `index` in the order, None when it is not shown."""
    if index is None:
        return None
    found = np.flatnonzero(order == index)
    return int(found[0]) if len(found) else None
