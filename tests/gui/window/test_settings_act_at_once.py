"""A setting that changes while the window is open: all of it looks as if opened so."""

from typing import Final

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from gui.panels.network_picture.network_panel import NetworkPanel
from gui.window.workspaces import WORKSPACES
from tests.gui.support.contrast import pixels_of
from tests.gui.support.whole_window import Glass, GlassMaker

EVERY: Final = tuple(one.key for one in WORKSPACES)
FEW: Final = ("train", "step", "landscape")
CALM: Final = 6
"""Equal pictures after which the work of the workers has come back."""

A_FRACTION: Final = 0.001
"""Share of a part that may differ: names at curves stand on no whole pixel."""

Parts = dict[str, QImage]


def is_ready(glass: Glass) -> bool:
    """Whether nothing that is seen is still prepared."""
    shown = [one for one in glass.window.panels.values() if one.isVisible()]
    edges = [one.canvas for one in shown if isinstance(one, NetworkPanel)]
    view = glass.view
    wanted = {need for one in shown for need in one.needs()}
    return (
        all(one.is_ready for one in shown)
        and all(one.is_settled for one in edges)
        and view.evaluation is not None
        and ("gradient" not in wanted or view.snapshot.gradient is not None)
        and ("batch" not in wanted or view.snapshot.batch is not None)
    )


def settled(glass: Glass) -> Parts:
    """The window's parts, once they do not change any more."""
    pictures: list[Parts] = []

    def is_calm() -> bool:
        pictures.append(parts_of(glass))
        last = pictures[-CALM:]
        is_same = len(last) == CALM and all(one == last[-1] for one in last)
        return is_same and is_ready(glass)

    glass.wait_until(is_calm)
    return pictures[-1]


def parts_of(glass: Glass) -> Parts:
    """Every panel in sight, and what is above them."""
    docks = glass.window.docks
    shown: dict[str, QWidget] = {k: d for k, d in docks.items() if is_seen(d)}
    shown["figures"] = glass.window.player.figures.loss
    shown["timeline"] = glass.window.player.timeline
    return {key: one.grab().toImage() for key, one in shown.items()}


def is_seen(dock: QWidget) -> bool:
    """Whether it is in front of the docks that share its place."""
    return dock.isVisible() and not dock.visibleRegion().isEmpty()


def differing(one: QImage, other: QImage) -> float:
    """The share of pixels that differ."""
    if one.size() != other.size():
        return 1.0
    form = QImage.Format.Format_RGB888
    a, b = (pixels_of(image.convertToFormat(form)) for image in (one, other))
    return float((a != b).any(axis=-1).mean())


def change(glass: Glass, key: str, value: str | int) -> None:
    glass.window.preferences.set_value(key, value)
    QApplication.processEvents()


SETTINGS: Final = (
    ("theme", "dark", "light"),
    ("colour_maps", "usual", "tritan"),
    ("decimal_sign", "point", "comma"),
    ("first_unit", 0, 1),
    ("picture_scale", 100, 150),
    ("font_scale", 100, 125),
)


@pytest.mark.parametrize(("key", "usual", "other"), SETTINGS)
def test_a_change_looks_as_if_the_window_had_been_opened_so(
    glass: GlassMaker, key: str, usual: str | int, other: str | int
) -> None:
    assert wrong_parts(glass, FEW, (key, usual, other)) == []


@pytest.mark.long
@pytest.mark.parametrize(("key", "usual", "other"), SETTINGS)
def test_so_it_looks_in_every_workspace(
    glass: GlassMaker, key: str, usual: str | int, other: str | int
) -> None:
    assert wrong_parts(glass, EVERY, (key, usual, other)) == []


def wrong_parts(
    glass: GlassMaker,
    workspaces: tuple[str, ...],
    setting: tuple[str, str | int, str | int],
) -> list[str]:
    """What looks otherwise after a change, or after that was taken back."""
    key, usual, other = setting
    window = opened(glass)
    seen: dict[str, tuple[Parts, Parts, Parts]] = {}
    for workspace in workspaces:
        window.show_workspace(workspace)
        before = settled(window)
        change(window, key, other)
        changed = settled(window)
        change(window, key, usual)
        seen[workspace] = before, changed, settled(window)
    glass.close(window)
    window = opened(glass)
    change(window, key, other)
    wrong = []
    for workspace, (before, changed, back) in seen.items():
        window.show_workspace(workspace)
        wrong += [f"{workspace}: {one}" for one in unlike(changed, settled(window))]
        wrong += [f"{workspace}, back: {one}" for one in unlike(back, before)]
    return wrong


def opened(glass: GlassMaker) -> Glass:
    window = glass("digits", size=(1600, 1000))
    change(window, "theme", "dark")
    return window


def unlike(now: Parts, wanted: Parts) -> list[str]:
    """The parts that are not the same, and the share of them that differs."""
    shares = {
        key: differing(now[key], wanted[key]) if key in now and key in wanted else 1.0
        for key in now.keys() | wanted.keys()
    }
    return [f"{k} {share:.4f}" for k, share in shares.items() if share > A_FRACTION]
