"""All panels, in the order of the View menu."""

from typing import Final

from gui.panel import Panel
from gui.panels.backprop_panel import BackpropPanel
from gui.panels.batch_panel import BatchPanel
from gui.panels.curves_panel import CurvesPanel
from gui.panels.draw_panel import DrawPanel
from gui.panels.examples_panel import ExamplesPanel
from gui.panels.experiment_panel import ExperimentPanel
from gui.panels.formula_panel import FormulaPanel
from gui.panels.network_panel import NetworkPanel
from gui.panels.nudges_panel import NudgesPanel
from gui.panels.weight_images_panel import WeightImagesPanel

PANELS: Final[tuple[type[Panel], ...]] = (
    ExperimentPanel,
    NetworkPanel,
    WeightImagesPanel,
    CurvesPanel,
    NudgesPanel,
    BatchPanel,
    BackpropPanel,
    FormulaPanel,
    DrawPanel,
    ExamplesPanel,
)
