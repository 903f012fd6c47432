"""Galleries of examples: thumbnails, filters, readings."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

BATCH: Final = PanelEntry(
    "batch", tr("Current batch"), f"{__name__}.batch_panel", "BatchPanel"
)
EXAMPLES: Final = PanelEntry(
    "examples", tr("Examples"), f"{__name__}.examples_panel", "ExamplesPanel"
)
