"""Takes pictures of what the window shows, for a file or for the clipboard."""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QObject, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QWidget

from core.values.errors import GlassboxError
from core.values.words import tr
from gui.panels.base import Panel
from gui.runtime.clipboard import new_content
from gui.runtime.worker import is_any_under_way
from gui.session.save_request import SaveRequest
from gui.style.number_format import count
from gui.style.picture_pass import PicturePass
from gui.window.panel_table import PANELS
from gui.window.pictures.choice import KINDS, PictureChoice
from gui.window.pictures.dialog import PictureDialog
from gui.window.pictures.painted import as_image, as_pdf, as_svg
from gui.window.pictures.request import Taken, picture_request
from gui.window.pictures.subject_dialog import Subject

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

LONGEST_WAIT: Final = 3.0
"""Seconds for what other threads draw in another theme."""
CALM_ROUNDS: Final = 3
PASTED_SCALE: Final = 2
"""Of the image beside lines and text, for programs that take only images."""
_TYPES: Final = {"svg": "image/svg+xml", "pdf": "application/pdf"}


class PictureTaker(QObject):
    """Asks how a picture is to be, takes it, and hands it on."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self.dialog: PictureDialog | None = None

    def ask(self, key: str = "") -> None:
        """Let the user choose; `key` is of a panel to begin with."""
        window = self._window
        choice = PictureChoice.remembered(window.settings)
        dialog = PictureDialog(self.subjects(), choice, self.size_of, window)
        if key:
            dialog.choose_subject(key)
        dialog.save_chosen.connect(self.save)
        dialog.copy_chosen.connect(self.copy)
        self.dialog = dialog
        dialog.open()

    def ask_of_focused(self) -> None:
        """The same for the panel with the focus, or else the first one in sight."""
        one = QApplication.focusWidget()
        while one is not None and not isinstance(one, Panel):
            one = one.parentWidget()
        self.ask(self.usual_key if one is None else one.objectName())

    @property
    def usual_key(self) -> str:
        """Of the first panel in sight that is a picture and no form."""
        docks, panels = self._window.docks, self._window.panels
        keys = (entry.key for entry in PANELS if docks[entry.key].isVisible())
        return next((key for key in keys if not panels[key].on_chrome), "")

    def subjects(self) -> list[Subject]:
        """The panels in sight, which show this step, and the window."""
        docks = self._window.docks
        seen = [entry for entry in PANELS if docks[entry.key].isVisible()]
        panels = [Subject(entry.key, entry.title) for entry in seen]
        return [*panels, Subject("", tr("Whole window"), has_header=False)]

    def size_of(self, key: str, has_header: bool) -> QSize:
        """Logical pixels of a subject."""
        return self._widget(key, has_header=has_header).size()

    def save(self, key: str, choice: PictureChoice) -> None:
        """Take a picture, and let the user say where it is written."""
        request = self._guarded(partial(self._request, key, choice))
        if isinstance(request, SaveRequest):
            self._window.saver.ask_and_save(request)

    def copy(self, key: str, choice: PictureChoice) -> None:
        """Take a picture for the clipboard."""
        self._guarded(partial(self._copy, key, choice))

    # --- inside -----------------------------------------------------------------

    def _guarded(self, take: Callable[[], object]) -> object:
        """With the cursor that says so, as the window cannot be used meanwhile."""
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            return take()
        except GlassboxError as error:
            text = str(error)
            self._window.message_bar.show_error(f"{text[:1].upper()}{text[1:]}.")
        finally:
            QApplication.restoreOverrideCursor()
        return None

    def _widget(self, key: str, *, has_header: bool) -> QWidget:
        if not key:
            return self._window
        return self._window.docks[key] if has_header else self._window.panels[key]

    def _request(self, key: str, choice: PictureChoice) -> SaveRequest:
        choice.remember(self._window.settings)
        taken, one = self._taken(key, choice)
        name = key or "glassbox"
        return picture_request(taken, name, KINDS[choice.kind], _said(one))

    def _copy(self, key: str, choice: PictureChoice) -> None:
        choice.remember(self._window.settings)
        taken, one = self._taken(key, choice)
        data = new_content()
        if isinstance(taken, QImage):
            data.setImageData(taken)
        else:
            image = PictureChoice(
                "png",
                PASTED_SCALE,
                choice.theme,
                choice.has_header,
                choice.is_transparent,
            )
            data.setImageData(self._taken(key, image)[0])
            data.setData(_TYPES[choice.kind], taken)
        QGuiApplication.clipboard().setMimeData(data)
        said = _said(one)
        text = tr("Copied: picture as {kind}", kind=KINDS[choice.kind].title)
        self._window.message_bar.show_success(f"{text}. {said}" if said else text)

    def _taken(self, key: str, choice: PictureChoice) -> tuple[Taken, PicturePass]:
        look = self._window.look
        dark = look.is_dark if choice.theme == "window" else choice.theme == "dark"
        widget = self._widget(key, has_header=choice.has_header)
        one = PicturePass(choice.scale, choice.is_vector, choice.is_transparent)
        if dark == look.is_dark:
            return self._painted(widget, choice, one), one
        held = [panel for panel in self._window.panels.values() if panel.isVisible()]
        for panel in held:
            # Nothing newer is drawn until what there is has the other colours.
            panel.suspend_drawing()
        # A panel may grow by a pixel while there is no style sheet.
        arrangement = self._window.saveState()
        try:
            with look.borrowed(dark=dark):
                self._window.restoreState(arrangement)
                self._wait_until_drawn(held)
                self._window.setUpdatesEnabled(True)
                for panel in held:
                    panel.setUpdatesEnabled(True)
                try:
                    return self._painted(widget, choice, one), one
                finally:
                    # Before Qt comes to paint what was allowed just now.
                    self._window.setUpdatesEnabled(False)
        finally:
            self._window.restoreState(arrangement)
            for panel in held:
                panel.release()

    def _painted(
        self, widget: QWidget, choice: PictureChoice, one: PicturePass
    ) -> Taken:
        if choice.kind == "png":
            return as_image(widget, one)
        view = self._window.session.view
        title = widget.windowTitle() or widget.objectName()
        if view is not None:
            title = tr(
                "{title}, step {step}", title=title, step=count(view.snapshot.step)
            )
        paint = as_svg if choice.kind == "svg" else as_pdf
        return paint(widget, one, title)

    def _wait_until_drawn(self, panels: list[Panel]) -> None:
        """Let other threads draw in the new colours, and take what they have drawn."""
        flags = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        end = time.monotonic() + LONGEST_WAIT
        calm = 0
        while calm < CALM_ROUNDS and time.monotonic() < end:
            QApplication.processEvents(flags, 20)
            is_calm = not is_any_under_way() and all(p.is_ready for p in panels)
            calm = calm + 1 if is_calm else 0


def _said(one: PicturePass) -> str:
    return ". ".join(one.remarks)
