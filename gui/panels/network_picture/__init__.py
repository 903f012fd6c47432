"""The picture of the whole network: columns of units and every edge between them."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

NETWORK: Final = PanelEntry(
    "network", tr("Network"), f"{__name__}.network_panel", "NetworkPanel"
)
