"""Pictures of the full gradient beside a batch's, and of where both lead."""

from typing import Final

from gui.panels.base import PanelEntry

WALKS: Final = PanelEntry(
    "walks", "All examples or a batch", f"{__name__}.descents_panel", "WalksPanel"
)
"""Its key stands in the layouts that users have saved."""
