"""What a workspace becomes for a lecture, beside a lesson, in a small window."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gui.window.workspaces import Area, Split, Tabs, Workspace, panels_of

GIVE_WAY: Final = frozenset({"experiment", "weight_images", "hidden_space"})
"""Panels that nobody in a lecture hall looks at."""


GIVE_WAY_BESIDE: Final = frozenset({"weight_images", "hidden_space"})
"""Panels in whose place a lesson stands."""
BELOW: Final = frozenset(
    {
        "curves",
        "batch",
        "examples",
        "distributions",
        "formula",
        "number_lines",
        "proof",
    }
)
"""Panels that go behind a tab of the network where the window is low."""
LOW: Final = 600
"""Height in points of text. A lecture is always low: its bars and headers are half as
high again, and a picture is to lose nothing to them."""

BESIDE: Final = frozenset(
    {"weight_images", "nudges", "walks", "backprop", "health", "plane", "landscape"}
)
"""Panels, with what is below them, that go behind a tab where the window is narrow."""
NARROW: Final = 900
NARROW_LECTURE: Final = 600
"""Widths in points of text; in a lecture no form stands beside the pictures."""
TINY: Final = 840
"""From this width on, in points of text, a form or a pad has room beside a picture."""


def scarce(size: tuple[int, int], scale: float, *, lecture: bool) -> frozenset[str]:
    """Of which room a window has too little: "tiny", "narrow", "low".

    Args:
        size: of the window in pixels.
        scale: how much larger than 100 % its text is, a lecture's enlargement with
            it; what a panel needs grows with its text.
        lecture: whether it is arranged for a lecture hall.
    """
    width, height = (length / scale for length in size)
    words = set()
    if width < (NARROW_LECTURE if lecture else NARROW):
        words.add("narrow")
    if width < TINY:
        words.add("tiny")
    if lecture or height < LOW:
        words.add("low")
    return frozenset(words)


def lecture_form(workspace: Workspace, needed: Sequence[str] = ()) -> Workspace:
    """The workspace for a lecture hall.

    Args:
        workspace: as it is otherwise.
        needed: panels that stay all the same: a lesson's scene names them, and its
            tasks are done in them.
    """
    area = _without(workspace.area, GIVE_WAY - frozenset(needed))
    return workspace if area is None else replace(workspace, area=area)


def small_form(workspace: Workspace, lacks: frozenset[str]) -> Workspace:
    """The workspace where there is too little room of these kinds."""
    area, keys = workspace.area, panels_of(workspace.area)
    front = workspace.hero
    if "tiny" in lacks and not front:
        front = next((key for key in ("network", workspace.key) if key in keys), "")
    if lacks and front in keys:
        others = (key for key in keys if key != front)
        return replace(workspace, area=Tabs((front, *others)))
    gives = frozenset[str]()
    if "low" in lacks:
        gives |= BELOW
    if "narrow" in lacks:
        gives |= BESIDE | {"hidden_space"}
    behind = tuple(key for key in keys if key in gives)
    if "network" in keys and behind:
        left = _without(area, frozenset(behind))
        assert left is not None
        area = _replaced(left, "network", Tabs(("network", *behind)))
    return replace(workspace, area=area)


def _replaced(area: Area, key: str, by: Tabs) -> Area:
    if isinstance(area, Split):
        first, second = (_replaced(a, key, by) for a in (area.first, area.second))
        return replace(area, first=first, second=second)
    return by if area == key else area


def _without(area: Area, keys: frozenset[str]) -> Area | None:
    """The area without some panels; None if nothing is left."""
    if isinstance(area, str):
        return None if area in keys else area
    if isinstance(area, Tabs):
        left = tuple(key for key in area.keys if key not in keys)
        return Tabs(left) if left else None
    first, second = _without(area.first, keys), _without(area.second, keys)
    if first is None or second is None:
        return first or second
    return replace(area, first=first, second=second)


def lesson_form(workspace: Workspace, panels: Sequence[str]) -> Workspace:
    """The workspace beside a lesson: the panels of its scene; none are all it needs."""
    keys = frozenset(panels_of(workspace.area))
    left = _without(workspace.area, keys - set(panels) if panels else GIVE_WAY_BESIDE)
    return workspace if left is None else replace(workspace, area=left)
