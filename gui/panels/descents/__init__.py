"""Pictures of the full gradient beside a batch's, and of where both lead."""

from typing import Final

from gui.panels.base import PanelEntry

DESCENTS: Final = PanelEntry(
    "walks", "All examples or a batch", f"{__name__}.descents_panel", "DescentsPanel"
)
"""Its key stands in the layouts that users have saved."""
