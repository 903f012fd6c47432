"""The symbols of a formula page as LaTeX, for the typesetter."""

import re
from typing import Final

from gui.panels.backprop.formula_page import Part
from gui.style.number_format import MINUS

_WORD: Final = re.compile(r"(∂?)([A-Za-z]+)(?:_([A-Za-z0-9]+))?\Z")
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
    tokens = text.split()
    pieces = []
    for k, token in enumerate(tokens):
        if token == "Σ":
            piece: str | None = _sum_sign(" ".join(tokens[k + 1 :]))
        else:
            piece = _token(token)
        if piece is None:
            return None
        pieces.append(piece)
    return " ".join(pieces)


def _sum_sign(after: str) -> str:
    """Over the letter that its terms are counted by."""
    found = re.search(r"_([ik])", after)
    return rf"\sum_{{{found.group(1)}}}" if found else r"\sum"


def _token(token: str) -> str | None:
    if token in _SIGNS:
        return _SIGNS[token]
    if token.startswith("_"):
        return rf"\!_{{{token[1:]}}}"
    if "/" in token:
        over, under = (_token(side) for side in token.split("/", 1))
        return None if over is None or under is None else rf"\frac{{{over}}}{{{under}}}"
    if token.isdigit():
        return token
    found = _WORD.match(token)
    if found is None:
        return None
    partial, letters, index = found.groups()
    symbol = letters if len(letters) == 1 else rf"\operatorname{{{letters}}}"
    if index:
        symbol += f"_{{{index}}}"
    return rf"\partial {symbol}" if partial else symbol
