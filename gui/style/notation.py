"""How numbers are written for this user: the decimal sign, and where units begin.

One frozen value for the program, because numbers are printed by functions everywhere.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLocale

NARROW_SPACE: Final = "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Notation:
    """One way of writing.

    Attributes:
        decimal: between a number's whole part and its decimals.
        first_unit: the number of the first unit of a layer.
    """

    decimal: str = "."
    first_unit: int = 0

    @property
    def has_comma(self) -> bool:
        """Whether decimals follow a comma."""
        return self.decimal == ","

    @property
    def group(self) -> str:
        """Between thousands: never what could be taken for the decimal sign."""
        return NARROW_SPACE if self.has_comma else ","


USUAL: Final = Notation()
_in_force = USUAL
_forgetters: list[Callable[[], None]] = []


def notation() -> Notation:
    """The one in force."""
    return _in_force


def use(wanted: Notation) -> bool:
    """Put another one in force; whether it is another one."""
    global _in_force
    if wanted == _in_force:
        return False
    _in_force = wanted
    for forget in _forgetters:
        forget()
    return True


def when_changed(forget: Callable[[], None]) -> None:
    """Call this when texts of numbers that were kept are no longer right."""
    _forgetters.append(forget)


def decimal_sign(wish: str) -> str:
    """The sign that "point", "comma" or "system" stands for."""
    if wish == "system":
        return "," if QLocale.system().decimalPoint() == "," else "."
    return "," if wish == "comma" else "."


def unit_number(unit: int) -> int:
    """What a unit is called, by its place in the layer counted from 0."""
    return unit + _in_force.first_unit


def unit_place(number: int) -> int:
    """The other way: the place from 0 of a unit by what it is called."""
    return number - _in_force.first_unit
