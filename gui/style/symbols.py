"""How z, a, w and b are written: with their layer above and their unit below.

A symbol is one value, and everything that is written of it comes from here: text for
labels and tables, LaTeX for the typesetter, rich text, and the word that stands for it
in a formula's markup. As in textbooks, w with 3,5 leads from unit 5 to unit 3.
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Self

from core.values.parameter import Parameter, Unit
from gui.style.notation import unit_number

_HIGH: Final = str.maketrans("()0123456789", "⁽⁾⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOW: Final = str.maketrans("0123456789ik", "₀₁₂₃₄₅₆₇₈₉ᵢₖ")
_LATEX: Final = {"Σ": r"\sum", "δ": r"\delta", "": r"\!"}
_WORD: Final = re.compile(
    r"(?P<partial>∂?)(?P<letter>[A-Za-z]+|Σ|δ|(?=_))"
    r"(?:\^\((?P<layer>[0-9]+)\))?(?:_(?P<index>[A-Za-z0-9]+(?:,[A-Za-z0-9]+)*))?"
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One symbol.

    Attributes:
        letter: such as z; a sum sign counts by its index; empty for an index that
            follows a bracket.
        layer: of the unit, or of a weight's sum; 0 is the input.
        index: the unit, "3", or for a weight the unit and where it comes from, "3,5".
        is_partial: whether it is what a derivative is of, or with respect to.
    """

    letter: str
    layer: int | None = None
    index: str = ""
    is_partial: bool = False

    @classmethod
    def read(cls, word: str) -> Self | None:
        """The symbol that a word of a formula's markup stands for."""
        found = _WORD.fullmatch(word)
        if found is None:
            return None
        layer = found["layer"]
        return cls(
            found["letter"],
            None if layer is None else int(layer),
            found["index"] or "",
            bool(found["partial"]),
        )

    @property
    def partial(self) -> Self:
        """With the sign of a derivative in front."""
        return replace(self, is_partial=True)

    @property
    def markup(self) -> str:
        """One word, without a space: "∂w^(2)_3,5"."""
        return f"{self._sign}{self.letter}{self._raised}" + (
            f"_{self.index}" if self.index else ""
        )

    @property
    def latex(self) -> str:
        symbol = _LATEX.get(self.letter, self.letter)
        if self.letter.isascii() and len(self.letter) > 1:
            symbol = rf"\operatorname{{{self.letter}}}"
        if self.layer is not None:
            symbol += f"^{{({self.layer})}}"
        if self.index:
            symbol += f"_{{{self.index}}}"
        return rf"\partial {symbol}" if self.is_partial else symbol

    @property
    def html(self) -> str:
        is_variable = self.letter.isascii() and len(self.letter) == 1
        letter = f"<i>{self.letter}</i>" if is_variable else self.letter
        high = f"<sup>({self.layer})</sup>" if self.layer is not None else ""
        low = f"<sub>{self.index}</sub>" if self.index else ""
        return f"{self._sign}{letter}{high}{low}"

    def __str__(self) -> str:
        """As plain text: "∂w⁽²⁾₃,₅"."""
        high, low = self._raised.removeprefix("^"), self.index
        return f"{self._sign}{self.letter}{high.translate(_HIGH)}{low.translate(_LOW)}"

    @property
    def _sign(self) -> str:
        return "∂" if self.is_partial else ""

    @property
    def _raised(self) -> str:
        return "" if self.layer is None else f"^({self.layer})"


def of_unit(letter: str, unit: Unit) -> Symbol:
    """The z, a or anything else of a unit."""
    return Symbol(letter, unit.layer, str(unit_number(unit.unit)))


def of_parameter(parameter: Parameter) -> Symbol:
    """The w or b of its own."""
    index = ",".join(str(unit_number(part)) for part in parameter.place)
    return Symbol(parameter.symbol, parameter.layer, index)


def of_layer(letter: str, layer: int) -> Symbol:
    """All of a layer: a vector, or a matrix."""
    return Symbol(letter, layer)


def slope_text(of: Symbol, by: Symbol) -> str:
    """A derivative as plain text: "∂C/∂a⁽²⁾₃"."""
    return f"{of.partial}/{by.partial}"


COST: Final = Symbol("C")
DELTA: Final = "δ"
