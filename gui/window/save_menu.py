"""What the File menu saves: the experiment, the run, the network."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from core.values.words import tr
from gui.session.view_state import View
from gui.window.run_files import RunFiles
from gui.window.save_requests import experiment_request, weights_request

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow


class SaveMenu(QObject):
    """Has each of them written by the window's saver.

    Attributes:
        runs: files of whole runs, for which the runner is asked.
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.runs = RunFiles(window.session, window.saver, window)

    def save_experiment(self) -> None:
        window = self._window
        window.saver.ask_and_save(experiment_request(window.session.experiment))

    def save_run(self) -> None:
        view = self._view()
        if view is not None:
            self.runs.ask_and_save(view)

    def export_weights(self) -> None:
        view = self._view()
        if view is not None:
            self._window.saver.ask_and_save(weights_request(view))

    def _view(self) -> View | None:
        view = self._window.session.view
        if view is None:
            self._window.message_bar.show_notice(
                tr("There are no weights yet. Wait until the data are loaded.")
            )
        return view
