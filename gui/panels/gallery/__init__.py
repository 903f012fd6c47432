"""Galleries of examples: thumbnails, filters, readings."""

from typing import Final

from gui.panels.base import PanelEntry

BATCH: Final = PanelEntry(
    "batch", "Current batch", f"{__name__}.batch_panel", "BatchPanel"
)
EXAMPLES: Final = PanelEntry(
    "examples", "Examples", f"{__name__}.examples_panel", "ExamplesPanel"
)
