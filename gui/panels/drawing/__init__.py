"""The pad to draw digits on."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

DRAW: Final = PanelEntry("draw", tr("Draw"), f"{__name__}.draw_panel", "DrawPanel")
