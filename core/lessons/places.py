"""The window's workspaces, panels and controls by the names that lessons use.

The window has the same ones, which a test of it holds: a lesson is checked without it.
"""

from collections.abc import Mapping
from typing import Final

WORKSPACES: Final[Mapping[str, tuple[str, ...]]] = {
    "train": ("experiment", "network", "weight_images", "curves"),
    "step": ("network", "batch", "nudges"),
    "batch": ("requests", "network", "walks"),
    "backprop": ("network", "formula", "number_lines", "proof", "backprop"),
    "health": ("experiment", "network", "health", "distributions"),
    "digits": ("draw", "network", "examples"),
    "playground": ("experiment", "network", "curves", "plane", "hidden_space"),
    "landscape": ("network", "curves", "landscape"),
    "race": ("race", "compare"),
    "compare": ("experiment", "compare"),
}
"""Panels of each workspace."""
MODES: Final = ("weights", "nudges", "signal")
"""Of the network picture."""
PLANES: Final = ("path", "random", "weights")
"""Of the loss landscape."""
ROWS: Final = ("largest", "unit", "sample")
"""Of the table of requests."""
STAGES: Final = (
    "input",
    "layer",
    "cost",
    "output_gradient",
    "delta",
    "requests",
    "sum",
    "weights",
)
"""Kinds of stages of Backprop."""
PLAYER: Final = (
    "play",
    "back",
    "step",
    "epoch",
    "reset",
    "new seed",
    "speed",
    "timeline",
    "accuracy",
)
PANELS: Final = tuple(dict.fromkeys(p for keys in WORKSPACES.values() for p in keys))
CONTROLS: Final = (*PLAYER, *PANELS)
"""What "Show me" can point at, besides `field KEY` for a field of the form."""
FIELD: Final = "field "
"""Before a key of the experiment: its field in the form."""
MOST_PANELS: Final = 4
