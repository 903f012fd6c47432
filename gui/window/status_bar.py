"""The status bar: shown step, losses, and speeds."""

import time

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QStatusBar, QWidget

from core.protocol.messages import Progress
from core.protocol.snapshot import Snapshot
from gui.session.view_state import View
from gui.style.number_format import count, loss_text, percent, plain, rounded_count
from gui.style.theme import figures_font
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.live_label import LiveLabel
from gui.window.frame_meter import FrameMeter

FIELDS = (
    "interventions",
    "step",
    "epoch",
    "loss",
    "accuracy",
    "steps_per_second",
    "frames_per_second",
    "age",
    "device",
)
LEAST_FIRST = (
    "frames_per_second",
    "age",
    "device",
    "steps_per_second",
    "interventions",
    "accuracy",
    "loss",
    "epoch",
)
"""Which figures a narrow window does without, in that order."""
NARROWEST = 240
SIDES = 24
"""Room for the margins and the size grip."""
GAP = 8
JOB_WIDTH = 200
"""Room for what is being done, whose text is elided."""
FIGURES_MILLISECONDS = 250
PATIENCE_MILLISECONDS = 500
"""What takes no longer is done without a word."""
NOT_THE_SEEDS_RUN = (
    "Manual changes up to this step. Without them the same seed gives a different run."
)


def interventions_text(snapshot: Snapshot) -> str:
    """The manual changes of a run; empty for none."""
    texts = []
    if snapshot.edited:
        times = set(snapshot.edited.values())
        last = "" if len(times) == 1 else "last "
        texts.append(f"weights edited {last}at step {count(max(times))}")
    if snapshot.frozen:
        texts.append(f"{count(len(snapshot.frozen))} frozen")
    return ", ".join(texts)


class StatusBar(QStatusBar):
    """Figures of the shown view, and the progress of long jobs.

    Signals:
        cancel_requested: the user cancels the current job.
    """

    cancel_requested = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._view: View | None = None
        self.frames = FrameMeter(window)
        self._labels = {name: LiveLabel(self) for name in FIELDS}
        for label in self._labels.values():
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            label.setFont(figures_font(self.font()))
            self.addPermanentWidget(label)
        self._labels["interventions"].setToolTip(NOT_THE_SEEDS_RUN)
        self._job = ElidingLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setFixedWidth(180)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("Cancel", self)
        self._cancel.clicked.connect(self.cancel_requested)
        for widget in (self._job, self._bar, self._cancel):
            # The text takes what is left, and is elided.
            self.addWidget(widget, int(widget is self._job))
            widget.hide()
        self._progress: Progress | None = None
        self._waiting = ""
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MILLISECONDS)
        self._patience.timeout.connect(self._write_job)
        self._timer = QTimer(self, singleShot=True, interval=FIGURES_MILLISECONDS)
        self._timer.timeout.connect(self._show_figures)
        self._show_figures()

    def set_view(self, view: View | None) -> None:
        """A new view is going to be painted."""
        self._view = view
        self.frames.expect()
        if view is None or not view.snapshot.playing:
            self._show_figures()
        elif not self._timer.isActive():
            self._timer.start()

    def show_progress(self, progress: Progress | None) -> None:
        """How far a long job is; None when it is over."""
        self._progress = progress
        self._show_job()

    def show_waiting(self, text: str) -> None:
        """What the user waits for; empty when it is there."""
        self._waiting = text
        self._show_job()

    def _show_job(self) -> None:
        """Only what takes long: a text that comes and goes at once would flicker."""
        if self._progress is None and not self._waiting:
            self._patience.stop()
            for widget in (self._job, self._bar, self._cancel):
                widget.hide()
            self._drop_what_has_no_room()
        elif self._job.isHidden():
            if not self._patience.isActive():
                self._patience.start()
        else:
            self._write_job()

    def _write_job(self) -> None:
        progress = self._progress
        text = self._waiting if progress is None else progress.text
        self._job.setText(f"{text}\N{HORIZONTAL ELLIPSIS}")
        self._bar.setRange(0, 0 if progress is None else progress.total)
        self._bar.setValue(0 if progress is None else progress.done)
        self._job.show()
        self._bar.show()
        self._cancel.setVisible(progress is not None)
        self._drop_what_has_no_room()

    def forget_widths(self) -> None:
        """Give every figure the place that it needs now."""
        for label in self._labels.values():
            label.forget_size()

    def _show_figures(self) -> None:
        for name, text in zip(FIELDS, self._texts(), strict=True):
            self._labels[name].setText(text)
        self._drop_what_has_no_room()
        if self.frames.frames_per_second > 0 and not self._timer.isActive():
            # Until the last frame is a second old; at rest nothing ticks.
            self._timer.start()

    def _drop_what_has_no_room(self) -> None:
        """Hide the least figures: their widest texts must not widen the window."""
        busy = [w for w in (self._bar, self._cancel) if not w.isHidden()]
        room = self.width() - SIDES - sum(w.sizeHint().width() + GAP for w in busy)
        if not self._job.isHidden():
            room -= JOB_WIDTH
        widths = {
            name: label.minimumWidth() + GAP
            for name, label in self._labels.items()
            if label.text()
        }
        for name in LEAST_FIRST:
            if sum(widths.values()) <= room:
                break
            widths.pop(name, None)
        for name, label in self._labels.items():
            if label.isHidden() == (name in widths):
                label.setVisible(name in widths)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drop_what_has_no_room()

    def _texts(self) -> tuple[str, ...]:
        view = self._view
        if view is None:
            return ("",) * len(FIELDS)
        snapshot, evaluation = view.snapshot, view.evaluation
        loss = accuracy = ""
        if evaluation is not None:
            of = view.run.experiment.data.tested_on
            loss = f"{of} loss {loss_text(evaluation.test_loss)}"
            if evaluation.test_accuracy is not None:
                accuracy = f"{of} accuracy {percent(evaluation.test_accuracy)}"
        age = (time.perf_counter() - snapshot.taken_at) * 1000
        return (
            interventions_text(snapshot),
            f"step {count(snapshot.step)}",
            f"epoch {plain(snapshot.epoch, 2)}",
            loss,
            accuracy,
            f"{rounded_count(snapshot.steps_per_second)} steps/s",
            f"{count(self.frames.frames_per_second)} frames/s",
            f"age {rounded_count(age)} ms" if snapshot.playing else "paused",
            view.run.device,
        )
