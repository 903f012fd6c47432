"""The table of what each example of a batch asks for: rows, printing, painting."""

from typing import Final

from gui.panels.base import PanelEntry

REQUESTS: Final = PanelEntry(
    "requests", "Requests of the batch", f"{__name__}.requests_panel", "RequestsPanel"
)
