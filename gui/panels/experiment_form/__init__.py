"""The widgets that edit an experiment, and their logic without Qt."""

from typing import Final

from gui.panels.base import PanelEntry

EXPERIMENT: Final = PanelEntry(
    "experiment", "Experiment", f"{__name__}.experiment_panel", "ExperimentPanel"
)
