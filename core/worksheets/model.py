"""A worksheet as frozen values: what is printed, and what is left out.

Texts are HTML with b, i, sub and sup alone. The sheet and its answers are one value,
drawn twice.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a place, or is to be written there by hand."""

    text: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    html: str


@dataclass(frozen=True, slots=True)
class Task:
    """A question with lines for the answer.

    Attributes:
        ask: the question.
        answer: as the key says it.
        lines: to write on.
    """

    ask: str
    answer: str
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header; the first column names the row."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A unit or an input of a drawn network.

    Attributes:
        name: above it.
        value: in it.
        bias: beside an arc around it; None draws none.
    """

    name: str
    value: Cell | None = None
    bias: Cell | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """A weight of a drawn network, into the layer counted from 1."""

    layer: int
    source: int
    target: int
    value: Cell
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class Diagram:
    """A network: inputs first."""

    layers: tuple[tuple[Node, ...], ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A small picture of numbers from -1 to 1 (0 is paper), with a caption."""

    rows: tuple[tuple[float, ...], ...]
    caption: Cell
    has_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Tiles:
    """Small pictures side by side."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """Values at equal distances, with a name in the margin."""

    name: Cell
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Curves:
    """Small plots side by side, each with an axis of its own from 0."""

    curves: tuple[Curve, ...]


Block = Text | Task | Table | Diagram | Tiles | Curves


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page for one pupil.

    Attributes:
        key: of the lesson.
        seed: the same gives the same sheet; 0 has the numbers of the lesson.
        blocks: from top to bottom.
    """

    key: str
    title: str
    seed: int
    blocks: tuple[Block, ...]
