"""Texts that come from files, as they can be shown anywhere without harm."""

import unicodedata
from typing import Final

LONGEST: Final = 2_000
"""Characters of one message; what is longer is cut in the middle."""
_HIDDEN: Final = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
"""Categories whose characters steer a terminal, turn text round, or show nothing."""


def plain(text: str, longest: int = LONGEST) -> str:
    """The text on one line, with control characters made visible, and not too long.

    An escape becomes the four characters that Python writes for it, so that a file's
    name can neither move the cursor of a terminal nor look like another name.
    """
    # Cut first, as it may be of millions; and again, as an escape is written longer.
    return cut("".join(map(_visible, cut(text, longest))), longest)


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and its end with "…" between."""
    if len(text) <= longest:
        return text
    half = max(1, (longest - 1) // 2)
    return f"{text[:half]}…{text[-half:]}"


def shown(value: object, longest: int = 100) -> str:
    """A value as Python writes it, for a message; cut at its end where it is long."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        # An integer of more digits than Python writes, or lists in lists in lists.
        kind = "number" if isinstance(value, int) else "list"
        return f"a {kind} too large to be shown"
    return text if len(text) <= longest else f"{text[:longest]}…"


def _visible(character: str) -> str:
    if character.isprintable() or unicodedata.category(character) not in _HIDDEN:
        return character
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
