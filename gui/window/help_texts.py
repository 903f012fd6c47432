"""The texts of the help menu."""

import platform
from typing import Final

from PySide6.QtCore import qVersion

from core import __version__
from gui.window.actions import ACTIONS

KEYS: Final = (
    ("Ctrl+1, Ctrl+2, …", "Change the workspace"),
    ("Tab, Shift+Tab", "Next or previous control, panel by panel"),
    ("Arrow keys in the network", "Select the neighbour of a unit, edge or pixel"),
    ("Esc in the network", "Clear the selection"),
    ("Alt+Left, Alt+Right", "Previous or next stage of backpropagation"),
    ("Alt+P", "Play or stop its stages"),
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


def shortcuts_text() -> str:
    """All shortcuts as an HTML table."""
    keys = [(a.shortcut, a.tip) for a in ACTIONS if a.shortcut]
    rows = [*keys, *KEYS, *MOUSE]
    cells = "".join(
        f"<tr><td style='padding:3px 18px 3px 0'><b>{left}</b></td>"
        f"<td style='padding:3px 0'>{right}</td></tr>"
        for left, right in rows
    )
    return f"<table>{cells}</table>"


def about_text(device: str) -> str:
    """Version, device and libraries."""
    return (
        f"<h3>Glassbox {__version__}</h3>"
        "<p>See how a neural network learns. Every number is real, adds up, "
        "and can be checked by hand.</p>"
        f"<p>Device: {device or 'not known yet'}<br>"
        f"Python {platform.python_version()}, Qt {qVersion()}</p>"
    )
