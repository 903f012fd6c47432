"""What the window needs of its display."""

from typing import Final

from core.values.errors import GlassboxError
from core.values.words import tr

LEAST_DEPTH: Final = 15
"""Bits of a pixel; Qt cannot paint on a display with a table of colours."""


class DisplayError(GlassboxError):
    """The window cannot be shown on this display."""


def check_depth(depth: int) -> None:
    """Refuse a display that shows too few colours.

    Args:
        depth: bits of a pixel.

    Raises:
        DisplayError: there are fewer than Qt can paint with.
    """
    if depth < LEAST_DEPTH:
        msg = tr(
            "the display has {depth} bits for each pixel, and the window needs at "
            "least {least}; choose 24 bits, for example Xvfb -screen 0 1280x720x24",
            depth=depth,
            least=LEAST_DEPTH,
        )
        raise DisplayError(msg)
