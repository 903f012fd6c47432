"""Loss and accuracy over the steps: plots, smoothing, export."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

CURVES: Final = PanelEntry(
    "curves", tr("Curves"), f"{__name__}.curves_panel", "CurvesPanel"
)
