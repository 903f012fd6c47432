"""The controls of the window by the names that lessons use."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from core.lessons.places import FIELD, PANELS

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
_FORM: Final = "experiment"


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


def is_in_sight(control: QWidget) -> bool:
    """Whether any of it can be seen: not behind a tab, and not scrolled away.

    Qt calls a dock behind a tab visible, and keeps it outside of the window.
    """
    return control.isVisible() and not control.visibleRegion().isEmpty()


def bring_to_sight(window: "MainWindow", name: str) -> QWidget | None:
    """The control of a name, in a panel that is opened for it, or put before others.

    None where the player has no room for it, or there is no such field now.
    """
    field = name.removeprefix(FIELD)
    is_field = name.startswith(FIELD)
    key = _FORM if is_field else name
    if key not in PANELS:
        control = control_of(window, name)
        return control if control is not None and control.isVisible() else None
    dock = window.docks[key]
    dock.show()
    dock.raise_()
    if not is_field:
        return dock.widget()
    # Imported here: few starts point at a field.
    from gui.panels.experiment_form.experiment_panel import ExperimentPanel

    form = window.panels[_FORM]
    assert isinstance(form, ExperimentPanel)
    return form.bring_to_sight(field)


def _field(window: "MainWindow", key: str) -> QWidget | None:
    """Editors have the key of the experiment for a name."""
    return window.panels[_FORM].findChild(QWidget, key)
