"""Where the columns of a table are: plain numbers, no painting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gui.style import tokens

GAP: Final = tokens.space("s")
PAD: Final = tokens.space("panel_pad")
_END: Final = 18
_LEAST_NAME: Final = 40
_SHORTEST_BAR: Final = 24
_LONGEST_BAR: Final = 92
_SPREAD: Final = 48
"""Most that is put between two columns where there is room to spare."""


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Names, then numbers, then one bar.

    Attributes:
        pad: left of the names.
        names: their width.
        columns: left end and width of each.
        bar: its length; 0 where there is no room for one.
        bar_left: where it begins.
    """

    pad: int
    names: int
    columns: tuple[tuple[int, int], ...]
    bar: int
    bar_left: int


def laid_out(
    width: int, longest_name: int, widths: Sequence[int], words: int, scale: float
) -> SheetLayout:
    """Share out a width; `words` is what stands beside the bar."""
    pad = round(PAD * scale)
    across = width - pad - round(_END * scale)
    numbers = sum(widths) + GAP * len(widths)
    names = min(longest_name, max(_LEAST_NAME, across - numbers))
    free = across - numbers - names
    bar = min(_LONGEST_BAR, free - GAP - words)
    if bar < _SHORTEST_BAR:
        bar = words = 0
    else:
        free -= bar + GAP + words
    spread = max(0, min(_SPREAD, free // max(1, len(widths))))
    x, columns = pad + names, []
    for wide in widths:
        columns.append((x + GAP + spread, wide))
        x += GAP + spread + wide
    return SheetLayout(pad, names, tuple(columns), bar, x + GAP)
