"""The full gradient beside a batch's, and full-batch beside mini-batch descent."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

DESCENTS: Final = PanelEntry(
    "walks",
    tr("All examples or a batch"),
    f"{__name__}.descents_panel",
    "DescentsPanel",
    tr("Descents"),
)
"""Saved layouts of users contain this key."""
