"""The style sheet of the chrome, filled in from the tokens of one theme."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from gui.style import tokens
from gui.style.fonts import role_points

_NAME: Final = re.compile(r"@(\w+)")
_LENGTH: Final = re.compile(r"(?<![\w#])(-?\d+(?:\.\d+)?)px")
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


@cache
def _template() -> str:
    text = files("gui.style").joinpath("style.qss.in").read_text(encoding="utf-8")
    return _COMMENT.sub("", text)


def filled_sheet(*, dark: bool, scale: float, images: Mapping[str, str]) -> str:
    """The sheet of a theme, its lengths multiplied by a scale.

    Args:
        dark: the theme.
        scale: 1 for 100 %.
        images: paths by the names that stand in the template.
    """
    colours = tokens.colour_table(dark=dark)

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name.endswith("_pt"):
            return f"{role_points(name.removesuffix('_pt')) * scale:g}pt"
        return images[name] if name in images else _qss_colour(colours[name])

    def length(match: re.Match[str]) -> str:
        return f"{round(float(match[1]) * scale)}px"

    text = _template()
    if scale != 1:
        text = _LENGTH.sub(length, text)
    return _NAME.sub(value, text)


def _qss_colour(text: str) -> str:
    """#RRGGBBAA with the alpha first, as QSS reads it."""
    return f"#{text[7:9]}{text[1:7]}" if len(text) == 9 else text
