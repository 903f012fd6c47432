"""The looks of the window that are tried: all, or each pair of two properties."""

from dataclasses import dataclass
from itertools import product
from typing import Final

from core.experiment.presets import preset_names
from gui.window.workspaces import WORKSPACES

SIZES: Final = ((1280, 720), (1366, 768), (1920, 1080))
"""Of screens, in points; 3840x2160 at a ratio of 2 has the points of the last."""
COLOURS: Final = ("dark", "light")
MODES: Final = ("normal", "lecture")


@dataclass(frozen=True, slots=True)
class WindowCase:
    """One look of the window.

    Attributes:
        preset: name of the experiment.
        workspace: its key.
        size: width and height of the screen, in points.
        colours: "dark" or "light".
        mode: "normal" or "lecture".
    """

    preset: str
    workspace: str
    size: tuple[int, int]
    colours: str
    mode: str

    def __str__(self) -> str:
        width, height = self.size
        look = f"{width}x{height} {self.colours} {self.mode}"
        return f"{self.preset} {self.workspace} {look}"


def all_cases() -> list[WindowCase]:
    """Every combination, those of one preset together."""
    names = preset_names()
    keys = [workspace.key for workspace in WORKSPACES]
    return [WindowCase(*c) for c in product(names, keys, SIZES, COLOURS, MODES)]


def pairwise() -> list[WindowCase]:
    """Few of the cases, in which each two values of two properties meet."""
    keys = [workspace.key for workspace in WORKSPACES]
    looks = list(product(SIZES, COLOURS, MODES))
    cases = []
    for row, preset in enumerate(preset_names()):
        for column, key in enumerate(keys):
            # One more than there are workspaces shares no factor with the looks: each
            # preset and each workspace comes to every look.
            look = looks[(row * (len(keys) + 1) + column) % len(looks)]
            cases.append(WindowCase(preset, key, *look))
    return cases
