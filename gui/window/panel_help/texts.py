"""What is said of each panel, from one table."""

import tomllib
from dataclasses import dataclass
from functools import cache

from core.platform.asset_files import asset_path


@dataclass(frozen=True, slots=True)
class PanelText:
    """What a panel is.

    Attributes:
        text: three sentences.
        formula: in plain text.
        lesson: the key of the lesson that explains it.
    """

    text: str
    formula: str
    lesson: str


@cache
def panel_texts() -> dict[str, PanelText]:
    """By the keys of the panels; read when the first "?" is pressed."""
    with asset_path("panels.toml").open("rb") as file:
        tables = tomllib.load(file)
    return {key: PanelText(**table) for key, table in tables.items()}
