"""The workspaces: the panels of each one and their original layout."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QToolBar

from core.values.words import tr
from gui.style.fonts import scale_of

WIDTHS: Final = (1280, 1600)
HEIGHTS: Final = (720, 1000)
"""Of the windows for which the lengths are given."""
MOST_OF_EDGE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Edge:
    """The length of one of two areas, in pixels at 100 %; the other takes the rest.

    Attributes:
        of_first: whether it is that of the first area.
        small: in a window of 1280x720.
        large: in one of 1600x1000; between and beyond it grows in proportion.
    """

    of_first: bool
    small: int
    large: int

    def share(self, length: float, window: float, sizes: tuple[int, int]) -> float:
        """The share of the first area.

        Args:
            length: of both areas.
            window: of the window.
            sizes: of the two windows for which the lengths are meant.
        """
        low, high = sizes
        grown = (self.large - self.small) * (window - low) / (high - low)
        share = max(self.small, self.small + grown) / max(1.0, length)
        share = min(MOST_OF_EDGE, share)
        return share if self.of_first else 1 - share


@dataclass(frozen=True, slots=True)
class Split:
    """Two areas beside (or above) each other.

    Attributes:
        share: share of the first one, 0 to 1, or the length of one of them.
    """

    orientation: Qt.Orientation
    first: "Area"
    second: "Area"
    share: float | Edge


def beside(first: "Area", second: "Area", share: float | Edge) -> Split:
    return Split(Qt.Orientation.Horizontal, first, second, share)


def above(first: "Area", second: "Area", share: float | Edge) -> Split:
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
        hero: the panel that has all the room of a low lecture; the others of it are
            behind its tabs. Where there is none, only those of `BELOW` give way.
    """

    key: str
    title: str
    tip: str
    area: Area
    group: str
    hero: str = ""


WORKSPACES: Final = (
    Workspace(
        "train",
        tr("Train"),
        tr("Watch the network learn"),
        beside(
            "experiment",
            above(
                beside(
                    "network",
                    "weight_images",
                    Edge(of_first=False, small=304, large=400),
                ),
                "curves",
                Edge(of_first=False, small=172, large=252),
            ),
            Edge(of_first=True, small=256, large=288),
        ),
        "learning",
    ),
    Workspace(
        "step",
        tr("Step"),
        tr("See exactly how one batch changes each weight"),
        beside(
            above("network", "batch", 0.62),
            "nudges",
            0.51,
        ),
        "learning",
    ),
    Workspace(
        "batch",
        tr("Batch"),
        tr("See each example's request; together, the change of the batch"),
        above(
            "requests",
            beside("network", "walks", 0.6),
            Edge(of_first=True, small=232, large=424),
        ),
        "learning",
        hero="requests",
    ),
    Workspace(
        "backprop",
        tr("Backprop"),
        tr("Follow one example forward and backward: number by number"),
        beside(
            above(
                "network",
                Tabs(("formula", "number_lines", "proof")),
                Edge(of_first=False, small=240, large=252),
            ),
            "backprop",
            0.67,
        ),
        "learning",
    ),
    Workspace(
        "health",
        tr("Health"),
        tr(
            "See whether every layer learns: gradients, updates, dead and saturated "
            "units"
        ),
        beside(
            "experiment",
            above(
                beside("network", "health", 0.49),
                "distributions",
                0.72,
            ),
            0.2,
        ),
        "learning",
    ),
    Workspace(
        "digits",
        tr("Digits"),
        tr("Draw a digit, or browse the test set"),
        beside(
            "draw",
            above("network", "examples", 0.74),
            0.31,
        ),
        "answers",
    ),
    Workspace(
        "playground",
        tr("Playground"),
        tr("See the output at every point of the plane"),
        beside(
            "experiment",
            beside(
                above("network", "curves", Edge(of_first=False, small=172, large=200)),
                above("plane", "hidden_space", 0.58),
                0.636,
            ),
            0.2,
        ),
        "answers",
    ),
    Workspace(
        "landscape",
        tr("Landscape"),
        tr("See the loss around the weights; the path of training, too"),
        beside(
            above("network", "curves", 0.6),
            "landscape",
            0.406,
        ),
        "reasons",
        hero="landscape",
    ),
    Workspace(
        "race",
        tr("Race"),
        tr("Optimisers side by side: on a surface, and on the network"),
        Tabs(("race", "compare")),
        "reasons",
    ),
    Workspace(
        "compare",
        tr("Compare"),
        tr("Train variants of the experiment side by side"),
        beside(
            "experiment",
            "compare",
            0.2,
        ),
        "reasons",
    ),
)


