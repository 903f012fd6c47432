"""Rows of the table with printed figures whose sums and products are exact.

All cells of the rows that are seen together have the same number of decimals, so
that their points are below each other. It is four at first; where the rounding of the
printed figures would change the last printed digit of a row's mean, or of the step's
change, all of them get one more digit.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from gui.panels.requests.request_table import Doubles, RequestTable
from gui.style.checked_numbers import exponent_for
from gui.style.number_format import MINUS, as_printed

DIGITS: Final = 4
MOST_EXTRA: Final = 4
"""Most decimals beyond the usual number."""
MOST_FEWER: Final = 2
"""Most decimals of the change that may be left out."""


@dataclass(frozen=True, slots=True)
class Exponents:
    """Powers of ten of the printed figures."""

    request: int
    change: int
    states: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PrintedRow:
    """The figures of one row.

    Attributes:
        digits: decimals of the cells, of their mean and of what is asked.
        units: (batch,) the printed cells in units of their last digit.
        applied: learning rate times `asked` as printed; empty with a memory, where the
            optimiser makes something else of it.
        comes_out: whether the printed figures agree to the last digit.
    """

    digits: int
    units: Doubles
    mean: str
    penalty: str
    asked: str
    applied: str
    change: str
    comes_out: bool

    def cell(self, place: int) -> str:
        """The request of one example."""
        return units_text(float(self.units[place]), self.digits)


def exponents_of(table: RequestTable) -> Exponents:
    """One power for each column of the whole table, so that rows can be compared."""
    change = table.learning_rate * table.asked
    if table.change is not None:
        change = table.change
    return Exponents(
        exponent_for(largest_of(table.cells)),
        exponent_for(largest_of(change)),
        tuple(exponent_for(largest_of(state.after)) for state in table.states),
    )


def largest_of(values: Doubles) -> float:
    """The largest |value| of the finite ones."""
    finite = values[np.isfinite(values)]
    return float(np.max(np.abs(finite), initial=0.0))


def units_text(units: float, digits: int) -> str:
    """A whole number of units of the last digit, as a decimal figure."""
    if not math.isfinite(units):
        return as_printed(str(units))
    whole = abs(round(units))
    text = f"{whole:0{digits + 1}d}"
    text = f"{text[:-digits]}.{text[-digits:]}" if digits else text
    return (MINUS if units < 0 and whole else "") + as_printed(text)


def print_row(table: RequestTable, exponents: Exponents, row: int) -> PrintedRow:
    """The row by itself, with the fewest digits for which its sums are exact."""
    return print_rows(table, exponents, (row,))[row]


def print_rows(
    table: RequestTable, exponents: Exponents, rows: Sequence[int]
) -> dict[int, PrintedRow]:
    """Rows with the fewest digits for which the sums of all, or of most, are exact."""
    usual = min((_change_digits(table, exponents, row) for row in rows), default=0)
    most, best = -1, dict[int, PrintedRow]()
    for fewer in range(min(MOST_FEWER, usual) + 1):
        for extra in range(MOST_EXTRA + 1):
            digits = (DIGITS + extra, usual - fewer)
            printed = {row: _try_row(table, exponents, row, digits) for row in rows}
            exact = sum(one.comes_out for one in printed.values())
            if exact > most:
                most, best = exact, printed
            if exact == len(rows):
                return printed
    return best


def _change_digits(table: RequestTable, exponents: Exponents, row: int) -> int:
    """Decimals of the change: no finer than the printed request allows.

    Nor finer than float32 can hold the parameter.
    """
    finest = float(table.unit_in_last_place[row])
    if table.is_plain:
        printed = table.learning_rate * 10.0 ** (exponents.request - DIGITS)
        finest = max(finest, printed * (1 - 1e-6))
    digits = DIGITS
    while digits > 0 and 10.0 ** (exponents.change - digits) < finest:
        digits -= 1
    return digits


def _try_row(
    table: RequestTable, exponents: Exponents, row: int, decimals: tuple[int, int]
) -> PrintedRow:
    digits, change_digits = decimals
    scale = 10.0 ** (digits - exponents.request)
    cells = np.rint(table.cells[row] * scale)
    mean, asked = np.rint(table.mean[row] * scale), np.rint(table.asked[row] * scale)
    penalty = 0.0 if table.penalty is None else np.rint(table.penalty[row] * scale)
    comes_out = _is_round(float(np.mean(cells)), mean) and mean + penalty == asked
    change_scale = 10.0 ** (change_digits - exponents.change)
    made = None
    if table.change is not None and not table.marks[row]:
        made = np.rint(table.change[row] * change_scale)
    applied = ""
    if table.is_plain:
        product = table.learning_rate * asked / scale * change_scale
        rounded = np.rint(product)
        if made is not None:
            comes_out = comes_out and _is_round(product, made)
            # At a tie both ways of rounding are correct.
            rounded = made if comes_out else rounded
        applied = units_text(float(rounded), change_digits)
    return PrintedRow(
        digits,
        cells,
        units_text(float(mean), digits),
        "" if table.penalty is None else units_text(float(penalty), digits),
        units_text(float(asked), digits),
        applied,
        "" if made is None else units_text(float(made), change_digits),
        bool(comes_out),
    )


def _is_round(exact: float, units: float) -> bool:
    """Whether `units` is the whole number next to `exact`, at a tie either one."""
    return bool(abs(exact - units) <= 0.5 + 1e-6)
