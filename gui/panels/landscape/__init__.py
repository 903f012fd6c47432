"""Surfaces over a plane: their contours, their shape in space, and paths on them."""

from typing import Final

from gui.panels.base import PanelEntry

LANDSCAPE: Final = PanelEntry(
    "landscape", "Loss landscape", f"{__name__}.landscape_panel", "LandscapePanel"
)
