"""Progress of what takes long, above the player, with a way to cancel it."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from core.protocol.messages import Progress
from core.values.words import tr
from gui.session.waiting import Waiting
from gui.style import motion, tokens
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.scaled_margins import ScaledMargins

BAR_WIDTH: Final = tokens.length("job_bar.bar_width")
PATIENCE_MILLISECONDS: Final = 500
"""What takes no longer is done without a word."""


class JobBar(QWidget):
    """Hidden while there is nothing to wait for.

    Signals:
        cancel_requested: the user cancels what is loaded or read.
        wait_cancelled: the user cancels what is waited for.
    """

    cancel_requested = Signal()
    wait_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = ElidingLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.clicked.connect(self._on_cancel_clicked)
        row = QHBoxLayout(self)
        ScaledMargins(
            row,
            (
                tokens.space("panel_pad"),
                tokens.space("xs"),
                tokens.space("panel_pad"),
                tokens.space("xs"),
            ),
            self,
        )
        row.addWidget(self._bar)
        row.addWidget(self._cancel)
        row.addWidget(self._job, 1)
        self._progress: Progress | None = None
        self._waiting = self._reading = ""
        self._can_cancel = False
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._write_job)
        self.hide()

    def show_progress(self, progress: Progress | None) -> None:
        """How far a long job is; None when it is over."""
        self._progress = progress
        self._show_job()

    def show_reading(self, text: str) -> None:
        """What is read, and can be cancelled; empty when it is done."""
        self._reading = text
        self._show_job()

    def follow(self, waiting: Waiting) -> None:
        """Tell of all that is waited for."""
        waiting.changed.connect(
            lambda text: self.show_waiting(text, can_cancel=waiting.can_cancel)
        )

    def show_waiting(self, text: str, *, can_cancel: bool = False) -> None:
        """What the user waits for; empty when it is there."""
        self._waiting, self._can_cancel = text, can_cancel
        self._show_job()

    def _show_job(self) -> None:
        """Only what takes long: a text that comes and goes at once would flicker."""
        if self._progress is None and not self._waiting and not self._reading:
            self._patience.stop()
            self.hide()
        elif self.isHidden():
            if not self._patience.isActive():
                self._patience.start()
        else:
            self._write_job()

    def _on_cancel_clicked(self) -> None:
        if self._progress is None and not self._reading:
            self.wait_cancelled.emit()
        else:
            self.cancel_requested.emit()

    def _write_job(self) -> None:
        progress = self._progress
        other = self._reading or self._waiting
        text = other if progress is None else progress.text
        self._job.setText(f"{text}\N{HORIZONTAL ELLIPSIS}")
        self._bar.setRange(0, 0 if progress is None else progress.total)
        self._bar.setValue(0 if progress is None else progress.done)
        if progress is None and motion.is_reduced():
            # Nothing runs to and fro for as long as it takes: the bar stands still.
            self._bar.setRange(0, 1)
        can_cancel = progress is not None or bool(self._reading) or self._can_cancel
        self._cancel.setVisible(can_cancel)
        self.show()
