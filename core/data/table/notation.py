"""How numbers are written: 1,234.5 or 1.234,5, and which of both a column has.

A text such as 1.234 can be read both ways. Other texts of its column, of its table, or
the table that a network was trained on say which is meant.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import polars as pl

EXPONENT: Final = r"(?:[eE][-+]?\d+)?"
_WORDS: Final = r"(?i:[-+]?(?:inf|infinity|nan))"
"""Numbers that are written as words; they count as missing."""


@dataclass(frozen=True, slots=True)
class Notation:
    """One way to write numbers.

    Attributes:
        mark: the decimal sign.
        group: the sign between thousands.
    """

    mark: str
    group: str

    @property
    def plain(self) -> str:
        """Pattern of a number without signs between thousands."""
        mark = re.escape(self.mark)
        return rf"[-+]?(?:\d+(?:{mark}\d*)?|{mark}\d+){EXPONENT}"

    @property
    def grouped(self) -> str:
        """Pattern of a number with signs between thousands."""
        mark, group = re.escape(self.mark), re.escape(self.group)
        return rf"[-+]?[1-9]\d{{0,2}}(?:{group}\d{{3}})+(?:{mark}\d*)?"

    @property
    def pattern(self) -> str:
        """Pattern of any number in this notation."""
        return rf"(?:{self.grouped}|{self.plain}|{_WORDS})"

    @property
    def like_thousands(self) -> str:
        """Pattern of a number with decimals that may as well be thousands."""
        return rf"[-+]?[1-9]\d{{0,2}}{re.escape(self.mark)}\d{{3}}"

    @property
    def title(self) -> str:
        """Of its decimal sign, in words."""
        return "comma" if self.mark == "," else "point"

    @property
    def other(self) -> "Notation":
        """The one in which both signs are exchanged."""
        return Notation(self.group, self.mark)

    def is_of(self, texts: "pl.Series") -> bool:
        """Whether all texts are numbers in this notation."""
        return bool(texts.str.contains(rf"^{self.pattern}$").all())

    def is_certain(self, text: str) -> bool:
        """Whether a text is a number in this notation, and none in the other."""
        if "." not in text and "," not in text:
            return False
        is_own = _compiled(self).fullmatch(text) is not None
        return is_own and _compiled(self.other).fullmatch(text) is None

    def grouped_of(self, texts: "pl.Series") -> "pl.Series":
        """Those with signs between thousands."""
        return texts.filter(texts.str.contains(rf"^{self.grouped}$"))

    def bare(self, text: str) -> str:
        """A number in this notation without signs between thousands."""
        return text.replace(self.group, "")


POINT: Final = Notation(".", ",")
COMMA: Final = Notation(",", ".")


@cache
def _compiled(notation: Notation) -> re.Pattern[str]:
    return re.compile(notation.pattern)


def notation_of(*, has_decimal_comma: bool) -> Notation:
    """The notation with that decimal sign."""
    return COMMA if has_decimal_comma else POINT


def first_certain(texts: "pl.Series", notation: Notation) -> str:
    """The first text that is a number in this notation alone; empty without one."""
    is_own = texts.str.contains(rf"^{notation.pattern}$")
    is_other = texts.str.contains(rf"^{notation.other.pattern}$")
    found = texts.filter(is_own & ~is_other)
    return str(found[0]) if len(found) else ""


def certain_number(numbers: "pl.Series") -> float | None:
    """The first of a column of floats that can be no thousands; None without one.

    It is a first look, without the texts: those of 1.5 and 1.500 are the same number.
    """
    size = numbers.drop_nulls().abs()
    size = size.filter(size.is_finite() & (size != size.floor()))
    thousandths = size * 1000
    is_far = (thousandths - thousandths.round()).abs() > 1e-6
    found = size.filter(is_far | (size < 1) | (size >= 1000))
    return float(found[0]) if len(found) else None


def has_both(numbers: "pl.Series") -> bool:
    """Whether floats are partly whole numbers below 1000 and partly none."""
    size = numbers.drop_nulls().abs()
    is_whole = size == size.floor()
    is_small = size < 1000
    return bool(is_small.all() and is_whole.any() and not is_whole.all())


def looks_like_thousands(texts: "pl.Series", notation: Notation) -> bool:
    """Whether there are both whole numbers below 1000 and such as 1.775, and no other.

    So they look where the sign parts thousands, and only some numbers have any.
    """
    is_small = texts.str.contains(r"^[-+]?\d{1,3}$")
    is_like = texts.str.contains(rf"^{notation.like_thousands}$")
    return bool((is_small | is_like).all() and is_small.any() and is_like.any())
