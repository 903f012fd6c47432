"""Units as images of their weights, and one unit enlarged."""

from typing import Final

from gui.panels.base import PanelEntry

WEIGHT_IMAGES: Final = PanelEntry(
    "weight_images",
    "Weight images",
    f"{__name__}.weight_images_panel",
    "WeightImagesPanel",
)
