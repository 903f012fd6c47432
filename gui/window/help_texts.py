"""The texts of the help menu."""

import platform
from collections.abc import Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import qVersion
from PySide6.QtGui import QAction

from core import __version__
from gui.style.key_names import key_text
from gui.window.actions import ACTIONS, WORKSPACE, ActionSpec

ARROWS: Final = ("Left", "Right", "Up", "Down")


class KeyRow(NamedTuple):
    """Keys that are no menu entry's.

    Attributes:
        keys: portable key sequences.
        where: in which place they work, as words that follow them.
        what: they do.
        control: name of the class whose `keeps_key` takes them; "" for others.
    """

    keys: tuple[str, ...]
    where: str
    what: str
    control: str = ""


KEYS: Final = (
    KeyRow(("Tab", "Shift+Tab"), "", "Next or previous control, panel by panel"),
    KeyRow(
        ("Esc",), " in a field", "The value of before, and the keys for the training"
    ),
    KeyRow(("Ctrl+Return",), " in own examples", "Apply the text"),
    KeyRow(("Esc",), " where a panel fills the window", "Back to the workspace"),
    KeyRow(("Esc",), " in the network", "Nothing selected", "NetworkCanvas"),
    KeyRow(
        (*ARROWS, "Return", "Enter"),
        " in the network",
        "Neighbour of the selected unit, edge or pixel",
        "NetworkCanvas",
    ),
    KeyRow(("+", "-"), " in the network", "Zoom", "NetworkCanvas"),
    KeyRow(
        (*ARROWS, "PgUp", "PgDown", "Home", "End"),
        " in pictures",
        "Another example",
        "ImageGrid",
    ),
    KeyRow(
        (*ARROWS, "Home", "End"),
        " in weight images",
        "Another unit; with Shift pan",
        "UnitAtlas",
    ),
    KeyRow(("+", "-", "0"), " in weight images", "Zoom; all units", "UnitAtlas"),
    KeyRow(
        ("Left", "Right", "Home", "End"), " in curves", "Read the values", "CurvePlot"
    ),
    KeyRow(("Esc",), " in curves", "The newest values again", "CurvePlot"),
    KeyRow(
        ("Left", "Right"),
        " in the legend of the curves",
        "Another curve",
        "CurveLegend",
    ),
    KeyRow(
        ("Space",), " in the legend of the curves", "Show or hide it", "CurveLegend"
    ),
    KeyRow(
        (*ARROWS, "PgUp", "PgDown", "Home", "End"),
        " in requests",
        "Another example or weight",
        "RequestGrid",
    ),
    KeyRow(
        ("Up", "Down"),
        " in number lines",
        "Another value, once one is clicked",
        "LineStack",
    ),
    KeyRow(
        ("Left", "Right", "PgUp", "PgDown"),
        " in number lines",
        "Move the value",
        "LineStack",
    ),
    KeyRow(
        ("Del", "Return", "Enter"),
        " in number lines",
        "Release a held value",
        "LineStack",
    ),
    KeyRow(ARROWS, " in the plane", "Show the point beside", "PlaneCanvas"),
    KeyRow(
        ("Space", "Return", "Enter", "Del"),
        " in the plane, while painting",
        "Put a point there, or take it away",
        "PlaneCanvas",
    ),
    KeyRow(("Left", "Right"), " in a plot of one input", "Another x", "LineCanvas"),
    KeyRow(ARROWS, " in a hidden space", "Rotate it", "HiddenCanvas"),
    KeyRow(ARROWS, " in a map", "Read the height", "ContourMap"),
    KeyRow(("Space", "Return", "Enter"), " in a map", "Choose the place", "ContourMap"),
    KeyRow(("+", "-"), " in a map", "Zoom", "ContourMap"),
    KeyRow(ARROWS, " in a surface", "Rotate it", "SurfaceView"),
    KeyRow(("+", "-"), " in a surface", "Zoom", "SurfaceView"),
    KeyRow(("[", "]"), " on the pad", "Thinner or thicker brush", "DrawingPad"),
    KeyRow(("Del",), " on the pad", "Clear it", "DrawingPad"),
    KeyRow(("Alt+Left", "Alt+Right"), " in Backprop", "Previous or next stage"),
    KeyRow(("Alt+Home", "Alt+End"), " in Backprop", "First or last stage"),
    KeyRow(("Alt+P",), " in Backprop", "Play the stages, or stop"),
    KeyRow(ARROWS, " in the row of stages", "Another stage", "StageChips"),
    KeyRow(
        ("Up", "Down", "Home", "End"),
        " in formulas",
        "Another term, and what it is made of",
        "SheetView",
    ),
    KeyRow(("PgUp", "PgDown"), " in a lesson", "Previous or next page"),
    KeyRow(("Return", "Enter"), " in a lesson", "Show the answer"),
    KeyRow(("1", "2", "3", "4", "5"), " in a lesson", "Choose an answer"),
)
"""Every key that is no menu entry's: a test holds that none is missing."""
_GROUND: Final = ("Click empty ground", "The keys for the training again")
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
    ("Click the plane", "Show that point in the network"),
    ("Drag a hidden space of three axes", "Rotate it"),
    ("Right button on the pad, or while painting", "Erase"),
    ("Drop a file on the window", "Open an experiment, a network, or data of your own"),
)


def shortcuts_text(actions: Mapping[str, QAction]) -> str:
    """All shortcuts, as they are now, as an HTML table."""
    shown = [(spec, actions[spec.key].shortcuts()) for spec in ACTIONS]
    keys = [
        (", ".join(key_text(k.toString()) for k in sequences), _meaning(spec))
        for spec, sequences in shown
        if sequences
    ]
    keys += [(_keys_text(row.keys) + row.where, row.what) for row in KEYS]
    rows = [*keys, _GROUND, *MOUSE]
    cells = "".join(
        f"<tr><td style='padding:3px 18px 3px 0;font-weight:600'>{left}</td>"
        f"<td style='padding:3px 0'>{right}</td></tr>"
        for left, right in rows
    )
    return f"<table>{cells}</table>"


def _keys_text(keys: tuple[str, ...]) -> str:
    has_arrows = keys[: len(ARROWS)] == ARROWS
    named = [key_text(key) for key in (keys[len(ARROWS) :] if has_arrows else keys)]
    return ", ".join(["Arrow keys", *named] if has_arrows else named)


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
