"""The only way from the window into a file: asked for, written, told, waited for."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from core.files.endings import with_ending
from core.values.errors import FileError, GlassboxError
from gui.runtime.worker import Worker
from gui.session.save_request import SaveRequest
from gui.widgets.focus.focus_return import dialog_over
from gui.window.window_settings import WindowSettings

SAVE_AGAIN: Final = "save again"
"""Key of what the message bar offers when something could not be saved."""
SAVE_AGAIN_TEXT: Final = "Save elsewhere\N{HORIZONTAL ELLIPSIS}"


class FileSaver(QObject):
    """Writes one file after another in another thread.

    Signals:
        begun: the path of a file that is written now or soon.
        saved: a sentence that says what was written where.
        failed: a sentence that says what was not written, and why.
        openable_saved: the path, in full, of a file that the window can open.
        idled: nothing is left to write.
    """

    begun = Signal(object)
    saved = Signal(str)
    failed = Signal(str)
    openable_saved = Signal(object)
    idled = Signal()

    def __init__(self, settings: WindowSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._settings = settings
        self._worker = Worker(self)
        self._worker.idled.connect(self.idled)
        self._unsaved: SaveRequest | None = None
        self.unwritten: list[Path] = []

    @property
    def is_busy(self) -> bool:
        """Whether some file is not written yet."""
        return not self._worker.is_idle

    def ask_and_save(self, request: SaveRequest) -> None:
        """Let the user choose where something is written."""
        try:
            with dialog_over(self._window):
                path = self._ask_where(request)
        except FileError as error:
            self._fail(request, str(error))
            return
        if path is not None:
            self._settings.set_text("folder", str(path.parent))
            self.save(request, path)

    def ask_again(self) -> None:
        """Let the user choose another place for what was not saved last."""
        if self._unsaved is not None:
            self.ask_and_save(self._unsaved)

    def save(self, request: SaveRequest, path: Path) -> None:
        """Write to this path; what is there is replaced."""
        self.unwritten.append(path)
        self._worker.submit(
            partial(_written, request, path),
            partial(self._on_written, request, path),
            partial(self._on_not_written, request, path),
        )
        self.begun.emit(path)

    def finish(self) -> None:
        """Wait until all is written."""
        self._worker.finish()

    # --- inside -----------------------------------------------------------------

    def _ask_where(self, request: SaveRequest) -> Path | None:
        endings = {f"{k.title} (*{k.ending})": k.ending for k in request.kinds}
        suggested = Path(self._settings.folder(), request.name)
        while True:
            chosen, kind = QFileDialog.getSaveFileName(
                self._window,
                f"Save {request.what[0].lower()}{request.what[1:]}",
                str(suggested),
                ";;".join(endings),
            )
            if not chosen:
                return None
            default = endings.get(kind, request.kinds[0].ending)
            path = with_ending(Path(chosen), tuple(endings.values()), default)
            # The dialog has asked about the name without its ending.
            if path == Path(chosen) or not path.exists() or self._may_replace(path):
                return path
            suggested = path

    def _may_replace(self, path: Path) -> bool:
        buttons = QMessageBox.StandardButton
        answer = QMessageBox.question(
            self._window,
            "Replace the file?",
            f"{path.name} is there already. Replace it?",
            buttons.Yes | buttons.No,
            buttons.No,
        )
        return answer == buttons.Yes

    def _on_written(self, request: SaveRequest, path: Path, full_path: Path) -> None:
        self.unwritten.remove(path)
        if request is self._unsaved:
            self._unsaved = None
        if request.is_openable:
            self.openable_saved.emit(full_path)
        self.saved.emit(f"{request.what} saved as {path}")

    def _on_not_written(
        self, request: SaveRequest, path: Path, error: Exception
    ) -> None:
        self.unwritten.remove(path)
        reason = str(error)
        self._fail(request, reason if isinstance(error, GlassboxError) else repr(error))
        if not isinstance(error, GlassboxError):
            raise error

    def _fail(self, request: SaveRequest, reason: str) -> None:
        self._unsaved = request
        self.failed.emit(f"{request.what} not saved. {reason}.")


def _written(request: SaveRequest, path: Path) -> Path:
    request.write(path)
    return path.resolve()
