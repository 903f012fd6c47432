"""Loss and accuracy over the steps: plots, smoothing, export."""

from typing import Final

from gui.panels.base import PanelEntry

CURVES: Final = PanelEntry(
    "curves", "Curves", f"{__name__}.curves_panel", "CurvesPanel"
)
