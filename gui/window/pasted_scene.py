"""The experiment, with what the window shows of it, copied and pasted as one line."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from core.values.errors import GlassboxError
from core.values.words import tr
from gui.session.lessons.scene_setter import SceneSetter
from gui.style.key_names import key_text
from gui.style.number_format import count

if TYPE_CHECKING:
    from core.lessons.model import Scene
    from gui.window.main_window import MainWindow

MOST_STEPS: Final = 20_000
"""Steps that are trained before a pasted experiment is shown."""
COPIED: Final = tr(
    "Copied the experiment as one line of text. Paste it into a chat or a mail; "
    "{paste} in Glassbox opens it.",
    paste=key_text("Ctrl+V"),
)
NOTHING: Final = tr("There is nothing to copy yet. Wait until the data are loaded.")


class PastedScene(QObject):
    """Mutable: the scene that is being set."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._setter = SceneSetter(window.session, self, is_lesson=False)
        self._setter.scene_set.connect(self._on_setter_scene_set)

    def copy(self) -> None:
        """Put the line into the clipboard."""
        # Imported here, as in `paste`: lessons would make the window start later.
        from core.lessons.line_form import line_of
        from gui.window.lessons.scene_request import scene_of

        bar = self._window.message_bar
        scene = scene_of(self._window)
        if scene is None:
            bar.show_notice(NOTHING)
            return
        try:
            QApplication.clipboard().setText(line_of(scene))
        except GlassboxError as error:
            bar.show_error(tr("Not copied: {error}", error=error))
        else:
            bar.show_success(COPIED)

    def paste(self, text: str) -> None:
        """Open a line, or say why it cannot be read."""
        from dataclasses import replace

        from core.lessons.line_form import scene_of_line

        window = self._window
        try:
            scene = scene_of_line(text)
        except GlassboxError as error:
            window.message_bar.show_error(tr("Not pasted: {error}", error=error))
            return
        told = tr("Pasted the experiment on {data}.", data=scene.experiment.data.name)
        if scene.step > MOST_STEPS:
            told += tr(
                " It was copied at step {step}: train to get there.",
                step=count(scene.step),
            )
            scene = replace(scene, step=0, playing=False)
        window.openings.tell(partial(window.message_bar.show_success, told))
        self._setter.set(scene, tr("pasted text"))

    def _on_setter_scene_set(self, scene: "Scene") -> None:
        window = self._window
        window.show_workspace(scene.workspace)
        for key in scene.panels:
            window.docks[key].show()
        window.lessons.apply(scene)
