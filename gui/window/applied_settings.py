"""What a setting does: from the settings in force to the look, the panels, the runs."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from gui.session.preferences import file
from gui.session.preferences.model import Preferences
from gui.session.preferences.store import PreferenceStore
from gui.session.session import Session
from gui.style import motion, notation, tokens
from gui.style.look import Look, Wanted
from gui.widgets.focus import fields
from gui.window.panel_docks import PanelDocks
from gui.window.window_settings import WindowSettings


def begin_look(
    settings: WindowSettings, app: QApplication
) -> tuple[PreferenceStore, Look]:
    """Read the settings, and have the program look like them before it has widgets."""
    folder = settings.folder_of_file
    path = None if folder is None else folder / file.NAME
    store = PreferenceStore(path, earlier_theme=settings.text("colours"))
    look = Look(app)
    look.use(wanted_look(store.now, lecture=settings.flag("lecture_mode")))
    apply_notation(store.now)
    return store, look


def wanted_look(settings: Preferences, *, lecture: bool) -> Wanted:
    """The look that the settings ask for."""
    enlarged = tokens.SCALE_OF_LECTURES if lecture else 1.0
    return Wanted(
        settings.theme, settings.colour_maps, settings.font_scale / 100 * enlarged
    )


def sizes_of(settings: Preferences) -> str:
    """A word for the sizes of text and pictures; empty for the usual ones."""
    sizes = settings.font_scale, settings.picture_scale
    return "" if sizes == (100, 100) else f"_{sizes[0]}_{sizes[1]}"


def apply_notation(settings: Preferences) -> bool:
    """Have numbers written as the settings say; whether that is a change."""
    sign = notation.decimal_sign(settings.decimal_sign)
    return notation.use(notation.Notation(sign, settings.first_unit))


class AppliedSettings(QObject):
    """Puts settings in force, at once but for those of a run.

    Signals:
        drawn_anew: colours or numbers are others, and the panels have drawn them.
    """

    drawn_anew = Signal()

    def __init__(
        self,
        window: QWidget,
        look: Look,
        docks: PanelDocks,
        session: Session,
        change_look: Callable[[Callable[[], None]], None],
    ) -> None:
        """Make it.

        Args:
            window: owner.
            look: of the program.
            docks: of its panels.
            session: its runs.
            change_look: does what changes sizes, and lays the window out for it.
        """
        super().__init__(window)
        self._window = window
        self._look = look
        self._docks = docks
        self._session = session
        self._change_look = change_look
        self._is_lecture = False
        self._folder: Path | None = None

    def begin(self, settings: Preferences, *, lecture: bool) -> None:
        """What is made later follows the settings; the look does already."""
        self._is_lecture = lecture
        motion.use(settings.motion)
        self._docks.set_frame_limit(settings.frames)
        self._docks.set_picture_scale(settings.picture_scale / 100)

    def begin_session(self, settings: Preferences, device: str) -> None:
        """Have the first run follow the settings, unless the user said otherwise.

        Args:
            settings: in force.
            device: of the command line, "auto" where it names none.
        """
        self._session.device = settings.device if device == "auto" else device
        self._set_folder(settings.data_folder)

    def set_lecture_mode(self, settings: Preferences, *, on: bool) -> None:
        """Enlarge type, lengths and strokes, or take it back."""
        self._is_lecture = on
        self._look.use(wanted_look(settings, lecture=on))

    def apply(self, before: Preferences, now: Preferences) -> None:
        """Put a change of the settings in force."""
        look = wanted_look(now, lecture=self._is_lecture)
        if look.scale != self._look.wanted.scale:
            self._change_look(lambda: self._look.use(look))
        else:
            self._look.use(look)
        if look.maps != wanted_look(before, lecture=self._is_lecture).maps:
            self._draw_anew()
        if now.picture_scale != before.picture_scale:
            scale = now.picture_scale / 100
            self._change_look(lambda: self._docks.set_picture_scale(scale))
        if apply_notation(now):
            self._write_numbers_anew()
        motion.use(now.motion)
        self._docks.set_frame_limit(now.frames)
        if now.device != before.device:
            self._session.device = now.device
        if now.data_folder != before.data_folder:
            self._set_folder(now.data_folder)

    def _write_numbers_anew(self) -> None:
        for field in self._window.findChildren(QAbstractSpinBox):
            fields.restore(field)
        document = self._session.document
        document.show(document.experiment)
        self._draw_anew()

    def _draw_anew(self) -> None:
        self._docks.draw_anew()
        self.drawn_anew.emit()

    def _set_folder(self, text: str) -> None:
        folders = tuple(f for f in self._session.data_folders if f != self._folder)
        self._folder = Path(text).expanduser() if text else None
        own = () if self._folder is None else (self._folder,)
        self._session.data_folders = (*own, *folders)
