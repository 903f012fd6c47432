"""Makes a film: goes through the steps of the run, and hands each picture on.

The pictures are encoded by another thread, two of them at most are under way. The
window is blocked by a dialog with the progress meanwhile, and is at the step where it
was when the film is done, or given up.
"""

import queue
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QProgressDialog

from core.values.errors import GlassboxError
from core.values.words import tr
from gui.runtime.worker import Worker, is_any_under_way
from gui.session.view_state import View
from gui.style.number_format import count, counted
from gui.style.picture_pass import PicturePass
from gui.window.film.choice import FilmChoice
from gui.window.film.encoders import Frame, write_film
from gui.window.pictures.painted import as_image

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

UNDER_WAY: Final = 2
"""Pictures that wait for the other thread."""
LONGEST_WAIT: Final = 2.0
"""Seconds for what a panel prepares in other threads."""
_PAUSE_MS: Final = 10


class GivenUp(Exception):  # noqa: N818
    """The film is not wanted any more."""


class FilmMaker(QObject):
    """One film.

    Signals:
        ended: a sentence that says what was written, and whether it went well.
    """

    ended = Signal(str, bool)

    def __init__(
        self, window: "MainWindow", key: str, choice: FilmChoice, path: Path
    ) -> None:
        """Prepare it; `key` is of the panel, or empty for the whole window."""
        super().__init__(window)
        self._window = window
        self._session = window.session
        self._widget = window.panels[key] if key else window
        self._choice, self._path = choice, path
        self._steps = choice.steps
        self._place = 0
        self._size: QSize | None = None
        self._failure = ""
        self._waits_since = 0.0
        self._back = (0, False)
        self._frames: queue.Queue[Frame | None] = queue.Queue(UNDER_WAY)
        self._is_given_up = False
        self._worker = Worker(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAUSE_MS)
        self._soon.timeout.connect(self._look)
        self.progress: QProgressDialog | None = None

    def begin(self) -> None:
        """Pause, and go to the first step."""
        view = self._session.view
        assert view is not None
        self._back = view.snapshot.step, self._session.playing
        self.progress = self._progress_dialog()
        self._session.view_changed.connect(self._on_view_changed)
        self._session.failed.connect(self._on_failed)
        write = partial(
            write_film,
            self._path,
            self._choice.kind,
            self._taken(),
            rate=self._choice.rate,
        )
        self._worker.submit(write, self._on_written, self._on_not_written)
        self._go()

    def cancel(self) -> None:
        """Write nothing, and go back."""
        self._is_given_up = True
        self._soon.stop()
        self._send(None)

    # --- the steps ----------------------------------------------------------------

    def _go(self) -> None:
        step = self._steps[self._place]
        if self.progress is not None:
            self.progress.setValue(self._place)
            self.progress.setLabelText(
                tr(
                    "Step {step}: picture {place} of {steps}",
                    step=count(step),
                    place=count(self._place + 1),
                    steps=count(len(self._steps)),
                )
            )
        self._waits_since = time.monotonic()
        self._session.go_to_step(step)
        self._soon.start()

    def _on_view_changed(self, _view: View | None) -> None:
        if not self._is_given_up:
            self._soon.start()

    def _look(self) -> None:
        """Take the picture if the step is there and drawn, else look again soon."""
        view = self._session.view
        if self._is_given_up or self._place >= len(self._steps) or view is None:
            return
        is_there = view.snapshot.step == self._steps[self._place]
        if not (is_there and self._is_drawn()) or self._frames.full():
            self._soon.start()
            return
        try:
            image = as_image(self._widget, PicturePass(self._choice.scale))
        except GlassboxError as error:
            self._on_failure(str(error))
            return
        # A message above the panels may have made them smaller meanwhile.
        self._size = self._size or image.size()
        if image.size() != self._size:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(self._size, mode=smooth)
        self._send(_frame_of(image))
        self._place += 1
        if self._place < len(self._steps):
            self._go()
        else:
            self._soon.stop()
            self._send(None)

    def _is_drawn(self) -> bool:
        """Whether nothing of this step is prepared any more; not for ever."""
        if time.monotonic() - self._waits_since > LONGEST_WAIT:
            return True
        panels = [p for p in self._window.panels.values() if p.isVisible()]
        is_ready = all(panel.is_ready for panel in panels)
        return is_ready and not is_any_under_way(besides=self._worker)

    # --- the other thread ---------------------------------------------------------

    def _send(self, frame: Frame | None) -> None:
        """To the other thread; without waiting, whose turn it is to take."""
        try:
            self._frames.put_nowait(frame)
        except queue.Full:
            # Only when it is given up, or after the last one: it is made room.
            if self._is_given_up:
                self._frames.get_nowait()
                self._frames.put_nowait(frame)
            else:
                QTimer.singleShot(_PAUSE_MS, self, partial(self._send, frame))

    def _taken(self) -> Iterator[Frame]:
        """The pictures, as the other thread takes them."""
        while (frame := self._frames.get()) is not None:
            yield frame
        if self._is_given_up:
            raise GivenUp

    # --- the end ------------------------------------------------------------------

    def _on_written(self, _done: object) -> None:
        steps = counted(len(self._steps), "picture")
        self._end(
            tr("Film saved as {path}. {steps}", path=self._path, steps=steps),
            is_well=True,
        )

    def _on_not_written(self, error: Exception) -> None:
        if isinstance(error, GivenUp):
            self._end(tr("The film was given up: nothing is written"), is_well=True)
        elif isinstance(error, GlassboxError):
            self._end(tr("Film not saved. {error}.", error=error), is_well=False)
        else:
            self._end(tr("Film not saved. {error!r}.", error=error), is_well=False)
            raise error

    def _on_failed(self, failure: object) -> None:
        self._on_failure(str(getattr(failure, "reason", failure)))

    def _on_failure(self, reason: str) -> None:
        self._failure = reason
        self.cancel()

    def _end(self, text: str, *, is_well: bool) -> None:
        self._session.view_changed.disconnect(self._on_view_changed)
        self._session.failed.disconnect(self._on_failed)
        self._is_given_up = True
        self._soon.stop()
        if self.progress is not None:
            self.progress.canceled.disconnect(self.cancel)
            self.progress.close()
            self.progress.deleteLater()
            self.progress = None
        step, was_playing = self._back
        self._session.go_to_step(step)
        if was_playing:
            self._session.toggle_playing()
        if self._failure:
            text, is_well = (
                tr("Film not saved. {failure}.", failure=self._failure),
                False,
            )
        self.ended.emit(text, is_well)
        self.deleteLater()

    def _progress_dialog(self) -> QProgressDialog:
        text = tr("Begin\N{HORIZONTAL ELLIPSIS}")
        dialog = QProgressDialog(text, tr("Cancel"), 0, len(self._steps), self._window)
        dialog.setWindowTitle(tr("Film"))
        # Whoever trains on or edits meanwhile would have another run in the film.
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        dialog.setMinimumDuration(0)
        dialog.canceled.connect(self.cancel)
        dialog.show()
        return dialog


def _frame_of(image: QImage) -> Frame:
    """(rows, columns, 3) of the colours alone."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    return rows.reshape(image.height(), image.width(), 3).copy()
