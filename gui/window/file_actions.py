"""Opening experiments, weights and folders with data; all disk work off the window."""

import contextlib
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core.data.mnist_family import find_files
from core.data.mnist_files import IMAGE_SETS
from core.experiment.model import Experiment
from core.experiment.presets import read_experiment
from core.files.experiment_for_weights import experiment_of
from core.files.weights import WeightsFile, load_weights
from core.values.errors import GlassboxError, MissingDataError
from gui.runtime.worker import Worker
from gui.widgets.focus.focus_return import dialog_over
from gui.window.window_settings import WindowSettings

OPENABLE: Final = "Experiments and weights (*.toml *.npz *.safetensors);;All files (*)"


class FileActions(QObject):
    """How the File menu, and a drop on the window, open something.

    Signals:
        experiment_opened: an Experiment read from a file, and its path.
        weights_opened: a WeightsFile, its Experiment, and its path.
        data_folder_opened: the path of a folder, and the name of the data set in it.
        failed: a sentence that says what did not work.
        recent_changed: another file is the newest one.
    """

    experiment_opened = Signal(object, object)
    weights_opened = Signal(object, object, object)
    data_folder_opened = Signal(object, str)
    failed = Signal(str)
    recent_changed = Signal()

    def __init__(self, settings: WindowSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._worker = Worker(self)
        self._settings = settings

    def ask_and_open(self) -> None:
        """Let the user choose a file and open it."""
        with dialog_over(self._window):
            path, _ = QFileDialog.getOpenFileName(
                self._window, "Open", self._settings.folder(), OPENABLE
            )
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Open a file or a data folder, by what it is."""
        self._worker.submit(
            partial(_read, path), partial(self._on_read, path), self._on_failed
        )

    def remember(self, path: Path) -> None:
        """A file is the newest one; its path is the full one."""
        self._settings.set_text("folder", str(path.parent))
        self._settings.add_recent_file(path)
        self.recent_changed.emit()

    # --- inside -----------------------------------------------------------------

    def _on_read(self, path: Path, found: "_Read") -> None:
        if isinstance(found.contents, str):
            self.data_folder_opened.emit(path, found.contents)
            return
        self.remember(found.full_path)
        if isinstance(found.contents, Experiment):
            self.experiment_opened.emit(found.contents, path)
        else:
            self.weights_opened.emit(*found.contents, path)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, GlassboxError):
            raise error
        self.failed.emit(str(error))


class _Read(NamedTuple):
    """What a path leads to; a folder holds the data set of that name."""

    full_path: Path
    contents: Experiment | tuple[WeightsFile, Experiment] | str


def _read(path: Path) -> _Read:
    full_path = path.resolve()
    if path.is_dir():
        return _Read(full_path, _data_in(path))
    if path.suffix.lower() == ".toml":
        return _Read(full_path, read_experiment(path))
    return _Read(full_path, _read_weights(path))


def _data_in(folder: Path) -> str:
    """Name of the data set whose files are in a folder."""
    for entry in IMAGE_SETS:
        with contextlib.suppress(MissingDataError):
            find_files(entry.name, path=str(folder))
            return entry.name
    titles = " or ".join(entry.title for entry in IMAGE_SETS)
    msg = f"{folder}: contains no {titles}; needed are four IDX files, plain or gzip"
    raise MissingDataError(msg)


def _read_weights(path: Path) -> tuple[WeightsFile, Experiment]:
    weights = load_weights(path)
    return weights, experiment_of(weights)
