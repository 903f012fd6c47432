"""The picture of the whole network: columns of units and every edge between them."""

from typing import Final

from gui.panels.base import PanelEntry

NETWORK: Final = PanelEntry(
    "network", "Network", f"{__name__}.network_panel", "NetworkPanel"
)
