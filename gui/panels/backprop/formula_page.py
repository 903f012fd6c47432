"""A page of formulas as data, and its two forms: rich text, and plain text to copy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from operator import attrgetter
from typing import Final, Literal

from gui.style.symbols import Symbol

SYMBOL_SIZE: Final = 1.5
"""How much larger symbols are than text, so that no index is under 10 pt."""


@dataclass(frozen=True, slots=True)
class Part:
    """A factor or an operator of a formula, with the number under it.

    Attributes:
        over: the numerator of a fraction, or what stands alone: words with a space
            between them, symbols as their markup (see gui.style.symbols).
        under: the denominator; empty where there is no fraction.
        number: its value.
        caption: its meaning.
        latex: how it is typeset, where `over` and `under` do not say it.
    """

    over: str
    under: str = ""
    number: str = ""
    caption: str = ""
    latex: str = ""

    @property
    def is_operator(self) -> bool:
        return not self.caption and not self.under

    @property
    def plain(self) -> str:
        over, under = plain_text(self.over), plain_text(self.under)
        return f"{over}/{under}" if self.under else over


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class FormulaLine:
    text: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """Symbols in a row, their numbers under them, and words under those."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; the first column to the left, the others to the right."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    last_is_sum: bool = False


Block = Heading | FormulaLine | Formula | Table
Page = tuple[Block, ...]
Colours = dict[Literal["ink", "faint"], str]
PictureOf = Callable[[Part], str | None]


def to_html(
    page: Page, colours: Colours, points: float, picture_of: PictureOf | None = None
) -> str:
    """For a QTextBrowser whose text is `points` large.

    Args:
        page: what to show.
        colours: of text.
        points: size of text.
        picture_of: gives the tag of a typeset symbol, or None while it is not there;
            a formula is typeset as a whole or not at all.
    """
    return "".join(_block_html(block, colours, points, picture_of) for block in page)


def to_text(page: Page) -> str:
    """The page as plain text, for the clipboard."""
    return "\n".join(_block_text(block) for block in page) + "\n"


def rich_text(text: str) -> str:
    """Markup as rich text, each symbol with its layer and unit."""
    return " ".join(
        _written(word, attrgetter("html"), escape) for word in text.split(" ")
    )


def plain_text(text: str) -> str:
    """Markup as text, each symbol with its layer and unit."""
    return " ".join(_written(word, str, str) for word in text.split(" "))


def _written(
    word: str, write: Callable[[Symbol], str], other: Callable[[str], str]
) -> str:
    """Each side of a fraction in a line by itself."""
    sides = []
    for side in word.split("/"):
        symbol = Symbol.read(side)
        sides.append(other(side) if symbol is None else write(symbol))
    return "/".join(sides)


def _block_html(
    block: Block, colours: Colours, points: float, picture_of: PictureOf | None
) -> str:
    if isinstance(block, Heading):
        return f"<p style='margin:8px 0 2px 0;font-weight:600'>{escape(block.text)}</p>"
    if isinstance(block, FormulaLine):
        colour = colours["faint" if block.faint else "ink"]
        text = escape(block.text)
        return f"<p style='margin:2px 0;color:{colour}'>{text}</p>"
    if isinstance(block, Table):
        return _table_html(block, colours)
    if picture_of is not None:
        pictures = [picture_of(part) for part in block.parts]
        if all(picture is not None for picture in pictures):
            return _typeset_html(block, [p for p in pictures if p], colours)
    return _formula_html(block, colours, points)


def _typeset_html(formula: Formula, pictures: list[str], colours: Colours) -> str:
    """Symbols as pictures, whose fraction bars are at half their height."""
    cells = [f"<td align='center' valign='middle'>{tag}</td>" for tag in pictures]
    numbers, caption = _numbers_and_captions(formula, colours)
    has_numbers = any(part.number for part in formula.parts)
    lines = (cells, *([numbers] if has_numbers else []), caption)
    rows = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return f"<table cellspacing='0' cellpadding='4' style='margin:4px 0'>{rows}</table>"


def _numbers_and_captions(
    formula: Formula, colours: Colours
) -> tuple[list[str], list[str]]:
    numbers, caption = [], []
    for part in formula.parts:
        number = part.number or (part.over if part.is_operator else "")
        numbers.append(f"<td align='center'>{escape(number)}</td>")
        caption.append(
            f"<td align='center' style='color:{colours['faint']}'>"
            f"{escape(part.caption)}</td>"
        )
    return numbers, caption


def _formula_html(formula: Formula, colours: Colours, points: float) -> str:
    large = f"font-size:{points * SYMBOL_SIZE:.1f}pt"
    bar = f"border-bottom:1px solid {colours['ink']}"
    over, under = [], []
    numbers, caption = _numbers_and_captions(formula, colours)
    has_numbers = any(part.number for part in formula.parts)
    for part in formula.parts:
        symbol = rich_text(part.over)
        if part.under:
            over.append(f"<td align='center' style='{large};{bar}'>{symbol}</td>")
            below = rich_text(part.under)
            under.append(f"<td align='center' style='{large}'>{below}</td>")
        else:
            over.append(
                f"<td rowspan='2' align='center' valign='middle' style='{large}'>"
                f"{symbol}</td>"
            )
    lines = (over, under, *([numbers] if has_numbers else []), caption)
    rows = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return (
        "<table cellspacing='0' cellpadding='3' style='margin:4px 0;"
        f"border-collapse:collapse'>{rows}</table>"
    )


def _table_html(table: Table, colours: Colours) -> str:
    rows = []
    if table.header:
        cells = _cells(table.header, f"color:{colours['faint']}")
        rows.append(f"<tr>{cells}</tr>")
    for k, row in enumerate(table.rows):
        is_sum = table.last_is_sum and k == len(table.rows) - 1
        line = f"border-top:1px solid {colours['faint']};font-weight:600"
        rows.append(f"<tr>{_cells(row, line if is_sum else '')}</tr>")
    return (
        "<table cellspacing='0' cellpadding='3' style='border-collapse:collapse'>"
        f"{''.join(rows)}</table>"
    )


def _cells(texts: Sequence[str], style: str) -> str:
    cells = []
    for k, text in enumerate(texts):
        side = "left" if k == 0 else "right"
        cells.append(f"<td align='{side}' style='{style}'>{escape(text)}</td>")
    return "".join(cells)


def _block_text(block: Block) -> str:
    if isinstance(block, Heading):
        return f"\n{block.text}"
    if isinstance(block, FormulaLine):
        return block.text
    if isinstance(block, Table):
        rows = ([block.header] if block.header else []) + list(block.rows)
        return "\n".join("\t".join(row) for row in rows)
    plain = " ".join(part.plain for part in block.parts)
    if not any(part.number for part in block.parts):
        return plain
    numbers = " ".join(part.number or part.plain for part in block.parts)
    return f"{plain}\n{numbers}"
