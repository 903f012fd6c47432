"""Opening experiments, weights and folders with data; all disk work off the window."""

import contextlib
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from core.data.load import load_dataset
from core.data.mnist_family import find_files
from core.data.mnist_files import IMAGE_SETS
from core.experiment.effects import FILE_DATASETS
from core.experiment.model import Experiment
from core.experiment.presets import read_experiment
from core.files.weights import WeightsFile, load_weights
from core.readings.choice import ReadingChoice
from core.readings.opening import first_experiment, read_network
from core.readings.said import NOTHING_SAID, Said
from core.values.errors import GlassboxError, MissingDataError
from gui.runtime.worker import Worker
from gui.session.session import Session
from gui.widgets.focus.focus_return import dialog_over
from gui.window.window_settings import WindowSettings

OPENABLE: Final = (
    "Experiments and networks (*.toml *.npz *.safetensors *.onnx *.pt *.pth *.keras "
    "*.h5 *.hdf5 *.msgpack *.eqx *.json);;All files (*)"
)


class FileActions(QObject):
    """How the File menu, and a drop on the window, open something.

    Signals:
        experiment_opened: an Experiment read from a file, and its path.
        weights_opened: a WeightsFile, its Experiment, and its path.
        reading_open: before that, a ReadingChoice of those weights, and their path.
        data_folder_opened: the path of a folder, and the name of the data set in it.
        failed: a sentence that says what did not work.
        recent_changed: another file is the newest one.
    """

    experiment_opened = Signal(object, object)
    weights_opened = Signal(object, object, object)
    reading_open = Signal(object, object)
    data_folder_opened = Signal(object, str)
    failed = Signal(str)
    recent_changed = Signal()

    def __init__(
        self, settings: WindowSettings, session: Session, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._session = session
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

    def open(self, path: Path, said: Said = NOTHING_SAID) -> None:
        """Open a file or a data folder, by what it is.

        Args:
            path: of the file or folder.
            said: how the user says that a network of another program is read.
        """
        folders = tuple(self._session.data_folders)
        name = self._session.experiment.data.name
        read = partial(_read, path, _Known(folders, name, said))
        self._worker.submit(read, partial(self._on_read, path), self._on_failed)

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
            weights, experiment, choice = found.contents
            if choice is not None:
                self.reading_open.emit(choice, path)
            self.weights_opened.emit(weights, experiment, path)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, GlassboxError):
            raise error
        self.failed.emit(str(error))


class _Known(NamedTuple):
    """What the window knows: folders of data, the set that is shown, what was said."""

    folders: tuple[Path, ...]
    name: str
    said: Said


class _Weights(NamedTuple):
    """A network, its experiment, and what is open about its reading."""

    weights: WeightsFile
    experiment: Experiment
    choice: ReadingChoice | None = None


class _Read(NamedTuple):
    """What a path leads to; a folder holds the data set of that name."""

    full_path: Path
    contents: Experiment | _Weights | str


def _read(path: Path, known: _Known) -> _Read:
    full_path = path.resolve()
    if path.is_dir():
        return _Read(full_path, _data_in(path))
    if path.suffix.lower() == ".toml":
        return _Read(full_path, read_experiment(path))
    return _Read(full_path, _read_weights(path, known))


def _data_in(folder: Path) -> str:
    """Name of the data set whose files are in a folder."""
    for entry in IMAGE_SETS:
        with contextlib.suppress(MissingDataError):
            find_files(entry.name, path=str(folder))
            return entry.name
    titles = " or ".join(entry.title for entry in IMAGE_SETS)
    msg = f"{folder}: contains no {titles}; needed are four IDX files, plain or gzip"
    raise MissingDataError(msg)


def _read_weights(path: Path, known: _Known) -> _Weights:
    """A network, as it reads the data where it is another program's."""
    weights = load_weights(path)
    shown = (known.name,) if known.name in FILE_DATASETS else ()
    experiment, reasons = first_experiment(weights, known.folders, shown)
    if weights.foreign is None:
        return _Weights(weights, experiment)
    load = partial(load_dataset, data_folders=known.folders)
    read = read_network(weights, experiment, load, known.said)
    notes = (*(text.partition(" (--set")[0] for text in reasons), *read.window_guesses)
    weights = replace(read.weights, assumptions=notes)
    return _Weights(weights, read.experiment, read.choice)
