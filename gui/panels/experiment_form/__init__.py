"""The widgets that edit an experiment, and their logic without Qt."""

from typing import Final

from core.values.words import tr
from gui.panels.base import PanelEntry

EXPERIMENT: Final = PanelEntry(
    "experiment", tr("Experiment"), f"{__name__}.experiment_panel", "ExperimentPanel"
)
