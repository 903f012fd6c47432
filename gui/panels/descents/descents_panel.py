"""Full gradient beside the batch's: angle and lengths, and both descents."""

import math
import weakref
from collections.abc import Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.arrays import FloatArray
from core.protocol.jobs import JobAdvanced, JobEnded
from core.protocol.side_jobs.descents import (
    AngleRequest,
    DescentProgress,
    DescentRequest,
    DescentResult,
    GradientAngle,
)
from core.values.words import tr
from gui.panels.base import Panel, PanelEntry
from gui.panels.descents import DESCENTS
from gui.panels.descents.descent_picture import DescentPicture
from gui.panels.descents.gradient_arrows import GradientArrows
from gui.runtime.layout_items import nest
from gui.session.jobs import JobSlot
from gui.session.view_state import View
from gui.style import theme, tokens
from gui.style.checked_numbers import significant
from gui.style.number_format import count, counted, loss_text, plain
from gui.widgets.number_boxes import WholeSpinBox
from gui.widgets.placeholder import PlaceholderLayout
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing

NO_RUN: Final = tr("Nothing is loaded yet.")
SHORTEST_PAUSE: Final = 0.5
SHARE_OF_TIME: Final = 0.1
"""Largest share of time for the gradient of all examples while playing."""
MOST_STEPS: Final = 200


def compared_text(compared: GradientAngle) -> str:
    """The angle and the lengths as text."""
    head = tr("Step {step}: ", step=count(compared.step))
    if not math.isfinite(compared.cosine):
        return head + tr("one of the two gradients is 0 or not finite")
    ratio = significant(compared.ratio, 2)
    return tr(
        "{head}the batch's gradient is at {degrees}\N{DEGREE SIGN} to that of all "
        "examples and is {ratio} times as long",
        head=head,
        degrees=plain(compared.degrees, 0),
        ratio=ratio,
    )


def result_text(result: DescentResult) -> str:
    """Losses, examples and time of the two descents."""
    full = counted(result.steps * result.examples, "example")
    batch = count(result.steps * result.batch_size)
    text = tr(
        "From step {start}, {steps} each; loss over all examples {full_losse} "
        "at the start\nall examples: {result_full_losse} after {full}, "
        "{full_seconds} s; batches: {batch_end_loss} after {batch}, {batch_seconds} s",
        start=count(result.start),
        steps=counted(result.steps, "step"),
        full_losse=loss_text(float(result.full_losses[0])),
        result_full_losse=loss_text(float(result.full_losses[-1])),
        full=full,
        full_seconds=plain(result.full_seconds, 2),
        batch_end_loss=loss_text(result.batch_end_loss),
        batch=batch,
        batch_seconds=plain(result.batch_seconds, 2),
    )
    if result.steps < result.requested:
        text += tr(
            "\nOnly {steps} of {requested} steps: more would not fit into memory for "
            "a network of this size",
            steps=result.steps,
            requested=result.requested,
        )
    return text


class _Compared:
    """What two gradients were taken of: at one step the weights may be edited.

    The weights are known by themselves, and not kept for it.
    """

    def __init__(self, view: View) -> None:
        self._step = view.snapshot.step
        self._training = view.run.experiment.training
        self._arrays = tuple(map(weakref.ref, _arrays(view)))

    def is_of(self, view: View) -> bool:
        """Whether it is what is shown."""
        is_there = self._step == view.snapshot.step
        is_meant = self._training == view.run.experiment.training
        now = _arrays(view)
        are_same = len(now) == len(self._arrays) and all(
            known() is array for known, array in zip(self._arrays, now, strict=True)
        )
        return is_there and is_meant and are_same


def _arrays(view: View) -> list[FloatArray]:
    return [array for layer in view.snapshot.params for array in layer]


