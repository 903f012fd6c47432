"""Reads a sheet as a pupil does: the printed numbers, and nothing else.

Arithmetic is that of fractions, so nothing is shared with what made the sheet.
"""

import re
from fractions import Fraction
from math import floor
from typing import TypeVar

from core.worksheets.model import Block, Cell, Diagram, Sheet, Table, Task, Text, Tiles

B = TypeVar("B", bound=Block)
_NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")


def number(text: str) -> Fraction:
    """The number that a text is."""
    return Fraction(text.replace("−", "-").replace(",", "").removesuffix(" %"))


def numbers(text: str) -> list[Fraction]:
    """Every number in a text, without its subscripts."""
    plain = re.sub(r"<su[bp]>[^<]*</su[bp]>", "", text)
    return [number(found) for found in _NUMBER.findall(plain)]


def half_up(value: Fraction | float, digits: int) -> Fraction:
    """Rounded as at school; a half goes away from zero."""
    exact, unit = Fraction(value), Fraction(10) ** digits
    size = Fraction(floor(abs(exact) * unit + Fraction(1, 2))) / unit
    return size if exact >= 0 else -size


def of_kind(sheet: Sheet, kind: type[B]) -> list[B]:
    return [block for block in sheet.blocks if isinstance(block, kind)]


def texts(sheet: Sheet) -> list[str]:
    return [block.html for block in of_kind(sheet, Text)]


def tables(sheet: Sheet) -> list[list[list[str]]]:
    """The cells of each table as texts, answers filled in."""
    return [
        [[cell.text for cell in row] for row in table.rows]
        for table in of_kind(sheet, Table)
    ]


def heads(sheet: Sheet) -> list[tuple[str, ...]]:
    return [table.header for table in of_kind(sheet, Table)]


def answers(sheet: Sheet) -> list[str]:
    return [task.answer for task in of_kind(sheet, Task)]


def weights(diagram: Diagram) -> dict[tuple[int, int, int], Fraction]:
    """By layer, unit and source."""
    return {
        (edge.layer, edge.target, edge.source): number(edge.value.text)
        for edge in diagram.edges
        if edge.value.text
    }


def biases(diagram: Diagram, layer: int) -> list[Fraction]:
    return [number(n.bias.text) for n in diagram.layers[layer] if n.bias is not None]


def left_out(sheet: Sheet) -> list[Cell]:
    """Every answer in a table or under a picture."""
    captions = [tile.caption for block in of_kind(sheet, Tiles) for tile in block.tiles]
    return [
        *(caption for caption in captions if caption.left_out),
        *(
            cell
            for table in of_kind(sheet, Table)
            for row in table.rows
            for cell in row
            if cell.left_out
        ),
    ]
