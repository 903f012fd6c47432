"""The only way from the window into a file: asked for, written, told, waited for."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from core.experiment.model import DataSettings
from core.files.endings import with_ending
from core.files.spared_data import check_spares_data
from core.platform.cancelling import (
    CancelledError,
    cancellable,
    check_cancelled,
)
from core.values.errors import FileError, GlassboxError
from core.values.words import tr
from gui.runtime.worker import Worker
from gui.session.save_request import FileKind, SaveRequest
from gui.widgets.focus.focus_return import dialog_over
from gui.window.window_settings import WindowSettings

SAVE_AGAIN: Final = tr("save again")
"""Key of what the message bar offers when something could not be saved."""
SAVE_AGAIN_TEXT: Final = tr("Save elsewhere\N{HORIZONTAL ELLIPSIS}")


class FileSaver(QObject):
    """Writes one file after another in another thread.

    Signals:
        begun: the path of a file that is written now or soon.
        saved: a sentence that says what was written where.
        failed: a sentence that says what was not written, and why.
        cancelled: a sentence that says what was not written, as the user wanted.
        cancel_asked: nothing that is not written is wanted any more.
        openable_saved: the path, in full, of a file that the window can open.
        idled: nothing is left to write.
    """

    begun = Signal(object)
    saved = Signal(str)
    failed = Signal(str)
    cancelled = Signal(str)
    cancel_asked = Signal()
    openable_saved = Signal(object)
    idled = Signal()

    def __init__(
        self,
        settings: WindowSettings,
        parent: QWidget,
        data_in_use: Callable[[], DataSettings] = DataSettings,
    ) -> None:
        """Ask over a window.

        Args:
            settings: remember the folder.
            parent: the window.
            data_in_use: of the experiment; their file is never written over, which
                the system's dialog, asking whether to replace it, does not know.
        """
        super().__init__(parent)
        self._window = parent
        self._settings = settings
        self._data_in_use = data_in_use
        self._worker = Worker(self)
        self._worker.idled.connect(self.idled)
        self._unsaved: SaveRequest | None = None
        self._asked: set[Path] = set()
        self._cancel = Event()
        self.unwritten: list[Path] = []

    @property
    def is_busy(self) -> bool:
        """Whether some file is not written yet."""
        return not self._worker.is_idle

    def ask_and_save(self, request: SaveRequest) -> None:
        """Let the user choose where something is written."""
        try:
            with dialog_over(self._window):
                chosen = self._ask_where(request)
        except FileError as error:
            self._fail(request, str(error))
            return
        if chosen is not None:
            path, kind = chosen
            self._asked.add(path)
            self.save(request, path, kind)

    def ask_path(
        self, what: str, name: str, kinds: tuple[FileKind, ...]
    ) -> Path | None:
        """Where the user wants a file that somebody else writes."""
        request = SaveRequest(what, name, kinds, _nothing)
        try:
            with dialog_over(self._window):
                chosen = self._ask_where(request)
        except FileError as error:
            self.failed.emit(tr("{what} not saved. {error}.", what=what, error=error))
            return None
        if chosen is None:
            return None
        self._settings.remember_folder(chosen[0].parent)
        return chosen[0]

    def ask_again(self) -> None:
        """Let the user choose another place for what was not saved last."""
        if self._unsaved is not None:
            self.ask_and_save(self._unsaved)

    def save(
        self, request: SaveRequest, path: Path, kind: FileKind | None = None
    ) -> None:
        """Write to this path; what is there is replaced.

        Args:
            request: what is written.
            path: with its ending.
            kind: one of the request's; None is the first with that ending.
        """
        self.unwritten.append(path)
        self._worker.submit(
            partial(
                _written, request, path, kind or _kind_of(request, path), self._cancel
            ),
            partial(self._on_written, request, path),
            partial(self._on_not_written, request, path),
        )
        self.begun.emit(path)

    def cancel(self) -> None:
        """Write nothing of what is not written yet; files that are there stay."""
        self._cancel.set()
        self._cancel = Event()
        self.cancel_asked.emit()

    def finish(self) -> None:
        """Wait until all is written."""
        self._worker.finish()

    # --- inside -----------------------------------------------------------------

    def _ask_where(self, request: SaveRequest) -> tuple[Path, FileKind] | None:
        kinds = {f"{kind.title} (*{kind.ending})": kind for kind in request.kinds}
        endings = tuple(dict.fromkeys(kind.ending for kind in request.kinds))
        suggested = Path(self._settings.folder(), request.name)
        while True:
            chosen, filtered = QFileDialog.getSaveFileName(
                self._window,
                tr(
                    "Save {what}{request_what}",
                    what=request.what[0].lower(),
                    request_what=request.what[1:],
                ),
                str(suggested),
                ";;".join(kinds),
            )
            if not chosen:
                return None
            kind = kinds.get(filtered, request.kinds[0])
            path = with_ending(Path(chosen), endings, kind.ending)
            if path.suffix.lower() != kind.ending:  # the name counts for more
                kind = _kind_of(request, path)
            check_spares_data(path, self._data_in_use())
            # The dialog has asked about the name without its ending.
            if path == Path(chosen) or not path.exists() or self._may_replace(path):
                return path, kind
            suggested = path

    def _may_replace(self, path: Path) -> bool:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            tr("Replace the file?"),
            tr("{path} is there already. Replace it?", path=path.name),
            buttons.Yes | buttons.No,
            buttons.No,
        )
        return answer == buttons.Yes

    def _on_written(self, request: SaveRequest, path: Path, done: "_Written") -> None:
        self.unwritten.remove(path)
        if path in self._asked:
            # Not before: where nothing can be saved the next dialog shall not begin.
            self._settings.remember_folder(path.absolute().parent)
        if request is self._unsaved:
            self._unsaved = None
        if request.is_openable and done.kind.is_openable:
            self.openable_saved.emit(done.full_path)
        self.saved.emit(
            tr(
                "{what} saved as {path}{said}",
                what=request.what,
                path=path,
                said=done.said,
            )
        )

    def _on_not_written(
        self, request: SaveRequest, path: Path, error: Exception
    ) -> None:
        self.unwritten.remove(path)
        if isinstance(error, CancelledError):
            what = request.what
            self.cancelled.emit(tr("{what} not saved: cancelled.", what=what))
            return
        reason = str(error)
        self._fail(request, reason if isinstance(error, GlassboxError) else repr(error))
        if not isinstance(error, GlassboxError):
            raise error

    def _fail(self, request: SaveRequest, reason: str) -> None:
        self._unsaved = request
        self.failed.emit(
            tr("{what} not saved. {reason}.", what=request.what, reason=reason)
        )


def _nothing(_path: Path) -> None:
    """Somebody else writes."""


class _Written(NamedTuple):
    full_path: Path
    kind: FileKind
    said: str


def _written(
    request: SaveRequest, path: Path, kind: FileKind, cancel: Event
) -> _Written:
    with cancellable(cancel.is_set):
        check_cancelled()
        if request.write_kind is not None:
            said = request.write_kind(path, kind)
        else:
            said = request.write(path) or ""
    return _Written(path.resolve(), kind, f". {said}" if said else "")


def _kind_of(request: SaveRequest, path: Path) -> FileKind:
    """The first kind with the path's ending."""
    ending = path.suffix.lower()
    kinds = (kind for kind in request.kinds if kind.ending == ending)
    return next(kinds, request.kinds[0])
