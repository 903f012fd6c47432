"""Two languages made of the English: what bypasses them, or has no room, is seen.

In both every letter of a text is another one, so a plain letter in the window is of a
text that nobody marked, or of data.
"""

import re
from typing import Final

LONGER: Final = "longer"
MIRRORED: Final = "mirrored"
PSEUDO: Final = (LONGER, MIRRORED)
EXTRA: Final = 0.4
"""By how much the longer texts are longer."""
_WORDS: Final = ("öñé", "ţŵö", "ţĥŕéé", "ƒöúŕ", "ƒíṽé", "šíẋ", "šéṽéñ", "éíĝĥţ")
_KEPT: Final = re.compile(
    r"(\{\{|\}\}|\{(?:[^{}]|\{[^{}]*\})*\}"  # fields
    r"|%\([^)]*\)\w|%[%n\d]"  # fields of argparse and of Qt
    r"|</?\w[^<>]*>|&\w+;"  # rich text
    r"|`[^`]*`)"  # what is typed
)
_LATIN: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝĥíĵķļɱñöþǫŕšţúṽŵẋýžÀɃÇĐÉƑĜĤÍĴĶĻṀÑÖÞǪŔŠŢÚṼŴẊÝŽ",
)
_HEBREW: Final = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "אבגדהוזחטיכלמנסעפצקרשתאבגדהוזחטיכלמנסעפצקרשתאבגדהוזח",
)


def in_pseudo(language: str, source: str) -> str:
    """A text in one of the PSEUDO languages."""
    return _longer(source) if language == LONGER else _mirrored(source)


def _longer(source: str) -> str:
    """With accents, in brackets, and words at its end."""
    if not source.strip():
        return source
    wanted = len(_KEPT.sub("", source)) * (1 + EXTRA)
    text, place = f"[{_mapped(source, _LATIN)}", 0
    while len(_KEPT.sub("", text)) + 1 < wanted:
        text += f" {_WORDS[place % len(_WORDS)]}"
        place += 1
    return f"{text}]"


def _mirrored(source: str) -> str:
    """In letters that run from right to left."""
    return _mapped(source, _HEBREW)


def _mapped(source: str, table: dict[int, int]) -> str:
    parts = _KEPT.split(source)
    return "".join(
        part if place % 2 else part.translate(table) for place, part in enumerate(parts)
    )
