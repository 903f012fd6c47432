"""The full gradient beside a batch's, and full-batch beside mini-batch descent."""

from typing import Final

from gui.panels.base import PanelEntry

DESCENTS: Final = PanelEntry(
    "walks",
    "All examples or a batch",
    f"{__name__}.descents_panel",
    "DescentsPanel",
    "Descents",
)
"""Saved layouts of users contain this key."""
