"""The words of the window with what they mean, for the help menu."""

import tomllib
from html import escape
from typing import Final

from core.platform.asset_files import asset_path
from gui.style import tokens

WIDTH: Final = tokens.length("glossary.width")
"""Pixels of the table: a line that is much longer cannot be read."""


def glossary() -> tuple[tuple[str, str], ...]:
    """Each word and its meaning, by the alphabet."""
    with asset_path("glossary.toml").open("rb") as file:
        words = tomllib.load(file)["words"]
    return tuple(sorted((entry["word"], entry["means"]) for entry in words))


def glossary_html() -> str:
    """The words as an HTML table."""
    cells = "".join(
        f"<tr><td style='padding:4px 18px 4px 0;font-weight:600'>{escape(word)}</td>"
        f"<td style='padding:4px 0'>{escape(means)}</td></tr>"
        for word, means in glossary()
    )
    return f"<table width='{WIDTH}'>{cells}</table>"
