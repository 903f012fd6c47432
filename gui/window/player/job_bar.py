"""Progress of what takes long, above the player, with a way to cancel it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from core.protocol.messages import Progress

BAR_WIDTH = 180


class JobBar(QWidget):
    """Hidden while there is nothing to wait for.

    Signals:
        cancel_requested: the user cancels the current job.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("Cancel", self)
        self._cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 14, 4)
        for widget in (self._job, self._bar, self._cancel):
            row.addWidget(widget)
        row.addStretch(1)
        self.hide()

    def show_progress(self, progress: Progress | None) -> None:
        """Show the progress of a long job, or hide it."""
        for widget in (self._bar, self._cancel):
            widget.setVisible(progress is not None)
        if progress is not None:
            self._job.setText(progress.text + "…")
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
        self.setVisible(progress is not None)

    def show_compiling(self, what: str) -> None:
        """Show that steps wait for a compilation; empty when it is over."""
        self._job.setText(f"Compiling the {what}…" if what else "")
        for widget in (self._bar, self._cancel):
            widget.setVisible(False)
        self.setVisible(bool(what))
