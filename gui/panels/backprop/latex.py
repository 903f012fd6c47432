"""The symbols of a formula page as LaTeX, for the typesetter."""

import re
from typing import Final

from gui.panels.backprop.formula_page import Part
from gui.style.number_format import MINUS
from gui.style.symbols import Symbol

_SPECIAL: Final = re.compile(r"[\\{}$%&#_^~?<>]")
_SIGNS: Final = {
    "=": "=",
    "·": r"\cdot",
    "+": "+",
    MINUS: "-",
    "(": "(",
    ")": ")",
    "softmax(": r"\operatorname{softmax}(",
    "sign(": r"\operatorname{sign}(",
    "f(": "f(",
    "f\N{PRIME}(": "f'(",
}


def latex_of(part: Part) -> str | None:
    """A factor or operator; None where it has unknown symbols."""
    if part.latex:
        return part.latex
    over = _latex(part.over)
    if over is None and not _SPECIAL.search(part.over):
        over = rf"\text{{{part.over}}}"
    if not part.under:
        return over
    under = _latex(part.under)
    if over is None or under is None:
        return None
    return rf"\frac{{{over}}}{{{under}}}"


def _latex(text: str) -> str | None:
    pieces = [_token(token) for token in text.split()]
    known = [piece for piece in pieces if piece is not None]
    return " ".join(known) if len(known) == len(pieces) else None


def _token(token: str) -> str | None:
    if token in _SIGNS:
        return _SIGNS[token]
    if "/" in token:
        over, under = (_token(side) for side in token.split("/", 1))
        return None if over is None or under is None else rf"\frac{{{over}}}{{{under}}}"
    if token.isdigit():
        return token
    symbol = Symbol.read(token)
    return None if symbol is None else symbol.latex
