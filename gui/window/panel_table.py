"""All panels, in the order of the View menu; each is made when it is first looked at.

A panel that no open workspace shows costs nothing but its dock, not even its import.
"""

import importlib
from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtWidgets import QWidget

from gui.panel import Panel


def module_of(key: str) -> str:
    """The name of the module that a panel is in."""
    return f"gui.panels.{key}_panel"


class PanelEntry(NamedTuple):
    """A panel that may not be there yet: gui.panels.`key`_panel.`class_name`."""

    key: str
    title: str
    class_name: str

    def make(self, parent: QWidget) -> Panel:
        module = importlib.import_module(module_of(self.key))
        panel: Panel = getattr(module, self.class_name)(parent)
        return panel


PANELS: Final = (
    PanelEntry("experiment", "Experiment", "ExperimentPanel"),
    PanelEntry("network", "Network", "NetworkPanel"),
    PanelEntry("weight_images", "Weight images", "WeightImagesPanel"),
    PanelEntry("curves", "Curves", "CurvesPanel"),
    PanelEntry("nudges", "Nudges", "NudgesPanel"),
    PanelEntry("batch", "Current batch", "BatchPanel"),
    PanelEntry("requests", "Requests of the batch", "RequestsPanel"),
    PanelEntry("walks", "All examples or a batch", "WalksPanel"),
    PanelEntry("health", "Gradient health", "HealthPanel"),
    PanelEntry("distributions", "Distributions", "DistributionsPanel"),
    PanelEntry("backprop", "Backpropagation", "BackpropPanel"),
    PanelEntry("formula", "Formula", "FormulaPanel"),
    PanelEntry("number_lines", "Number lines", "NumberLinesPanel"),
    PanelEntry("proof", "Proof", "ProofPanel"),
    PanelEntry("draw", "Draw", "DrawPanel"),
    PanelEntry("landscape", "Loss landscape", "LandscapePanel"),
    PanelEntry("race", "Optimiser race", "RacePanel"),
    PanelEntry("compare", "Compare runs", "ComparePanel"),
    PanelEntry("examples", "Examples", "ExamplesPanel"),
    PanelEntry("plane", "Plane", "PlanePanel"),
    PanelEntry("hidden_space", "Hidden space", "HiddenSpacePanel"),
)


class PanelsByKey(dict[str, Panel]):
    """The panels that are there; one that is asked for by its key is made."""

    def __init__(self, make: Callable[[str], Panel]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Panel:
        self[key] = panel = self._make(key)
        return panel
