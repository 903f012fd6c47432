"""All panels, in the order of the View menu; each is made when it is first shown.

A panel that no open workspace shows costs nothing but its dock, not even its import.
"""

from collections.abc import Callable
from typing import Final

from gui.panels.backprop import BACKPROP, FORMULA
from gui.panels.base import Panel
from gui.panels.compare import COMPARE
from gui.panels.curves import CURVES
from gui.panels.descents import DESCENTS
from gui.panels.drawing import DRAW
from gui.panels.experiment_form import EXPERIMENT
from gui.panels.gallery import BATCH, EXAMPLES
from gui.panels.health import DISTRIBUTIONS, HEALTH
from gui.panels.landscape import LANDSCAPE
from gui.panels.network_picture import NETWORK
from gui.panels.nudges import NUDGES
from gui.panels.number_lines import NUMBER_LINES
from gui.panels.playground import HIDDEN_SPACE, PLANE
from gui.panels.proof import PROOF
from gui.panels.race import RACE
from gui.panels.requests import REQUESTS
from gui.panels.weight_images import WEIGHT_IMAGES

PANELS: Final = (
    EXPERIMENT,
    NETWORK,
    WEIGHT_IMAGES,
    CURVES,
    NUDGES,
    BATCH,
    REQUESTS,
    DESCENTS,
    HEALTH,
    DISTRIBUTIONS,
    BACKPROP,
    FORMULA,
    NUMBER_LINES,
    PROOF,
    DRAW,
    LANDSCAPE,
    RACE,
    COMPARE,
    EXAMPLES,
    PLANE,
    HIDDEN_SPACE,
)


class PanelsByKey(dict[str, Panel]):
    """The existing panels; a missing one is made on access by its key."""

    def __init__(self, make: Callable[[str], Panel]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: str) -> Panel:
        self[key] = panel = self._make(key)
        return panel
