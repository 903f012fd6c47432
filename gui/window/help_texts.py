"""The texts of the help menu."""

import platform
from collections.abc import Mapping
from typing import Final, NamedTuple

from PySide6.QtCore import qVersion
from PySide6.QtGui import QAction

from core import __version__
from core.values.words import tr
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
    KeyRow(("Tab", "Shift+Tab"), "", tr("Next or previous control, panel by panel")),
    KeyRow(
        ("Esc",),
        tr(" in a field"),
        tr("The value of before, and the keys for the training"),
    ),
    KeyRow(("Ctrl+Return",), tr(" in own examples"), tr("Apply the text")),
    KeyRow(
        ("Esc",), tr(" where a panel fills the window"), tr("Back to the workspace")
    ),
    KeyRow(("Space", "Return", "Enter"), tr(" on a button"), tr("Press it"), "Segment"),
    KeyRow(
        ("Left", "Right"),
        tr(" in a row of choices"),
        tr("Choose the one beside"),
        "Segment",
    ),
    KeyRow(
        ("Esc",),
        tr(" in the network"),
        tr("Nothing selected; once more, the keys for the training"),
        "NetworkCanvas",
    ),
    KeyRow(
        (*ARROWS, "Return", "Enter"),
        tr(" in the network"),
        tr("Begin a selection; neighbour of the selected unit, edge or pixel"),
        "NetworkCanvas",
    ),
    KeyRow(("+", "-"), tr(" in the network"), tr("Zoom"), "NetworkCanvas"),
    KeyRow(
        (*ARROWS, "PgUp", "PgDown", "Home", "End"),
        tr(" in pictures"),
        tr("Another example"),
        "ImageGrid",
    ),
    KeyRow(
        (*ARROWS, "Home", "End"),
        tr(" in weight images"),
        tr("Another unit; with Shift pan"),
        "UnitAtlas",
    ),
    KeyRow(
        ("+", "-", "0"), tr(" in weight images"), tr("Zoom; all units"), "UnitAtlas"
    ),
    KeyRow(
        ("Left", "Right", "Home", "End"),
        tr(" in curves"),
        tr("Read the values"),
        "CurvePlot",
    ),
    KeyRow(("Esc",), tr(" in curves"), tr("The newest values again"), "CurvePlot"),
    KeyRow(
        ("Left", "Right"),
        tr(" in the legend of the curves"),
        tr("Another curve"),
        "CurveLegend",
    ),
    KeyRow(
        ("Space",),
        tr(" in the legend of the curves"),
        tr("Show or hide it"),
        "CurveLegend",
    ),
    KeyRow(
        (*ARROWS, "PgUp", "PgDown", "Home", "End"),
        tr(" in requests"),
        tr("Another example or weight"),
        "RequestGrid",
    ),
    KeyRow(
        ("Up", "Down"),
        tr(" in number lines"),
        tr("Another value, once one is clicked"),
        "LineStack",
    ),
    KeyRow(
        ("Left", "Right", "PgUp", "PgDown"),
        tr(" in number lines"),
        tr("Move the value"),
        "LineStack",
    ),
    KeyRow(
        ("Del", "Return", "Enter"),
        tr(" in number lines"),
        tr("Release a held value"),
        "LineStack",
    ),
    KeyRow(ARROWS, tr(" in the plane"), tr("Show the point beside"), "PlaneCanvas"),
    KeyRow(
        ("Space", "Return", "Enter", "Del"),
        tr(" in the plane, while painting"),
        tr("Put a point there, or take it away"),
        "PlaneCanvas",
    ),
    KeyRow(
        ("Left", "Right"), tr(" in a plot of one input"), tr("Another x"), "LineCanvas"
    ),
    KeyRow(ARROWS, tr(" in a hidden space"), tr("Rotate it"), "HiddenCanvas"),
    KeyRow(ARROWS, tr(" in a map"), tr("Read the height"), "ContourMap"),
    KeyRow(
        ("Space", "Return", "Enter"),
        tr(" in a map"),
        tr("Choose the place"),
        "ContourMap",
    ),
    KeyRow(("+", "-"), tr(" in a map"), tr("Zoom"), "ContourMap"),
    KeyRow(ARROWS, tr(" in a surface"), tr("Rotate it"), "SurfaceView"),
    KeyRow(("+", "-"), tr(" in a surface"), tr("Zoom"), "SurfaceView"),
    KeyRow(
        ARROWS,
        tr(" on the pad, after Tab"),
        tr("Move the pen; with Shift in larger steps"),
        "DrawingPad",
    ),
    KeyRow(
        ("Space",),
        tr(" on the pad, after Tab"),
        tr("Put the pen down, so that the arrows draw, or lift it"),
        "DrawingPad",
    ),
    KeyRow(("[", "]"), tr(" on the pad"), tr("Thinner or thicker brush"), "DrawingPad"),
    KeyRow(("Del",), tr(" on the pad"), tr("Clear it"), "DrawingPad"),
    KeyRow(("Alt+Left", "Alt+Right"), tr(" in Backprop"), tr("Previous or next stage")),
    KeyRow(("Alt+Home", "Alt+End"), tr(" in Backprop"), tr("First or last stage")),
    KeyRow(("Alt+P",), tr(" in Backprop"), tr("Play the stages, or stop")),
    KeyRow(ARROWS, tr(" in the row of stages"), tr("Another stage"), "StageChips"),
    KeyRow(
        ("Up", "Down", "Home", "End"),
        tr(" in formulas"),
        tr("Another term, and what it is made of"),
        "SheetView",
    ),
    KeyRow(("PgUp", "PgDown"), tr(" in a lesson"), tr("Previous or next page")),
    KeyRow(("Return", "Enter"), tr(" in a lesson"), tr("Show the answer")),
    KeyRow(("1", "2", "3", "4", "5"), tr(" in a lesson"), tr("Choose an answer")),
)
"""Every key that is no menu entry's: a test holds that none is missing."""
_GROUND: Final = (tr("Click empty ground"), tr("The keys for the training again"))
MOUSE: Final = (
    (tr("Click a unit, edge, pixel or row"), tr("Select it in every panel")),
    (tr("Hover"), tr("Show live values")),
    (tr("Wheel, drag"), tr("Zoom and pan the network and the curves")),
    (
        tr("Right-click a unit or edge"),
        tr("Set a value, freeze, ablate, hold"),
    ),
    (
        tr("Drag a dot of the number lines"),
        tr("Change the weight and see the cost follow"),
    ),
    (tr("Double-click the network"), tr("Reset zoom and pan")),
    (tr("Double-click a weight image"), tr("Enlarge it, with its nudges beside it")),
    (
        tr("Slider under the panels"),
        tr("Go to any step; a change there starts a new branch"),
    ),
    (tr("Click the plane"), tr("Show that point in the network")),
    (tr("Drag a hidden space of three axes"), tr("Rotate it")),
    (tr("Right button on the pad, or while painting"), tr("Erase")),
    (
        tr("Drop a file on the window"),
        tr("Open an experiment, a network, or data of your own"),
    ),
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
    return ", ".join([tr("Arrow keys"), *named] if has_arrows else named)


def _meaning(spec: ActionSpec) -> str:
    return spec.words if spec.key.startswith(WORKSPACE) else spec.tip


def about_text(device: str) -> str:
    """Version, device and libraries."""
    return tr(
        "<p style='font-weight:600'>Glassbox {version}</p><p>See how a neural network "
        "learns. Every number is real, adds up, and can be checked by "
        "hand.</p><p>Device: {device}<br>Python {python_version}, Qt {qversion}</p>",
        version=__version__,
        device=device or tr("not known yet"),
        python_version=platform.python_version(),
        qversion=qVersion(),
    )
