"""Sets scenes by the same commands as the user's own, and tells when one stands."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from core.arrays import HostParams
from core.lessons.model import Scene
from core.values.words import tr
from gui.session.lessons.examples import example_of
from gui.session.session import Session
from gui.session.view_state import View

TEXT: Final = tr("scene of a lesson")
"""What the menu's undo calls a scene."""


class SceneSetter(QObject):
    """Starts the scene's run, trains it to the scene's step, and selects.

    Signals:
        scene_set: the Scene that stands now.
    """

    scene_set = Signal(object)

    def __init__(
        self,
        session: Session,
        parent: QObject | None = None,
        *,
        is_lesson: bool = True,
    ) -> None:
        """Make one.

        Args:
            session: whose run is started.
            parent: owner.
            is_lesson: whether undo ends where a scene begins.
        """
        super().__init__(parent)
        self._session = session
        self._is_lesson = is_lesson
        self._wanted: Scene | None = None
        self._has_stepped = False
        self._run_id = 0
        self._made: tuple[Scene, int] | None = None
        session.view_changed.connect(self._on_session_view_changed)

    @property
    def is_busy(self) -> bool:
        """Whether a scene is being set."""
        return self._wanted is not None

    def set(self, scene: Scene, text: str = TEXT) -> None:
        """Set a scene; `scene_set` tells when it stands, and `text` the undo."""
        self._wanted = scene
        self._has_stepped = False
        self._session.set_speed(None)
        if self._is_still_there(scene):
            self._has_stepped = True
            self._session.go_to_step(scene.step)
            return
        params, steps = _kept_weights(scene)
        self._session.start(
            scene.experiment,
            params=params,
            steps_before=steps,
            weights_file="" if scene.weights is None else scene.weights.name,
            play=False,
            text=text,
        )
        self._run_id = self._session.document.situation.run_id
        stack = self._session.document.undo_stack
        if self._is_lesson:
            # What is below belongs to the own run, which waits.
            stack.raise_floor()
        self._made = (scene, stack.newest)

    def stop(self) -> None:
        """Whatever was being set does not matter any more."""
        self._wanted = self._made = None

    def _is_still_there(self, scene: Scene) -> bool:
        """Whether its run is there, longer than needed, and nothing was done to it."""
        view, made = self._session.view, self._made
        if view is None or made is None or view.run.run_id != self._run_id:
            return False
        same = (made[0].experiment, made[0].weights) == (
            scene.experiment,
            scene.weights,
        )
        is_untouched = made[1] == self._session.document.undo_stack.newest
        return same and is_untouched and view.snapshot.end >= scene.step

    def _on_session_view_changed(self, view: View | None) -> None:
        scene = self._wanted
        if scene is None or view is None or view.run.run_id != self._run_id:
            return
        snapshot = view.snapshot
        if snapshot.playing or self._session.seek_target is not None:
            return
        if snapshot.step == scene.step:
            self._finish(scene)
        elif not self._has_stepped:
            self._has_stepped = True
            self._session.take_steps(scene.step - snapshot.step)

    def _finish(self, scene: Scene) -> None:
        self._wanted = None
        session = self._session
        view = session.view
        assert view is not None
        example = example_of(view.run, *scene.example)
        if example is not None:
            session.show_example(example)
        session.select(scene.selection)
        session.set_speed(scene.speed)
        if scene.playing:
            session.play()
        self.scene_set.emit(scene)


def _kept_weights(scene: Scene) -> tuple[HostParams | None, int]:
    if scene.weights is None:
        return None, 0
    # Imported here: the forms of files would make the window start later.
    from core.files.weights import load_weights

    found = load_weights(scene.weights)
    return found.params, found.step
