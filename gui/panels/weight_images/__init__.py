"""Units as images of their weights, and one unit enlarged."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

WEIGHT_IMAGES: Final = PanelEntry(
    "weight_images",
    tr("Weight images"),
    f"{__name__}.weight_images_panel",
    "WeightImagesPanel",
)
