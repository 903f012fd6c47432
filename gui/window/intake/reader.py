"""Opens and understands own data off the main thread, as they are asked for last."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from core.data.file import Understood, forget_understood, open_source, understand
from core.data.source import Source
from core.experiment.model import DataSettings, Experiment
from core.values.errors import GlassboxError
from gui.runtime.worker import Keeps, Worker


class IntakeReader(QObject):
    """Reads the file of one dialog.

    Signals:
        opened: a Source.
        understood: an Understood, of the newest settings that were asked about.
        failed: why not, in words.
        busy_changed: `is_busy` is another.

    Attributes:
        source: the file, when it was opened.
        is_busy: whether something is being read.
    """

    opened = Signal(object)
    understood = Signal(object)
    failed = Signal(str)
    busy_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = Worker(self, Keeps.NEWEST)
        self._newest = 0
        self.source: Source | None = None
        self.is_busy = False

    def open(self, data: DataSettings) -> None:
        """Open the file of these settings."""
        self.source = None
        self._submit(partial(open_source, data), self._on_opened)

    def understand(self, experiment: Experiment, answers: str) -> None:
        """Understand the file that was opened, as an experiment says."""
        job = partial(understand, experiment, source=self.source, answers=answers)
        self._submit(job, self._on_understood)

    def cancel(self) -> None:
        """Nothing of what is being read is wanted any more."""
        self._newest += 1
        self._worker.forget()
        forget_understood()

    def _submit(self, job: object, on_done: object) -> None:
        self._newest += 1
        number = self._newest
        self._set_busy(busy=True)
        self._worker.submit(
            job,  # type: ignore[arg-type]
            partial(self._settle, number, on_done),
            partial(self._on_failed, number),
        )

    def _settle(self, number: int, on_done: object, found: object) -> None:
        if number == self._newest:
            on_done(found)  # type: ignore[operator]

    def _set_busy(self, *, busy: bool) -> None:
        self.is_busy = busy
        self.busy_changed.emit(busy)

    def _on_opened(self, source: Source) -> None:
        self.source = source
        self._set_busy(busy=False)
        self.opened.emit(source)

    def _on_understood(self, understood: Understood) -> None:
        self._set_busy(busy=False)
        self.understood.emit(understood)

    def _on_failed(self, number: int, error: Exception) -> None:
        if number != self._newest:
            return
        self._set_busy(busy=False)
        if not isinstance(error, GlassboxError):
            raise error
        self.failed.emit(str(error))
