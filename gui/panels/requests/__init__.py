"""The table of requests of each example of a batch."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

REQUESTS: Final = PanelEntry(
    "requests",
    tr("Requests of the batch"),
    f"{__name__}.requests_panel",
    "RequestsPanel",
    tr("Requests"),
)
