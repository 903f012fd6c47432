"""A page of formulas as data, and its two forms: rich text, and plain text to copy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from operator import attrgetter
from typing import Final, Literal

from gui.style import tokens
from gui.style.number_format import MINUS
from gui.style.symbols import Symbol

ANSWER_SIZE: Final = tokens.type_role("answer").pt / tokens.type_role("label").pt
"""How much larger the numbers of an answer are than text."""
SYMBOL_SIZE: Final = 1.5
"""How much larger symbols are than text, so that no index is under 10 pt."""

INLINE_SIZE: Final = 1.25
"""The same for a symbol among words."""


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
    """Symbols in a row, their numbers under them, and words under those.

    Attributes:
        is_answer: whether its numbers are what the page is about.
    """

    parts: tuple[Part, ...]
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class Following:
    """What follows from a formula, in one row: words, each with its value.

    The words may hold markup.
    """

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts; the first column to the left, the others to the right."""

    rows: tuple[tuple[str, ...], ...]
    header: tuple[str, ...] = ()
    last_is_sum: bool = False


Block = Heading | FormulaLine | Formula | Following | Table
Page = tuple[Block, ...]
Colours = dict[Literal["ink", "faint", "positive", "negative", "chrome"], str]
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
        return f"<p style='margin:2px 0;font-weight:600'>{escape(block.text)}</p>"
    if isinstance(block, FormulaLine):
        colour = colours["faint" if block.faint else "ink"]
        text = escape(block.text)
        return f"<p style='margin:2px 0;color:{colour}'>{text}</p>"
    if isinstance(block, Table):
        return _table_html(block, colours)
    if isinstance(block, Following):
        return _following_html(block, colours, points)
    if picture_of is not None:
        pictures = [picture_of(part) for part in block.parts]
        if all(picture is not None for picture in pictures):
            return _typeset_html(block, [p for p in pictures if p], colours, points)
    return _formula_html(block, colours, points)


def _following_html(block: Following, colours: Colours, points: float) -> str:
    cells = []
    for name, value in block.parts:
        colour = _colour_of(value, colours)
        cells.append(
            f"<td align='center' valign='middle' style='color:{colours['faint']}'>"
            f"{_words(name, points)}&nbsp; "
            f"<span style='color:{colour};font-weight:600'>{escape(value)}</span></td>"
        )
    return (
        f"<table width='97%' cellspacing='0' cellpadding='4' bgcolor='"
        f"{colours['chrome']}' style='margin:2px 0'><tr>{''.join(cells)}</tr></table>"
    )


def _words(text: str, points: float) -> str:
    """Words with their symbols, whose index is written low and not by small signs."""
    large = f"<span style='font-size:{points * INLINE_SIZE:.1f}pt'>"
    return " ".join(
        _written(word, lambda symbol: f"{large}{symbol.html}</span>", escape)
        if "^" in word
        else escape(word)
        for word in text.split(" ")
    )


def _colour_of(text: str, colours: Colours) -> str:
    """A sign's colour for a number that has one."""
    if not text.lstrip(f"+{MINUS}")[:1].isdigit() or not text.strip("0."):
        return colours["ink"]
    return colours["negative" if text.startswith(MINUS) else "positive"]


def _table_start(formula: Formula, padding: int) -> str:
    place = " align='center'" if formula.is_answer else ""
    return f"<table{place} cellspacing='0' cellpadding='{padding}' style='margin:0"


def _air(part: Part, formula: Formula, points: float) -> str:
    """Room on both sides of a sign, between the large numbers of an answer."""
    if not (formula.is_answer and part.is_operator):
        return ""
    beside = tokens.space("m") * points / tokens.type_role("label").pt
    return f"padding-left:{beside:.0f}px;padding-right:{beside:.0f}px;"


def _typeset_html(
    formula: Formula, pictures: list[str], colours: Colours, points: float
) -> str:
    """Symbols as pictures, whose fraction bars are at half their height."""
    airs = [_air(part, formula, points) for part in formula.parts]
    cells = [
        f"<td align='center' valign='middle' style='{air}'>{tag}</td>"
        for tag, air in zip(pictures, airs, strict=True)
    ]
    numbers, caption = _numbers_and_captions(formula, colours, points)
    has_numbers = any(part.number for part in formula.parts)
    lines = (cells, *([numbers] if has_numbers else []), caption)
    rows = "".join(f"<tr>{''.join(line)}</tr>" for line in lines)
    return f"{_table_start(formula, 2 if formula.is_answer else 4)}'>{rows}</table>"


def _numbers_and_captions(
    formula: Formula, colours: Colours, points: float
) -> tuple[list[str], list[str]]:
    numbers, caption = [], []
    large = points * ANSWER_SIZE
    for part in formula.parts:
        number = part.number or (part.over if part.is_operator else "")
        style = ""
        if formula.is_answer:
            colour = _colour_of(number, colours) if part.number else colours["faint"]
            air = _air(part, formula, points)
            style = f"{air}font-size:{large:.1f}pt;font-weight:600;color:{colour}"
            style = f" style='{style}'"
        numbers.append(f"<td align='center'{style}>{escape(number)}</td>")
        caption.append(
            f"<td align='center' style='color:{colours['faint']}'>"
            f"{escape(part.caption)}</td>"
        )
    return numbers, caption


def _formula_html(formula: Formula, colours: Colours, points: float) -> str:
    large = f"font-size:{points * SYMBOL_SIZE:.1f}pt"
    bar = f"border-bottom:1px solid {colours['ink']}"
    over, under = [], []
    numbers, caption = _numbers_and_captions(formula, colours, points)
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
    return f"{_table_start(formula, 3)};border-collapse:collapse'>{rows}</table>"


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
    if isinstance(block, Following):
        return "\n".join(f"{plain_text(name)} {value}" for name, value in block.parts)
    if isinstance(block, Table):
        rows = ([block.header] if block.header else []) + list(block.rows)
        return "\n".join("\t".join(row) for row in rows)
    plain = " ".join(part.plain for part in block.parts)
    if not any(part.number for part in block.parts):
        return plain
    numbers = " ".join(part.number or part.plain for part in block.parts)
    return f"{plain}\n{numbers}"