class DescentsPanel(Panel):
    """Compares gradients while visible; runs the descents on request."""

    entry: ClassVar[PanelEntry] = DESCENTS

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._angle: GradientAngle | None = None
        self._walk: DescentResult | None = None
        self._run_id: int | None = None
        self._comparing = JobSlot()
        self._walking = JobSlot()
        self._compared: _Compared | None = None
        self._asked: _Compared | None = None
        self._seconds = 0.0
        self._since = QElapsedTimer()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self.compared_label = QLabel(self)
        self.arrows = GradientArrows(self)
        self.picture = DescentPicture(self)
        self.result_label = QLabel(self)
        self.walk_button = QPushButton(tr("Walk both"), self)
        self.steps_box = WholeSpinBox(self)
        self.progress = QProgressBar(self)
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        figures = theme.figures_font(self.font())
        for label in (self.compared_label, self.result_label):
            label.setFont(figures)
            label.setWordWrap(True)
            label.setMinimumWidth(1)
        self.steps_box.setRange(1, MOST_STEPS)
        self.steps_box.setValue(20)
        self.steps_box.setSuffix(tr(" steps"))
        self.steps_box.setToolTip(tr("Steps of each descent"))
        self.steps_box.setAccessibleName(tr("Steps of each descent"))
        self.walk_button.setToolTip(
            tr(
                "Descend from the current weights twice: by the gradient of all "
                "examples (steady but slow), and batch by batch (fast but noisy). "
                "Training is not affected."
            )
        )
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(tokens.length("descents_panel.most_height"))
        controls = QHBoxLayout()
        controls.addWidget(self.walk_button)
        controls.addWidget(self.steps_box)
        controls.addWidget(self.progress, 1)
        controls.addWidget(self.cancel_button)
        controls.addStretch(1)
        pictures = QHBoxLayout()
        ScaledSpacing(pictures, tokens.space("xs"), self)
        pictures.addWidget(self.arrows, 2)
        pictures.addWidget(self.picture, 5)
        content = QWidget(self)
        column = QVBoxLayout(content)
        pad = tokens.space("panel_pad")
        ScaledMargins(column, (pad, 0, pad, tokens.space("s")), content)
        column.setSpacing(tokens.space("xs"))
        nest(column, controls)
        nest(column, pictures, 1)
        column.addWidget(self.compared_label)
        column.addWidget(self.result_label)
        self._layout = PlaceholderLayout(self, content)
        self._layout.show_reason(NO_RUN)
        self._show_walking(walking=False)

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        return (), (self.walk_button, self.steps_box)

    def _connect(self) -> None:
        self._later.timeout.connect(self._on_later_timeout)
        self.walk_button.clicked.connect(self._on_walk_clicked)
        self.cancel_button.clicked.connect(self._on_cancel_clicked)

    def _show_walking(self, *, walking: bool) -> None:
        self.progress.setVisible(walking)
        self.cancel_button.setVisible(walking)
        self.walk_button.setEnabled(not walking)
        self.result_label.setVisible(bool(self.result_label.text()))
        # The arrows have all the room until there is something beside them.
        self.picture.setVisible(walking or bool(self.result_label.text()))

    def forget_drawn(self) -> None:
        if self._angle is not None:
            self.compared_label.setText(compared_text(self._angle))
        if self._walk is not None:
            self.result_label.setText(result_text(self._walk))

    def draw(self, view: View | None) -> None:
        if view is None:
            self._run_id = None
            self._layout.show_reason(NO_RUN)
            return
        if view.run.run_id != self._run_id:
            self._begin(view.run.run_id)
        self._layout.show_content()
        self._compare_when_due(view)

    def _begin(self, run_id: int) -> None:
        """Another run: the runner has dropped the jobs of the previous one."""
        self._run_id = run_id
        self._comparing, self._walking = JobSlot(), JobSlot()
        self._compared, self._asked, self._seconds = None, None, 0.0
        self._since.invalidate()
        self._angle, self._walk = None, None
        self.arrows.show_compared(None)
        self.picture.show_result(None)
        self.compared_label.setText(tr("Computing the gradient of all examples …"))
        self.result_label.setText("")
        self._show_walking(walking=False)

    def _compare_when_due(self, view: View) -> None:
        is_known = self._compared is not None and self._compared.is_of(view)
        if self._comparing.is_busy or is_known:
            return
        if view.snapshot.playing and self._since.isValid():
            pause = max(SHORTEST_PAUSE, self._seconds / SHARE_OF_TIME)
            left = pause - self._since.elapsed() / 1000
            if left > 0:
                if not self._later.isActive():
                    self._later.start(int(1000 * left) + 1)
                return
        self._asked = _Compared(view)
        for command in self._comparing.begin(AngleRequest()):
            self.job_requested.emit(command)

    def take_job(self, event: JobAdvanced | JobEnded) -> None:
        if event.run_id != self._run_id:
            return
        if self._comparing.accepts(event):
            self._take_comparison(event)
        elif self._walking.accepts(event):
            self._take_walk(event)

    def _take_comparison(self, event: JobAdvanced | JobEnded) -> None:
        if isinstance(event, JobAdvanced) and isinstance(event.result, GradientAngle):
            self._seconds = event.result.seconds
            self.arrows.show_compared(event.result)
            self._angle = event.result
            self.compared_label.setText(compared_text(event.result))
        elif isinstance(event, JobEnded):
            self._compared = self._asked
            self._since.start()
            if event.reason:
                self._angle = None
                self.compared_label.setText(event.reason)
            if self.view is not None and self.isVisible():
                self.draw(self.view)

    def _take_walk(self, event: JobAdvanced | JobEnded) -> None:
        if isinstance(event, JobEnded):
            if event.reason:
                self._walk = None
                self.result_label.setText(event.reason)
            self._show_walking(walking=False)
        elif isinstance(event.result, DescentProgress):
            self.progress.setRange(0, event.result.total)
            self.progress.setValue(event.result.done)
        elif isinstance(event.result, DescentResult):
            self._walk = event.result
            self.picture.show_result(event.result)
            self.result_label.setText(result_text(event.result))

    def _on_later_timeout(self) -> None:
        if self.isVisible():
            self.draw(self.view)

    def _on_walk_clicked(self) -> None:
        if self.view is None:
            return
        self.progress.setRange(0, self.steps_box.value() + 2)
        self.progress.setValue(0)
        for command in self._walking.begin(DescentRequest(self.steps_box.value())):
            self.job_requested.emit(command)
        self._show_walking(walking=True)

    def _on_cancel_clicked(self) -> None:
        for command in self._walking.end():
            self.job_requested.emit(command)
        self._show_walking(walking=False)
