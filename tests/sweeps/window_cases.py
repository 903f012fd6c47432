"""The looks of the window that are tried: all, or each pair of two properties."""

from collections.abc import Sequence
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


def all_cases(sizes: Sequence[tuple[int, int]] = SIZES) -> list[WindowCase]:
    """Every combination, those of one preset together."""
    # What takes longest to change comes first.
    names = preset_names()
    keys = [workspace.key for workspace in WORKSPACES]
    return [
        WindowCase(preset, key, size, colours, mode)
        for preset, mode, colours, key, size in product(
            names, MODES, COLOURS, keys, sizes
        )
    ]


def pairwise(
    presets: Sequence[str] = (), *, sizes: Sequence[tuple[int, int]] = SIZES
) -> list[WindowCase]:
    """Few of the cases, in which each two values of two properties meet.

    Args:
        presets: at least three; all of them where there are none.
        sizes: of screens.
    """
    cases = [
        WindowCase(
            preset,
            workspace.key,
            sizes[(row + column) % len(sizes)],
            COLOURS[((row + 1) // 2 + column // 2) % len(COLOURS)],
            MODES[(row + column) % len(MODES)],
        )
        for row, preset in enumerate(presets or preset_names())
        for column, workspace in enumerate(WORKSPACES)
    ]
    order = {preset: place for place, preset in enumerate(presets or preset_names())}
    return sorted(cases, key=lambda c: (order[c.preset], c.mode, c.colours))
