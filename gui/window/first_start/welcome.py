"""Opens the first sheet, goes through its doors, and sees which hints were followed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from core.values.words import tr
from gui.session.view_state import View
from gui.style.key_names import key_text
from gui.window.first_start.hints import COLOURS, DRAW, STEP, Hint, HintStrip
from gui.window.window_settings import WindowSettings

if TYPE_CHECKING:
    from gui.window.first_start.sheet import FirstStart
    from gui.window.main_window import MainWindow

SHOWN: Final = "first_sheet"
"""The key of the setting: whether the sheet is shown at the start."""
LESSON: Final = "first-look"
DIGITS: Final = "digits"
POINTS: Final = "spiral"


def is_wanted(settings: WindowSettings) -> bool:
    """At the first start, and later where the user has asked for it."""
    return settings.flag(SHOWN, default=not settings.knows_a_window)


class Welcome(QObject):
    """The first minute of a window."""

    def __init__(self, window: "MainWindow", strip: HintStrip) -> None:
        super().__init__(window)
        self._window = window
        self.veil: FirstStart | None = None
        self.strip = strip
        self._last_step: int | None = None
        self._was_playing = True
        session = window.session
        session.view_changed.connect(self._on_view_changed)
        session.playing_changed.connect(self._on_playing_changed)
        window.layouts.workspace_entered.connect(self._on_workspace_entered)
        # A lesson says by itself what to look at.
        window.lessons.session.opened.connect(strip.end)

    @property
    def is_open(self) -> bool:
        return self.veil is not None and self.veil.isVisible()

    def open(self) -> None:
        """Show the sheet; training waits."""
        if self.veil is None:
            # Made and imported when it is asked for: few starts need it.
            from gui.window.first_start.sheet import FirstStart

            self.veil = FirstStart(self._window)
            self.veil.first.door_chosen.connect(self._on_door_chosen)
        window, sheet = self._window, self.veil.first
        window.session.pause()
        sheet.again.setChecked(window.settings.flag(SHOWN))
        sheet.show_keys(*map(self._keys_of, ("toggle_playing", "step_batch", "find")))
        sheet.show_view(window.session.view)
        self.veil.open_up()

    def _keys_of(self, key: str) -> str:
        return key_text(self._window.actions_by_key[key].shortcut().toString())

    def _on_door_chosen(self, door: str) -> None:
        assert self.veil is not None
        window = self._window
        window.settings.set_flag(SHOWN, value=self.veil.first.again.isChecked())
        self.veil.hide()
        window.setFocus()
        doors: dict[str, Callable[[], None]] = {
            "watch": self._watch,
            "lesson": self._open_lesson,
            "digits": self._draw,
            "playground": self._play_with_points,
            "open": window.files.ask_and_open,
        }
        if door:
            doors[door]()

    def _watch(self) -> None:
        window = self._window
        window.show_workspace("train")
        window.session.play()
        self.begin_hints()

    def _open_lesson(self) -> None:
        self._window.lessons.open_key(LESSON)

    def _draw(self) -> None:
        window = self._window
        window.show_workspace("digits")
        view = window.session.view
        if view is not None and view.run.dataset.image_shape is None:
            self._begin_preset(DIGITS)
        window.session.play()

    def _play_with_points(self) -> None:
        self._window.show_workspace("playground")
        self._begin_preset(POINTS)
        self._window.session.play()

    def _begin_preset(self, name: str) -> None:
        from core.experiment.presets import load_preset

        experiment = load_preset(name).experiment
        self._window.session.document.choose_preset(name, experiment)

    # --- hints ------------------------------------------------------------------

    def begin_hints(self) -> None:
        """Say the three things that the first minute needs."""
        play = self._keys_of("toggle_playing")
        pause = tr("Pause with {play}", play=play) if play else tr("Pause")
        self._last_step = None
        self.strip.begin(
            [
                Hint(
                    COLOURS,
                    tr(
                        "A blue line is a positive weight, an orange one a negative "
                        "weight. The more a unit stands out, the larger its "
                        "activation. Click a line or a unit to read its numbers."
                    ),
                ),
                Hint(
                    STEP,
                    tr(
                        # Not by its key: where a unit was clicked, an arrow goes to
                        # the next unit.
                        "{pause}, then press the button Step: one batch of examples "
                        "changes every weight a little.",
                        pause=pause,
                    ),
                ),
                Hint(
                    DRAW,
                    tr(
                        "Now draw a digit: open Digits above and write with the mouse. "
                        "Or press Tab until the pad has a ring: Space puts the pen "
                        "down, and the arrow keys draw."
                    ),
                ),
            ]
        )

    def _on_view_changed(self, view: View | None) -> None:
        if self.is_open and self.veil is not None:
            self.veil.first.show_view(view)
        if view is None or not self.strip.now:
            return
        if view.selection is not None:
            self.strip.follow(COLOURS)
        step, last = view.snapshot.step, self._last_step
        # The batch that was under way at a pause arrives after it, and is no step.
        was_at_rest = last is not None and not self._was_playing
        if was_at_rest and step == (last or 0) + 1 and not view.snapshot.playing:
            self.strip.follow(STEP)
        self._last_step, self._was_playing = step, view.snapshot.playing

    def _on_playing_changed(self, playing: bool) -> None:
        # Whoever plays by the keys has seen enough of the sheet.
        if playing and self.is_open and self.veil is not None:
            self.veil.first.door_chosen.emit("")
            self.begin_hints()

    def _on_workspace_entered(self, key: str) -> None:
        if key == "digits":
            self.strip.follow(DRAW)
