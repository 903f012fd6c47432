"""Opening and saving: experiments, weights, pictures; all disk work off the window."""

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from core.data.mnist_family import find_files
from core.data.mnist_files import IMAGE_SETS
from core.experiment import toml_form
from core.experiment.model import Experiment
from core.experiment.presets import read_experiment
from core.files.experiment_for_weights import experiment_of
from core.files.weights import WeightsFile, load_weights, save_weights
from core.platform import atomic
from core.values.errors import GlassboxError, MissingDataError
from gui.runtime.background import BackgroundJobs
from gui.session.view_state import View
from gui.style.number_format import count
from gui.window.window_settings import WindowSettings

OPENABLE: Final = "Experiments and weights (*.toml *.npz *.safetensors);;All files (*)"
WEIGHT_FORMS: Final = "safetensors (*.safetensors);;NumPy (*.npz)"


class FileActions(QObject):
    """What the File menu does.

    Signals:
        experiment_opened: an Experiment read from a file, and its path.
        weights_opened: a WeightsFile, its Experiment, and its path.
        data_folder_opened: the path of a folder, and the name of the data set in it.
        saved: a sentence that says what was written where.
        failed: a sentence that says what did not work.
        recent_changed: another file is the newest one.
    """

    experiment_opened = Signal(object, object)
    weights_opened = Signal(object, object, object)
    data_folder_opened = Signal(object, str)
    saved = Signal(str)
    failed = Signal(str)
    recent_changed = Signal()

    def __init__(
        self, jobs: BackgroundJobs, settings: WindowSettings, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._jobs = jobs
        self._settings = settings

    def ask_and_open(self) -> None:
        """Let the user choose a file and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open", self._folder(), OPENABLE
        )
        if path:
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Open a file or a data folder, by what it is."""
        if path.is_dir():
            self._submit(partial(_data_in, path), partial(self._on_folder, path))
        elif path.suffix.lower() == ".toml":
            self._submit(
                partial(read_experiment, path), partial(self._on_experiment, path)
            )
        else:
            self._submit(partial(_read_weights, path), partial(self._on_weights, path))

    def ask_and_save_experiment(self, experiment: Experiment) -> None:
        """Let the user choose where an experiment is written."""
        path = self._ask_where("Save experiment", "experiment.toml", "TOML (*.toml)")
        if path is not None:
            self.save_experiment(experiment, path)

    def save_experiment(self, experiment: Experiment, path: Path) -> None:
        text = toml_form.dumps(experiment).encode()
        self._submit(
            partial(atomic.write_bytes, path, text),
            partial(self._on_saved, f"Experiment saved as {path}", path),
        )

    def ask_and_export(self, view: View) -> None:
        """Let the user choose where the weights of this view are written."""
        name = f"{view.run.dataset.name}-step-{view.snapshot.step}.safetensors"
        path = self._ask_where("Export weights", name, WEIGHT_FORMS)
        if path is not None:
            self.export(view, path)

    def export(self, view: View, path: Path) -> None:
        """Write the weights that the view shows."""
        weights = WeightsFile(
            view.spec,
            view.params,
            view.run.experiment,
            view.snapshot.step,
            view.run.dataset.class_names,
        )
        text = f"Weights of step {count(view.snapshot.step)} saved as {path}"
        self._submit(
            partial(save_weights, path, weights), partial(self._on_saved, text, path)
        )

    def ask_and_save_picture(self, widget: QWidget, name: str) -> None:
        """Let the user choose where a picture of a panel is written."""
        path = self._ask_where("Save picture", f"{name}.png", "PNG (*.png)")
        if path is not None:
            self.save_picture(widget.grab().toImage(), path)

    def save_picture(self, image: QImage, path: Path) -> None:
        self._submit(
            partial(_write_png, image, path),
            partial(self._on_saved, f"Picture saved as {path}", None),
        )

    # --- inside -----------------------------------------------------------------

    def _submit(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        self._jobs.submit(job, done, self._on_failed)

    def _folder(self) -> str:
        return self._settings.text("folder", str(Path.home()))

    def _ask_where(self, title: str, name: str, kinds: str) -> Path | None:
        suggestion = str(Path(self._folder()) / name)
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, title, suggestion, kinds
        )
        if not chosen:
            return None
        path = Path(chosen)
        if not path.suffix:
            path = path.with_suffix(kind.rpartition("*")[2].rstrip(")"))
        self._settings.set_text("folder", str(path.parent))
        return path

    def _remember(self, path: Path) -> None:
        self._settings.set_text("folder", str(path.parent))
        self._settings.add_recent_file(path.resolve())
        self.recent_changed.emit()

    def _on_experiment(self, path: Path, experiment: Experiment) -> None:
        self._remember(path)
        self.experiment_opened.emit(experiment, path)

    def _on_weights(self, path: Path, opened: tuple[WeightsFile, Experiment]) -> None:
        self._remember(path)
        self.weights_opened.emit(*opened, path)

    def _on_folder(self, path: Path, name: str) -> None:
        self.data_folder_opened.emit(path, name)

    def _on_saved(self, text: str, path: Path | None, _result: object) -> None:
        if path is not None:
            self._remember(path)
        self.saved.emit(text)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, GlassboxError):
            raise error
        self.failed.emit(str(error))


def _data_in(folder: Path) -> str:
    """Name of the data set whose files are in a folder."""
    for entry in IMAGE_SETS:
        with contextlib.suppress(MissingDataError):
            find_files(entry.name, path=str(folder))
            return entry.name
    titles = " or ".join(entry.title for entry in IMAGE_SETS)
    msg = f"{folder}: holds no {titles}: four IDX files, packed with gzip or not"
    raise MissingDataError(msg)


def _read_weights(path: Path) -> tuple[WeightsFile, Experiment]:
    weights = load_weights(path)
    return weights, experiment_of(weights)


def _write_png(image: QImage, path: Path) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    atomic.write_bytes(path, bytes(buffer.data().data()))