def panels_of(area: Area) -> tuple[str, ...]:
    """Keys of the panels of an area."""
    if isinstance(area, str):
        return (area,)
    if isinstance(area, Tabs):
        return area.keys
    return panels_of(area.first) + panels_of(area.second)


def arrange(
    window: QMainWindow,
    docks: Mapping[str, QDockWidget],
    workspace: Workspace,
    *,
    beside: int = 0,
) -> None:
    """Arrange the docks of a workspace, and hide the others.

    Args:
        window: with the docks.
        docks: by the keys of their panels.
        workspace: its arrangement.
        beside: the width that something beside the docks takes.
    """
    shown = panels_of(workspace.area)
    for dock in docks.values():
        # Before it is taken out: Qt brings back only what has a place in the window.
        dock.setFloating(False)
        window.removeDockWidget(dock)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, docks[shown[0]])
    _split(window, docks, workspace.area)
    for key in shown:
        docks[key].show()
    for tabs in _tabs_of(workspace.area):
        docks[tabs.keys[0]].raise_()
    for key, dock in docks.items():
        if key not in shown:
            # Always placed: otherwise it would open across the menu bar, and
            # stay open in every other workspace.
            window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            dock.hide()
    fit(window, docks, workspace, beside=beside)


def fit(
    window: QMainWindow,
    docks: Mapping[str, QDockWidget],
    workspace: Workspace,
    *,
    beside: int = 0,
) -> None:
    """Give docks that are arranged the lengths for the size of the window."""
    width = window.width() - beside
    _resize(window, docks, workspace.area, width, _height_of_docks(window))


def restore(
    window: QMainWindow, docks: Mapping[str, QDockWidget], state: QByteArray
) -> bool:
    """Restore the user's layout of the docks; False when that is not possible."""
    only_own = Qt.FindChildOption.FindDirectChildrenOnly
    bars = window.findChildren(QToolBar, options=only_own)
    now = [(bar, window.toolBarArea(bar), bar.isHidden()) for bar in bars]
    for dock in docks.values():
        # With the docks of two workspaces open at once the window would have to grow.
        dock.hide()
    is_restored = window.restoreState(state)
    for bar, area, is_hidden in now:
        # Qt has kept the bars with the docks, as they were when the layout was left.
        if window.toolBarArea(bar) != area:
            window.addToolBar(area, bar)
        bar.setHidden(is_hidden)
    return is_restored


def _height_of_docks(window: QMainWindow) -> float:
    """What the bars above and below leave, the strip of a panel with them."""
    level = Qt.Orientation.Horizontal
    # One that stands upright, as that of the lessons, takes width alone.
    bars = [bar for bar in window.findChildren(QToolBar) if bar.orientation() == level]
    every = [window.menuWidget(), *bars]
    shown = [bar for bar in every if bar is not None and not bar.isHidden()]
    return window.height() - sum(bar.sizeHint().height() for bar in shown)


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
    share = _share(area, length, window)
    shares = (share * length, (1 - share) * length)
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


def _share(area: Split, length: float, window: QMainWindow) -> float:
    if not isinstance(area.share, Edge):
        return area.share
    scale = scale_of(window.font())
    if area.orientation == Qt.Orientation.Horizontal:
        return area.share.share(length / scale, window.width() / scale, WIDTHS)
    return area.share.share(length / scale, window.height() / scale, HEIGHTS)


def shortcut_of(number: int) -> str:
    """Keys of a workspace, counted from 1; there are keys for ten of them."""
    return f"Ctrl+{number % 10}" if number <= 10 else ""
