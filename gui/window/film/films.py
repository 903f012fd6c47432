"""Films in the window: asked for, made one at a time, told."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from core.values.words import tr
from gui.window.film.choice import FilmChoice
from gui.window.film.dialog import FilmDialog
from gui.window.film.maker import FilmMaker

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

NO_STEPS: Final = tr(
    "There is nothing to film yet: train some steps, and the film shows how it went."
)


class Films(QObject):
    """Opens the dialog, and hands what it chose to a maker."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: FilmDialog | None = None
        self.maker: FilmMaker | None = None

    def ask(self) -> None:
        """Let the user choose, if the run has some steps."""
        window = self._window
        view = window.session.view
        if view is None or not view.snapshot.end:
            window.message_bar.show_notice(NO_STEPS)
            return
        window.session.pause()
        choice = FilmChoice.remembered(window.settings, view.snapshot.end)
        pictures = window.pictures
        self.dialog = FilmDialog(pictures.subjects(), choice, pictures.size_of, window)
        self.dialog.choose_subject(pictures.usual_key)
        self.dialog.save_chosen.connect(self._on_save_chosen)
        self.dialog.open()

    def _on_save_chosen(self, key: str, choice: FilmChoice) -> None:
        choice.remember(self._window.settings)
        name = f"{key or 'glassbox'}{choice.kind.ending}"
        path = self._window.saver.ask_path(tr("Film"), name, (choice.kind,))
        if path is not None:
            self.make(key, choice, path)

    def make(self, key: str, choice: FilmChoice, path: Path) -> None:
        """Make a film of what is seen of a panel, or of the window."""
        self.maker = FilmMaker(self._window, key, choice, path)
        self.maker.ended.connect(self._on_ended)
        self.maker.begin()

    def give_up(self) -> None:
        """Write nothing of a film under way: the window closes."""
        if self.maker is not None:
            self.maker.cancel()

    def _on_ended(self, text: str, is_well: bool) -> None:
        self.maker = None
        bar = self._window.message_bar
        (bar.show_success if is_well else bar.show_error)(text)
