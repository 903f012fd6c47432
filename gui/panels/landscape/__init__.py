"""The loss around the weights, over a plane, with the path of training."""

from typing import Final

from gui.panels.base import PanelEntry

LANDSCAPE: Final = PanelEntry(
    "landscape", "Loss landscape", f"{__name__}.landscape_panel", "LandscapePanel"
)
