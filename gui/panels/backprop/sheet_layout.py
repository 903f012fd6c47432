"""Where the columns of a table are: plain numbers, no painting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gui.style import tokens

GAP: Final = tokens.space("s")
PAD: Final = tokens.space("panel_pad")
_END: Final = tokens.space("page")
_LEAST_NAME: Final = tokens.length("sheet_layout.least_name")
_SHORTEST_BAR: Final = tokens.space("xl")
_LONGEST_BAR: Final = tokens.length("sheet_layout.longest_bar")
_SPREAD: Final = tokens.length("sheet_layout.spread")
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
    gap = round(GAP * scale)
    numbers = sum(widths) + gap * len(widths)
    least = round(_LEAST_NAME * scale)
    names = min(longest_name, max(least, across - numbers))
    free = across - numbers - names
    bar = min(round(_LONGEST_BAR * scale), free - gap - words)
    if bar < _SHORTEST_BAR * scale:
        bar = words = 0
    else:
        free -= bar + gap + words
    most = round(_SPREAD * scale)
    spread = max(0, min(most, free // max(1, len(widths))))
    x, columns = pad + names, []
    for wide in widths:
        columns.append((x + gap + spread, wide))
        x += gap + spread + wide
    return SheetLayout(pad, names, tuple(columns), bar, x + gap)
