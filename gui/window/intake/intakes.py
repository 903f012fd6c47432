"""Opens the dialog for own data: for a file, a pasted table, or the data in force."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from core.experiment.line_form import is_line
from core.experiment.model import Experiment
from core.experiment.rules import FILE
from core.values.errors import FileError
from core.values.words import tr
from gui.session.session import Session
from gui.window.intake.pasted_table import is_table, keep_table

if TYPE_CHECKING:
    from gui.window.intake.dialog import IntakeDialog

_LONGEST_PATH: Final = 4096
NO_TABLE: Final = tr(
    "There is no table and no picture in the clipboard. Copy some rows of a "
    "spreadsheet, a picture, a file, or an experiment as text, and paste once more."
)


def named_path(text: str) -> Path | None:
    """The file or folder that a copied text names in full; None for other texts."""
    line = text.strip().strip("\"'")
    if not line or "\n" in line or len(line) > _LONGEST_PATH:
        return None
    try:
        path = Path(line).expanduser()
        return path if path.is_absolute() and path.exists() else None
    except (OSError, RuntimeError, ValueError):
        return None


class Intakes(QObject):
    """One dialog at a time.

    Signals:
        chosen: an Experiment on a new file, and its path.
        path_pasted: a file that was copied elsewhere is to be opened: its path.
        picture_pasted: a QImage that was copied.
        line_pasted: a text that means to be an experiment in one line.
        failed: what did not work.

    Attributes:
        dialog: the one that is open, or None.
    """

    chosen = Signal(object, object)
    path_pasted = Signal(object)
    picture_pasted = Signal(object)
    line_pasted = Signal(str)
    failed = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._pasted: Path | None = None
        self.dialog: IntakeDialog | None = None

    def open_new(self, experiment: Experiment) -> None:
        """Ask how a file is to be read, and train on it."""
        self._show(experiment, is_new=True)

    def open_in_force(self) -> None:
        """Let the data of the experiment be read in another way."""
        experiment = self._session.experiment
        if experiment.data.name == FILE:
            self._show(experiment, is_new=False)

    def paste(self, contents: QMimeData) -> None:
        """Open what was copied: files, or rows of a spreadsheet."""
        files = [url for url in contents.urls() if url.isLocalFile()]
        if files:
            for url in files:
                self.path_pasted.emit(Path(url.toLocalFile()))
            return
        text = contents.text()
        if is_line(text):
            self.line_pasted.emit(text)
            return
        path = named_path(text)
        if path is not None:
            self.path_pasted.emit(path)
            return
        # A spreadsheet copies its rows as a picture, too: the table comes first.
        image = contents.imageData() if contents.hasImage() else None
        if isinstance(image, QImage) and not is_table(text):
            self.picture_pasted.emit(image)
            return
        if not is_table(text):
            self.failed.emit(NO_TABLE)
            return
        try:
            path, is_new = keep_table(text)
        except (OSError, FileError) as error:
            self.failed.emit(
                tr("The pasted table cannot be kept: {error}", error=error)
            )
            return
        from core.data.file import usual_experiment

        self._show(usual_experiment(path), is_new=True)
        self._pasted = path if is_new else None

    # --- inside -----------------------------------------------------------------

    def _show(self, experiment: Experiment, *, is_new: bool) -> None:
        # Imported here: the readers would make the window start later.
        from gui.window.intake.dialog import IntakeDialog

        if self.dialog is not None:
            self.dialog.reject()
        self.dialog = IntakeDialog(experiment, self._window, is_new=is_new)
        self.dialog.chosen.connect(self._on_dialog_chosen)
        self.dialog.finished.connect(self._on_dialog_finished)
        self.dialog.open()

    def _on_dialog_chosen(
        self, experiment: Experiment, path: Path, is_new: bool
    ) -> None:
        if path == self._pasted:
            self._pasted = None
        if is_new:
            self.chosen.emit(experiment, path)
        else:
            self._session.edit(experiment)

    def _on_dialog_finished(self) -> None:
        self.dialog = None
        pasted, self._pasted = self._pasted, None
        if pasted is not None:
            # What the user did not want is not kept.
            with contextlib.suppress(OSError):
                pasted.unlink()
