"""The pad to draw digits on."""

from typing import Final

from gui.panels.base import PanelEntry

DRAW: Final = PanelEntry("draw", "Draw", f"{__name__}.draw_panel", "DrawPanel")
