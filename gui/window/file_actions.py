"""Opening experiments, weights and folders with data; all disk work off the window."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core.experiment.model import DataSettings, Experiment
from core.platform.user_folders import state_folder
from core.readings.said import NOTHING_SAID, Said
from core.values.errors import GlassboxError, PartsError
from core.values.words import tr
from gui.runtime.worker import Worker
from gui.session.session import Session
from gui.widgets.focus.focus_return import dialog_over
from gui.window.window_settings import WindowSettings

if TYPE_CHECKING:
    from gui.window.opened_file import Opened

OPEN_OFFER: Final = "open "
"""Before a path: key of an offer of the message bar to open it."""
OPENABLE: Final = tr(
    "Experiments, runs, networks, data and pictures (*.toml *.npz *.safetensors *.ckpt "
    "*.onnx *.pt *.pth *.keras *.h5 *.hdf5 *.msgpack *.eqx *.json *.csv *.tsv "
    "*.parquet *.npy *.png *.jpg *.jpeg *.gif *.bmp *.webp *.tif *.tiff);;"
    "Lessons (*.md);;"
    "All files (*)"
)

LESSONS: Final = tr("Lessons (*.md);;All files (*)")


class FileActions(QObject):
    """How the File menu, and a drop on the window, open something.

    Signals:
        experiment_opened: an Experiment read from a file, its path, and what was
            understood of its data.
        data_opened: the usual Experiment on a file of data, which is yet to be read.
        run_opened: the Experiment of a run that is to go on, and the path of its file.
        weights_opened: a WeightsFile, its Experiment, and its path.
        reading_open: before that, a ReadingChoice of those weights, their path, and
            which part of the file they are.
        parts_found: the path of a file that opens not as a whole, why, and the parts
            of it that do.
        data_folder_opened: the path of a folder, and the name of the data set in it.
        picture_opened: an OwnPicture, for the drawing pad.
        lesson_opened: a Lesson of the user's own.
        failed: a sentence that says what did not work.
        recent_changed: another file is the newest one.
        busy_changed: what is read just now, in words; empty when nothing is.
    """

    experiment_opened = Signal(object, object, tuple)
    data_opened = Signal(object)
    run_opened = Signal(object, object)
    weights_opened = Signal(object, object, object)
    reading_open = Signal(object, object, str)
    parts_found = Signal(object, str, tuple)
    data_folder_opened = Signal(object, str)
    picture_opened = Signal(object)
    lesson_opened = Signal(object)
    failed = Signal(str)
    recent_changed = Signal()
    busy_changed = Signal(str)

    def __init__(
        self, settings: WindowSettings, session: Session, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._session = session
        self._worker = Worker(self)
        self._reading: list[Path] = []
        self._settings = settings

    def ask_and_open(self) -> None:
        """Let the user choose a file and open it."""
        with dialog_over(self._window):
            path, _ = QFileDialog.getOpenFileName(
                self._window, tr("Open"), self._settings.folder(), OPENABLE
            )
        if path:
            self.open(Path(path))

    def ask_for_lesson(self) -> None:
        """Let the user choose the text of a lesson and open it."""
        with dialog_over(self._window):
            path, _ = QFileDialog.getOpenFileName(
                self._window, tr("Open a lesson"), self._settings.folder(), LESSONS
            )
        if path:
            self.open(Path(path))

    def ask_for_folder(self) -> None:
        """Let the user choose a folder with data and open it."""
        with dialog_over(self._window):
            path = QFileDialog.getExistingDirectory(
                self._window, tr("Open folder"), self._settings.folder()
            )
        if path:
            self.open(Path(path))

    def open(self, path: Path, said: Said = NOTHING_SAID, part: str = "") -> None:
        """Open a file or a folder with data, by what it is.

        Args:
            path: of the file or folder.
            said: how the user says that a network of another program is read.
            part: the number of a part of its file; empty for all of it.
        """
        folders = tuple(self._session.data_folders)
        data = self._session.experiment.data
        read = partial(_read, path, folders, data, said, part)
        reading = self._reading
        reading.append(path)
        self._worker.submit(
            read,
            partial(self._on_read, reading, path, part),
            partial(self._on_failed, reading, path),
        )
        self._tell()

    @property
    def is_busy(self) -> bool:
        """Whether something is being read."""
        return bool(self._reading)

    def cancel(self) -> None:
        """Open nothing of what is being read.

        A reader cannot be stopped in the middle: what it finds is dropped, and what is
        opened next does not wait for it.
        """
        self._reading = []
        self._worker.forget()
        self._worker = Worker(self)
        self._tell()

    def remember(self, path: Path) -> None:
        """A file is the newest one; its path is the full one."""
        if not path.is_relative_to(state_folder()):  # where nobody saves anything
            self._settings.remember_folder(path.parent)
        self.list_recent(path)

    def list_recent(self, path: Path) -> None:
        """A file that was not opened yet is the newest one."""
        self._settings.add_recent_file(path)
        self.recent_changed.emit()

    # --- inside -----------------------------------------------------------------

    def _tell(self) -> None:
        text = (
            tr("Reading {reading}", reading=self._reading[-1].name)
            if self._reading
            else ""
        )
        self.busy_changed.emit(text)

    def _is_cancelled(self, reading: list[Path], path: Path) -> bool:
        """Whether what has been read is not wanted any more; else it is done."""
        if reading is not self._reading:
            return True
        reading.remove(path)
        self._tell()
        return False

    def _on_read(
        self, reading: list[Path], path: Path, part: str, found: "Opened"
    ) -> None:
        if self._is_cancelled(reading, path):
            return
        if isinstance(found.contents, str):
            self.data_folder_opened.emit(found.full_path, found.contents)
            return
        if isinstance(found.contents, Experiment) and not found.contents.data.is_read:
            self.data_opened.emit(found.contents)
            return
        from core.files.run_file import RunInFile
        from core.lessons.model import Lesson

        self.remember(found.full_path)
        if isinstance(found.contents, Experiment):
            self.experiment_opened.emit(found.contents, path, found.remarks)
        elif isinstance(found.contents, Lesson):
            self.lesson_opened.emit(found.contents)
        elif isinstance(found.contents, RunInFile):
            self.run_opened.emit(found.contents.experiment, found.full_path)
        elif not isinstance(found.contents, tuple):
            self.picture_opened.emit(found.contents)
        else:
            weights, experiment, choice = found.contents
            if choice is not None:
                self.reading_open.emit(choice, path, part)
            self.weights_opened.emit(weights, experiment, path)

    def _on_failed(self, reading: list[Path], path: Path, error: Exception) -> None:
        if self._is_cancelled(reading, path):
            return
        if not isinstance(error, GlassboxError):
            raise error
        if isinstance(error, PartsError):
            self.parts_found.emit(path, error.reason, error.parts)
        else:
            self.failed.emit(str(error))


def _read(
    path: Path, folders: tuple[Path, ...], data: DataSettings, said: Said, part: str
) -> "Opened":
    from gui.window.opened_file import Known, read_path

    return read_path(path, Known(folders, data, said, part))
