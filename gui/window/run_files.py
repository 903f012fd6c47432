"""File > Save run: the whole run into a file, from which it goes on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from core.protocol.messages import Failed
from core.protocol.saving import RunTaken
from core.values.words import plural, tr
from gui.session.run_curves import Packed
from gui.session.save_request import FileKind, SaveRequest
from gui.session.session import Session
from gui.window.file_saver import FileSaver

if TYPE_CHECKING:
    from gui.session.view_state import View

RUN_KINDS: Final = (FileKind("safetensors", ".safetensors"), FileKind("ckpt", ".ckpt"))
"""The form is the same: what a file holds says that it is a run, not its name."""


class RunFiles(QObject):
    """Mutable: files that wait until the runner has taken the run for them.

    Signals:
        refused: a sentence that says what was not saved, and why.
        idled: none waits any more.
    """

    refused = Signal(str)
    idled = Signal()

    def __init__(self, session: Session, saver: FileSaver, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._saver = saver
        self._waiting: dict[int, Path] = {}
        self._writing: dict[str, int] = {}
        session.run_taken.connect(self._on_run_taken)
        saver.cancel_asked.connect(self._on_cancel_asked)
        saver.openable_saved.connect(self._on_openable_saved)
        # After the window has told of the failure itself.
        queued = Qt.ConnectionType.QueuedConnection
        session.failed.connect(self._on_failed, queued)

    @property
    def unwritten(self) -> list[Path]:
        """Files whose run is not taken yet."""
        return list(self._waiting.values())

    def ask_and_save(self, view: "View") -> None:
        """Let the user choose where the run is written."""
        data = view.run.experiment.data.path
        name = Path(data).stem if data else view.run.dataset.name
        path = self._saver.ask_path(
            tr("Run"), f"{name}-run{RUN_KINDS[0].ending}", RUN_KINDS
        )
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        """Write the run as it is now; it plays on if it plays."""
        self._waiting[self._session.take_run()] = path
        self._session.waiting.begin("saving", tr("Saving {path}", path=path.name))

    # --- inside -----------------------------------------------------------------

    def _on_run_taken(self, taken: RunTaken, curves: Packed) -> None:
        path = self._waiting.pop(taken.number, None)
        if path is None:
            return
        view = self._session.view
        end = taken.step
        if view is not None and view.run.run_id == taken.run_id:
            end = max(end, view.snapshot.end)
        what = tr("Run up to step {step:,}", step=taken.step)
        if end > taken.step:
            what = tr(
                "Run at step {step:,}, with its later steps up to {end:,},",
                step=taken.step,
                end=end,
            )
        request = SaveRequest(
            what,
            path.name,
            RUN_KINDS,
            partial(write_run, taken, curves),
            is_openable=True,
        )
        self._writing[path.name] = taken.run_id
        self._saver.save(request, path)

    def _on_openable_saved(self, path: Path) -> None:
        run_id = self._writing.pop(path.name, None)
        if run_id is not None:
            self._session.document.name_run(run_id, path.name)

    def _on_cancel_asked(self) -> None:
        """A run that is taken later is not written."""
        if self._waiting:
            self._waiting.clear()
            self.idled.emit()

    def _on_failed(self, failure: Failed) -> None:
        """It may have been the taking that failed: none is given up silently."""
        if self._waiting:
            names = ", ".join(path.name for path in self._waiting.values())
            self._waiting.clear()
            self.refused.emit(
                tr(
                    "Run not saved as {names}. {reason}",
                    names=names,
                    reason=failure.reason,
                )
            )
            self.idled.emit()


def write_run(taken: RunTaken, curves: Packed, path: Path) -> str:
    """Write a run, whole or not at all; returns what is not in the file.

    Raises:
        FileError: it has diverged, or the path cannot be written.
    """
    # Imported here: the forms of files would make the window start later.
    from core.checkpoints import contents

    tensors = contents.with_curves(taken.tensors, *curves)
    contents.write(path, tensors, taken.metadata)
    if not taken.n_branches:
        return ""
    return plural(
        taken.n_branches,
        "The branch that it has left is not in it",
        "The {n} branches that it has left are not in it",
        n=taken.n_branches,
    )
