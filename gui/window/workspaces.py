"""The workspaces: the panels of each one and their original layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow


@dataclass(frozen=True, slots=True)
class Split:
    """Two areas beside (or above) each other.

    Attributes:
        share: share of the first one, 0 to 1.
    """

    orientation: Qt.Orientation
    first: "Area"
    second: "Area"
    share: float


def beside(first: "Area", second: "Area", share: float) -> Split:
    return Split(Qt.Orientation.Horizontal, first, second, share)


def above(first: "Area", second: "Area", share: float) -> Split:
    return Split(Qt.Orientation.Vertical, first, second, share)


@dataclass(frozen=True, slots=True)
class Tabs:
    """Panels on top of each other; the first one is in front."""

    keys: tuple[str, ...]


Area = str | Tabs | Split


@dataclass(frozen=True, slots=True)
class Workspace:
    """An arrangement of panels for one purpose.

    Attributes:
        group: what it belongs to: how it learns, what it does, why.
    """

    key: str
    title: str
    tip: str
    area: Split
    group: str


WORKSPACES: Final = (
    Workspace(
        "train",
        "Train",
        "Watch the network learn",
        beside(
            "experiment",
            above(
                beside("network", "weight_images", 0.66),
                "curves",
                0.72,
            ),
            0.19,
        ),
        "learning",
    ),
    Workspace(
        "step",
        "Step",
        "See exactly how one batch changes each weight",
        beside(
            above("network", "batch", 0.6),
            "nudges",
            0.53,
        ),
        "learning",
    ),
    Workspace(
        "batch",
        "Batch",
        "See the request of each example of a batch, and the resulting change",
        above(
            "requests",
            beside("network", "walks", 0.5),
            0.5,
        ),
        "learning",
    ),
    Workspace(
        "backprop",
        "Backprop",
        "Follow one example forward and backward, number by number",
        beside(
            above("network", Tabs(("formula", "number_lines", "proof")), 0.44),
            "backprop",
            0.5,
        ),
        "learning",
    ),
    Workspace(
        "health",
        "Health",
        "See whether every layer learns: gradients, updates, dead and saturated units",
        beside(
            "experiment",
            above(
                beside("network", "health", 0.48),
                "distributions",
                0.64,
            ),
            0.19,
        ),
        "learning",
    ),
    Workspace(
        "digits",
        "Digits",
        "Draw a digit, or browse the test set",
        beside(
            "draw",
            above("network", "examples", 0.62),
            0.36,
        ),
        "answers",
    ),
    Workspace(
        "playground",
        "Playground",
        "See the network's output at every point of the plane",
        beside(
            "experiment",
            beside(
                above("network", "curves", 0.72),
                above("plane", "hidden_space", 0.58),
                0.64,
            ),
            0.19,
        ),
        "answers",
    ),
    Workspace(
        "landscape",
        "Landscape",
        "See the loss around the weights, and the path of training",
        beside(
            above("network", "curves", 0.6),
            "landscape",
            0.42,
        ),
        "reasons",
    ),
    Workspace(
        "race",
        "Race",
        "Optimisers side by side: on a surface, and on the network",
        above(
            "race",
            "compare",
            0.58,
        ),
        "reasons",
    ),
    Workspace(
        "compare",
        "Compare",
        "Train variants of the experiment side by side",
        beside(
            "experiment",
            "compare",
            0.24,
        ),
        "reasons",
    ),
)


LECTURE_AREAS: Final[Mapping[str, Area]] = {
    "train": above("network", "curves", 0.7),
    "step": beside("network", "nudges", 0.5),
    "batch": above("requests", "network", 0.5),
    "backprop": beside("network", "backprop", 0.5),
    "health": above("network", "distributions", 0.6),
    "digits": beside("draw", "network", 0.36),
    "playground": beside("network", "plane", 0.6),
    "landscape": "landscape",
    "race": "race",
    "compare": "compare",
}
"""What is looked at from the last row: everything else gives way to it."""


def area_of(workspace: Workspace, *, lecture: bool) -> Area:
    """Where the panels of a workspace are, until the user moves them."""
    return LECTURE_AREAS[workspace.key] if lecture else workspace.area


def panels_of(area: Area) -> tuple[str, ...]:
    """Keys of the panels of an area."""
    if isinstance(area, str):
        return (area,)
    if isinstance(area, Tabs):
        return area.keys
    return panels_of(area.first) + panels_of(area.second)


def arrange(window: QMainWindow, docks: Mapping[str, QDockWidget], area: Area) -> None:
    """Arrange the docks of an area, and hide the others."""
    shown = panels_of(area)
    for dock in docks.values():
        window.removeDockWidget(dock)
        dock.setFloating(False)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks[shown[0]])
    _split(window, docks, area)
    for key in shown:
        docks[key].show()
    for tabs in _tabs_of(area):
        docks[tabs.keys[0]].raise_()
    for key, dock in docks.items():
        if key not in shown:
            # Always placed: otherwise it would open across the menu bar, and
            # stay open in every other workspace.
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.hide()
    size = window.size()
    _resize(window, docks, area, size.width(), size.height())


def restore(
    window: QMainWindow, docks: Mapping[str, QDockWidget], state: QByteArray
) -> bool:
    """Restore the user's layout of the docks; False when that is not possible."""
    for dock in docks.values():
        # With the docks of two workspaces open at once the window would have to grow.
        dock.hide()
    return window.restoreState(state)


def _tabs_of(area: Area) -> tuple[Tabs, ...]:
    if isinstance(area, Split):
        return _tabs_of(area.first) + _tabs_of(area.second)
    return (area,) if isinstance(area, Tabs) else ()


def _split(window: QMainWindow, docks: Mapping[str, QDockWidget], area: Area) -> None:
    if isinstance(area, Tabs):
        for key in area.keys[1:]:
            window.tabifyDockWidget(docks[area.keys[0]], docks[key])
    if not isinstance(area, Split):
        return
    first = docks[panels_of(area.first)[0]]
    second = docks[panels_of(area.second)[0]]
    window.splitDockWidget(first, second, area.orientation)
    _split(window, docks, area.first)
    _split(window, docks, area.second)


def _resize(
    window: QMainWindow,
    docks: Mapping[str, QDockWidget],
    area: Area,
    width: float,
    height: float,
) -> None:
    if not isinstance(area, Split):
        return
    across = area.orientation == Qt.Orientation.Horizontal
    length = width if across else height
    shares = (area.share * length, (1 - area.share) * length)
    pair = [docks[panels_of(part)[0]] for part in (area.first, area.second)]
    window.resizeDocks(pair, [round(s) for s in shares], area.orientation)
    for part, share in zip((area.first, area.second), shares, strict=True):
        _resize(
            window,
            docks,
            part,
            share if across else width,
            height if across else share,
        )


def shortcut_of(number: int) -> str:
    """Keys of a workspace, counted from 1; there are keys for ten of them."""
    return f"Ctrl+{number % 10}" if number <= 10 else ""
