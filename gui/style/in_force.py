"""What pictures depend on besides what they show: part of each kept one's key."""

from typing import NamedTuple

from gui.style import notation, tokens


class InForce(NamedTuple):
    """The look of a picture.

    Attributes:
        dark: whether the theme is dark.
        maps: which colours the signs have.
        notation: how numbers are written, and where units begin.
    """

    dark: bool
    maps: str
    notation: notation.Notation


def in_force(*, dark: bool) -> InForce:
    """What is in force now, in a widget with this theme."""
    return InForce(dark, tokens.maps_in_force(), notation.notation())
