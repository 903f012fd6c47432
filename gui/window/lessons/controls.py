"""The controls of the window by the names that lessons use."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from core.lessons.places import PANELS
from core.lessons.reading.blocks import FIELD

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

BUTTONS: Final[Mapping[str, str]] = {
    "play": "toggle_playing",
    "back": "step_back",
    "step": "step_batch",
    "epoch": "step_epoch",
    "reset": "reset",
    "new seed": "new_seed",
}
"""Actions of the player's buttons."""


def control_of(window: "MainWindow", name: str) -> QWidget | None:
    """The control of a name; None while it is not shown."""
    player = window.player
    if name in BUTTONS:
        return player.button(BUTTONS[name])
    if name == "speed":
        return player.speed
    if name == "timeline":
        return player.timeline
    if name == "accuracy":
        return player.figures.accuracy
    if name in PANELS:
        return window.docks[name].widget()
    return _field(window, name.removeprefix(FIELD))


def _field(window: "MainWindow", key: str) -> QWidget | None:
    """Editors have the key of the experiment for a name."""
    return window.panels["experiment"].findChild(QWidget, key)
