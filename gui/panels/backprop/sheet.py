"""The table of a stage: columns of numbers with bars, and sums below them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from core.arrays import RealArray
from gui.session.selection import Selection
from gui.style.checked_numbers import DIGITS, exponent_for, scaled
from gui.style.number_format import exponent_text
from gui.style.signed_scale import largest_size, round_up

Numbers = tuple[float | None, ...]


@dataclass(frozen=True, slots=True, eq=False)
class SheetColumn:
    """One number for each row.

    Attributes:
        header: the header.
        values: (rows,).
        tip: in words.
        exponent: power of ten that its numbers are printed in.
        digits: decimals that they are printed with.
    """

    header: str
    values: RealArray
    tip: str = ""
    exponent: int = 0
    digits: int = DIGITS

    @property
    def title(self) -> str:
        """Header and power of ten."""
        return f"{self.header} {exponent_text(self.exponent)}".strip()

    def text(self, number: float) -> str:
        """A number of this column as it is printed."""
        return scaled(number, self.exponent, self.digits)

    @property
    def limit(self) -> float:
        """The value of a bar of full length."""
        return round_up(largest_size(self.values))

    @property
    def is_signed(self) -> bool:
        return bool((self.values < 0).any())


def column(header: str, values: RealArray, tip: str = "") -> SheetColumn:
    """A column with its own power of ten."""
    return SheetColumn(header, values, tip, exponent_for(largest_size(values)))


@dataclass(frozen=True, slots=True)
class Extra:
    """A row below the others: the bias, the rest, or a sum under a line."""

    name: str
    numbers: Numbers
    style: Literal["plain", "rest", "sum"] = "plain"
    selection: Selection | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A whole table.

    Attributes:
        count: rows, the extras not counted.
        name_of: what a row is called.
        selection_of: what a click on a row selects.
        marked: the row to emphasise.
        asks: by how much each row is asked to change, where a table says so.
    """

    count: int
    name_of: Callable[[int], str]
    selection_of: Callable[[int], Selection | None]
    columns: tuple[SheetColumn, ...]
    extras: tuple[Extra, ...] = ()
    marked: int | None = None
    header: str = ""
    asks: RealArray | None = None

    @property
    def row_count(self) -> int:
        return self.count + len(self.extras)

    def name(self, row: int) -> str:
        return (
            self.name_of(row)
            if row < self.count
            else self.extras[row - self.count].name
        )

    def selection(self, row: int) -> Selection | None:
        if row < self.count:
            return self.selection_of(row)
        return self.extras[row - self.count].selection

    def number(self, row: int, column_index: int) -> float | None:
        if row < self.count:
            return float(self.columns[column_index].values[row])
        return self.extras[row - self.count].numbers[column_index]
