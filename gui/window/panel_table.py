"""All panels, in the order of the View menu; each is made when it is first looked at.

A panel that no open workspace shows costs nothing but its dock, not even its import.
"""

import importlib
from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtWidgets import QWidget

from gui.panels.base import Panel


class PanelEntry(NamedTuple):
    """A panel that may not be there yet: `class_name` of `module`."""

    key: str
    title: str
    module: str
    class_name: str

    def make(self, parent: QWidget) -> Panel:
        module = importlib.import_module(self.module)
        panel: Panel = getattr(module, self.class_name)(parent)
        return panel


PANELS: Final = (
    PanelEntry(
        "experiment",
        "Experiment",
        "gui.panels.experiment_form.experiment_panel",
        "ExperimentPanel",
    ),
    PanelEntry(
        "network", "Network", "gui.panels.network_picture.network_panel", "NetworkPanel"
    ),
    PanelEntry(
        "weight_images",
        "Weight images",
        "gui.panels.weight_images.weight_images_panel",
        "WeightImagesPanel",
    ),
    PanelEntry("curves", "Curves", "gui.panels.curves.curves_panel", "CurvesPanel"),
    PanelEntry("nudges", "Nudges", "gui.panels.nudges.nudges_panel", "NudgesPanel"),
    PanelEntry(
        "batch", "Current batch", "gui.panels.gallery.batch_panel", "BatchPanel"
    ),
    PanelEntry(
        "requests",
        "Requests of the batch",
        "gui.panels.requests.requests_panel",
        "RequestsPanel",
    ),
    PanelEntry(
        "walks",
        "All examples or a batch",
        "gui.panels.descents.descents_panel",
        "WalksPanel",
    ),
    PanelEntry(
        "health", "Gradient health", "gui.panels.health.health_panel", "HealthPanel"
    ),
    PanelEntry(
        "distributions",
        "Distributions",
        "gui.panels.health.distributions_panel",
        "DistributionsPanel",
    ),
    PanelEntry(
        "backprop",
        "Backpropagation",
        "gui.panels.backprop.backprop_panel",
        "BackpropPanel",
    ),
    PanelEntry(
        "formula", "Formula", "gui.panels.backprop.formula_panel", "FormulaPanel"
    ),
    PanelEntry(
        "number_lines",
        "Number lines",
        "gui.panels.number_lines.number_lines_panel",
        "NumberLinesPanel",
    ),
    PanelEntry("proof", "Proof", "gui.panels.proof.proof_panel", "ProofPanel"),
    PanelEntry("draw", "Draw", "gui.panels.drawing.draw_panel", "DrawPanel"),
    PanelEntry(
        "landscape",
        "Loss landscape",
        "gui.panels.landscape.landscape_panel",
        "LandscapePanel",
    ),
    PanelEntry("race", "Optimiser race", "gui.panels.race.race_panel", "RacePanel"),
    PanelEntry(
        "compare", "Compare runs", "gui.panels.compare.compare_panel", "ComparePanel"
    ),
    PanelEntry(
        "examples", "Examples", "gui.panels.gallery.examples_panel", "ExamplesPanel"
    ),
    PanelEntry("plane", "Plane", "gui.panels.playground.plane_panel", "PlanePanel"),
    PanelEntry(
        "hidden_space",
        "Hidden space",
        "gui.panels.playground.hidden_space_panel",
        "HiddenSpacePanel",
    ),
)


class PanelsByKey(dict[str, Panel]):
    """The panels that are there; one that is asked for by its key is made."""

    def __init__(self, make: Callable[[str], Panel]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Panel:
        self[key] = panel = self._make(key)
        return panel


def module_of(key: str) -> str:
    """The name of the module that a panel is in."""
    return next(entry.module for entry in PANELS if entry.key == key)
