"""The loss around the weights, over a plane, with the path of training."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

LANDSCAPE: Final = PanelEntry(
    "landscape", tr("Loss landscape"), f"{__name__}.landscape_panel", "LandscapePanel"
)
