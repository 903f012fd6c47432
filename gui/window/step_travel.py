"""Going to a step that was pointed at in a panel, with the way back said."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from core.values.words import tr
from gui.style.number_format import count

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow
    from gui.window.panel_docks import PanelDocks

WAY_BACK: Final = tr("Step {}. “To the last step”{} leads back.")


class StepTravel(QObject):
    """Takes the steps that panels ask for to the session."""

    def __init__(self, window: "MainWindow", docks: "PanelDocks") -> None:
        super().__init__(window)
        self._window = window
        docks.step_requested.connect(self.go_to)

    def go_to(self, step: int) -> None:
        """Show a step of the run; later ones stay, and can be gone to."""
        window = self._window
        view = window.session.view
        if view is None:
            return
        end = view.snapshot.end
        window.session.go_to_step(step)
        if step < end:
            key = window.actions_by_key["go_to_end"].shortcut().toString()
            by = f" ({key})" if key else ""
            said = WAY_BACK.format(count(step), by)
            window.places_told.tell_of_travel(said, step)
