"""What a scene chooses inside panels: the picture of the network, rows, a stage.

Imported when the first scene is shown: it brings panels that few starts need.
"""

from typing import TYPE_CHECKING

from core.lessons.expressions.names import MEASURES
from core.lessons.model import Scene
from core.lessons.places import ROWS
from gui.panels.backprop.backprop_panel import BackpropPanel
from gui.panels.backprop.stages import Stage
from gui.panels.compare.compare_panel import ComparePanel
from gui.panels.curves.curves_panel import CurvesPanel
from gui.panels.drawing.draw_panel import DrawPanel
from gui.panels.landscape.landscape_panel import LandscapePanel
from gui.panels.network_picture.network_panel import NetworkPanel
from gui.panels.requests.requests_panel import RequestsPanel

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


def apply_to_panels(window: "MainWindow", scene: Scene) -> None:
    """Choose in the panels what the scene says, else what they show at first."""
    begin_panels_anew(window)
    if "draw" in scene.panels:
        draw = window.panels["draw"]
        assert isinstance(draw, DrawPanel)
        draw.show_empty()
    if scene.mode:
        network = window.panels["network"]
        assert isinstance(network, NetworkPanel)
        network.quantity = scene.mode  # type: ignore[assignment]
    if scene.plane:
        landscape = window.panels["landscape"]
        assert isinstance(landscape, LandscapePanel)
        landscape.choose(scene.plane)
    if scene.rows or "requests" in scene.panels:
        requests = window.panels["requests"]
        assert isinstance(requests, RequestsPanel)
        requests.choose_rows(scene.rows or ROWS[0])
    if scene.measure:
        compare = window.panels["compare"]
        assert isinstance(compare, ComparePanel)
        compare.choose_measure(MEASURES[scene.measure])
    if scene.stage is not None:
        backprop = window.panels["backprop"]
        assert isinstance(backprop, BackpropPanel)
        backprop.choose(Stage(*scene.stage))  # type: ignore[arg-type]


def begin_panels_anew(window: "MainWindow") -> None:
    """What was chosen before belongs to something else, as does the run before."""
    # Asking the table itself would make them.
    panels = dict(window.panels)
    network, curves = panels.get("network"), panels.get("curves")
    if isinstance(network, NetworkPanel):
        network.begin_anew()
    if isinstance(curves, CurvesPanel):
        curves.forget_previous()
        curves.draw_afresh()


_WORDS = {field: word for word, field in MEASURES.items()}
"""What lessons call the measures of a comparison."""


class ChosenInPanels:
    """What the visible panels show now, as a scene says it."""

    def __init__(self, window: "MainWindow") -> None:
        self.mode = self.plane = self.rows = self.measure = ""
        self.stage: tuple[str, int] | None = None
        # A panel is made on access: only those that are there can be visible.
        for panel in window.panels.values():
            if panel.isVisible():
                self._read(panel)

    def _read(self, panel: object) -> None:
        if isinstance(panel, NetworkPanel):
            self.mode = panel.quantity
        elif isinstance(panel, LandscapePanel):
            self.plane = panel.kind
        elif isinstance(panel, RequestsPanel):
            self.rows = panel.chosen
        elif isinstance(panel, ComparePanel):
            self.measure = _WORDS[panel.measure]
        elif isinstance(panel, BackpropPanel) and panel.stage is not None:
            self.stage = panel.stage.kind, panel.stage.layer
