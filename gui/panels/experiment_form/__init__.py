"""The widgets that edit an experiment, and the plain logic behind them."""

from typing import Final

from gui.panels.base import PanelEntry

EXPERIMENT: Final = PanelEntry(
    "experiment", "Experiment", f"{__name__}.experiment_panel", "ExperimentPanel"
)
