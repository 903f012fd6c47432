"""Figures of a PDF file that can be searched for and copied.

The font has figures of one width as glyphs of their own, for which Qt writes the
places of the private area of Unicode: they look right and are read as nothing.
"""

import re
from typing import Final

from PySide6.QtGui import QFont, QRawFont, QTextLayout

_PRIVATE: Final = range(0xE000, 0xF900)
_PRINTABLE: Final = "".join(map(chr, range(0x21, 0x7F))) + "\u2212\u00b1\u00d7\u00b7"
_CONTEXTS: Final = ("{}", "{}0", "0{}0", "0 {} 0")
"""Beside figures some characters have another form."""
_MAP: Final = re.compile(rb"begincmap.*?endcmap", re.DOTALL)
_CODE: Final = re.compile(rb"<([0-9A-F]{4})>")


def with_plain_figures(pdf: bytes, font: QFont) -> bytes:
    """The same file, in which text is what it looks like.

    Args:
        pdf: as Qt writes it: the maps from glyphs to Unicode are not compressed.
        font: of the text, with its features.
    """
    plain = _plain_of(font)

    def codes(match: re.Match[bytes]) -> bytes:
        return _CODE.sub(lambda one: plain.get(one[0], one[0]), match[0])

    # As long as before, so that the places of all other objects are right.
    return _MAP.sub(codes, pdf)


def _plain_of(font: QFont) -> dict[bytes, bytes]:
    """From private codes to those of the characters that have the same glyph."""
    raw = QRawFont.fromFont(font)
    private = "".join(map(chr, _PRIVATE))
    glyphs = dict(zip(raw.glyphIndexesForString(private), private, strict=True))
    glyphs.pop(0, None)
    plain = {}
    for character in _PRINTABLE:
        for context in _CONTEXTS:
            text = context.format(character)
            drawn = _glyphs(text, font)
            if len(drawn) == len(text):
                glyph = drawn[text.index(character)]
                if glyph in glyphs:
                    plain[_written(glyphs[glyph])] = _written(character)
    return plain


def _glyphs(text: str, font: QFont) -> list[int]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]


def _written(character: str) -> bytes:
    return f"<{ord(character):04X}>".encode()
