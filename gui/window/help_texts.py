"""The texts of the help menu."""

import platform
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import qVersion
from PySide6.QtGui import QAction

from core import __version__
from gui.style.key_names import key_text
from gui.window.actions import ACTIONS, WORKSPACE, ActionSpec

KEYS: Final = (
    (("Tab", "Shift+Tab"), "", "Next or previous control, panel by panel"),
    (("Esc",), " in a field", "The value of before, and the keys for the training"),
    (("Esc",), " in the network", "Nothing selected"),
    (("Alt+Left", "Alt+Right"), " in Backprop", "Previous or next stage"),
    (("Alt+Home", "Alt+End"), " in Backprop", "First or last stage"),
    (("Alt+P",), " in Backprop", "Play the stages, or stop"),
)
"""Keys, where they work, what they do."""
ARROWS: Final = (
    ("Arrow keys in the network", "Neighbour of the selected unit, edge or pixel"),
    ("Arrow keys in number lines, once one is clicked", "Move the first value"),
    ("Click empty ground", "The keys for the training again"),
)
MOUSE: Final = (
    ("Click a unit, edge, pixel or row", "Select it in every panel"),
    ("Hover", "Show live values"),
    ("Wheel, drag", "Zoom and pan the network and the curves"),
    ("Right-click a unit or edge", "Set to 0, freeze, ablate, hold"),
    ("Drag a dot of the number lines", "Change the weight and see the cost follow"),
    ("Double-click the network", "Reset zoom and pan"),
    ("Double-click a weight image", "Enlarge it, with its nudges beside it"),
    (
        "Slider under the panels",
        "Go to any step; playing from there starts a new branch",
    ),
    ("Click the plane, arrow keys in it", "Show that point in the network"),
    ("Drag a hidden space of three axes", "Rotate it"),
    ("Right button on the pad, or while painting", "Erase"),
    ("Drop a file on the window", "Open an experiment, weights, or a data folder"),
)


def shortcuts_text(actions: Mapping[str, QAction]) -> str:
    """All shortcuts, as they are now, as an HTML table."""
    shown = [(spec, actions[spec.key].shortcuts()) for spec in ACTIONS]
    keys = [
        (", ".join(key_text(k.toString()) for k in sequences), _meaning(spec))
        for spec, sequences in shown
        if sequences
    ]
    keys += [(", ".join(map(key_text, k)) + where, what) for k, where, what in KEYS]
    rows = [*keys, *ARROWS, *MOUSE]
    cells = "".join(
        f"<tr><td style='padding:3px 18px 3px 0;font-weight:600'>{left}</td>"
        f"<td style='padding:3px 0'>{right}</td></tr>"
        for left, right in rows
    )
    return f"<table>{cells}</table>"


def _meaning(spec: ActionSpec) -> str:
    return spec.words if spec.key.startswith(WORKSPACE) else spec.tip


def about_text(device: str) -> str:
    """Version, device and libraries."""
    return (
        f"<p style='font-weight:600'>Glassbox {__version__}</p>"
        "<p>See how a neural network learns. Every number is real, adds up, "
        "and can be checked by hand.</p>"
        f"<p>Device: {device or 'not known yet'}<br>"
        f"Python {platform.python_version()}, Qt {qVersion()}</p>"
    )
