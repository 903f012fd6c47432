"""The figures of the shown view: two readouts, and how fast it all goes."""

import time
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.data.fit import Fit, fit_of
from core.protocol.messages import Evaluated
from core.protocol.snapshot import Snapshot
from core.values.words import plural, tr
from gui.session.own_units import fit_by_target, fit_parts
from gui.session.view_state import View
from gui.style import tokens
from gui.style.experiment_labels import TESTED_ON
from gui.style.fonts import scale_of
from gui.style.notation import Notation, notation
from gui.style.number_format import count, loss_text, percent, rounded_count
from gui.widgets.accessible.parts import Part
from gui.widgets.copying.content import Copying, cell_text, exact_text
from gui.widgets.live_label import LiveLabel
from gui.window.frame_meter import FrameMeter

FIGURES_MILLISECONDS: Final = 250
OLD_SHARE: Final = 0.1
"""Of all steps: what was read before that is old, while training goes on."""
NOT_THE_SEEDS_RUN: Final = tr(
    "Manual changes up to this step. Without them the same seed gives a different run."
)
HELD_ONLY_HERE: Final = tr(
    "Activations of the shown example are held, which changes what every panel shows "
    "of it, but not the weights. To release one, right-click the unit in the network "
    "picture."
)
LOSS, ACCURACY, FIT = tr("loss"), tr("accuracy"), "R²"
_WIDEST: Final = {LOSS: "00.0000", ACCURACY: "100.00 %"}


def interventions_text(snapshot: Snapshot) -> str:
    """The manual changes of a run; empty for none."""
    texts = []
    if snapshot.edited:
        times = set(snapshot.edited.values())
        last = "" if len(times) == 1 else tr("last ")
        texts.append(
            tr(
                "edited {last}at {times}",
                last=last,
                times=count(max(times)),
            )
        )
    if snapshot.frozen:
        texts.append(tr("{frozen} frozen", frozen=count(len(snapshot.frozen))))
    return ", ".join(texts)


def holds_text(view: View) -> str:
    """How many activations are held; empty for none."""
    return tr("{n} held", n=count(len(view.held))) if view.held else ""


def pace_text(steps_per_second: float) -> str:
    """The pace as it is rounded: "1 step/s", "1,000 steps/s"."""
    printed = rounded_count(steps_per_second)
    is_one = printed == rounded_count(1)
    number = 1 if is_one else steps_per_second
    return plural(number, "{n} step/s", "{n} steps/s", n=printed)


def is_old(view: View | None) -> bool:
    """Whether what was read last says little of the step that is shown."""
    if view is None or view.evaluation is None:
        return False
    step, read = view.snapshot.step, view.evaluation.step
    return abs(step - read) > (OLD_SHARE * step if view.snapshot.playing else 0)


def _fit_tip(fit: Fit) -> str:
    """The error in its unit, or with several targets a line for each."""
    if fit.each:
        mean = tr("The mean of the R² of all targets")
        return "\n".join((mean, *fit_by_target(fit)))
    error = fit_parts(fit)[1]
    return tr("Root mean square error {error}", error=error) if error else ""


class Readout(QWidget):
    """A name over a figure that one can read from the last row."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = QLabel(tr("test {name}", name=name), self)
        self._name.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.value = LiveLabel(self)
        self.value.setObjectName("readout")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._name)
        column.addWidget(self.value)
        column.addStretch(1)
        self.value.keep_room_for(_WIDEST[name])
        for label in (self._name, self.value):
            # Whoever points at one of them means both.
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def name(self) -> str:
        return self._name.text()

    def show_of(self, examples: str, what: str) -> None:
        """Say which examples it is of, and what it is."""
        name = f"{examples} {what}"
        if name != self.name:
            self._name.setText(name)

    def show_age(self, *, is_old: bool) -> None:
        """Fainter where the figure is of a step that is long past."""
        roles = QPalette.ColorRole
        role = roles.PlaceholderText if is_old else roles.WindowText
        if self.value.foregroundRole() != role:
            self.value.setForegroundRole(role)

    def copyings(self, _place: QPoint | None) -> list[Copying]:
        """The figure, with all its digits where it is known."""
        exact, text = self.value.property("exact"), self.value.text()
        if not text:
            return []
        whole = exact_text(exact) if isinstance(exact, float) else cell_text(text)
        return [Copying(f"{self.name} {text}", whole)]

    def described(self) -> Part:
        """The name with its figure, which an eye reads as one."""
        return Part(self.name, self.value.text())


class Figures(QWidget):
    """Loss and accuracy of the test set, and beside them what the machine does."""

    def __init__(self, window: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: View | None = None
        self._read: Evaluated | None = None
        self._fitted: tuple[Evaluated, Notation, tuple[str, str]] | None = None
        self.frames = FrameMeter(window)
        self.loss = Readout(LOSS, self)
        self.accuracy = Readout(ACCURACY, self)
        self.pace = QWidget(self)
        self._speed, self._frames = LiveLabel(self.pace), LiveLabel(self.pace)
        column = QVBoxLayout(self.pace)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        # The fastest machines do not make the bar wider while it trains.
        self._speed.keep_room_for(tr("00,000 steps/s · CPU"))
        self._frames.keep_room_for(tr("000 frames/s"))
        for label in (self._speed, self._frames):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
            column.addWidget(label)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.loss, self.accuracy, self.pace):
            row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=FIGURES_MILLISECONDS)
        self._timer.timeout.connect(self._show_figures)
        self._restyle()
        self._show_figures()

    def set_view(self, view: View | None) -> None:
        """A new view is going to be painted."""
        self._view = view
        self.frames.expect()
        if view is None or not view.snapshot.playing:
            self._show_figures()
            return
        if view.evaluation is not self._read:
            # Without delay: the curves name the same reading.
            self._show_readouts(view)
        if not self._timer.isActive():
            self._timer.start()

    def forget_widths(self) -> None:
        """Give every figure the place that it needs now."""
        for label in self.findChildren(LiveLabel):
            label.forget_size()

    def _restyle(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(round(tokens.space("l") * scale_of(self.font())))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_timer"):
            self._restyle()

    def _show_figures(self) -> None:
        view = self._view
        self._show_readouts(view)
        self._show_pace(view)
        if self.frames.frames_per_second > 0 and not self._timer.isActive():
            # Until the last frame is a second old; at rest nothing ticks.
            self._timer.start()

    def _show_readouts(self, view: View | None) -> None:
        self._read = evaluation = None if view is None else view.evaluation
        loss = accuracy = ""
        is_fit = False
        if view is not None:
            is_fit = view.run.dataset.has_own_units
            of = TESTED_ON[view.run.experiment.data.tested_on]
            self.loss.show_of(of, LOSS)
            self.accuracy.show_of(of, FIT if is_fit else ACCURACY)
        if view is not None and evaluation is not None:
            step = tr("at step {step}", step=count(evaluation.step))
            self.loss.setToolTip(step)
            self.accuracy.setToolTip(step)
            loss = loss_text(evaluation.test_loss)
            if evaluation.test_accuracy is not None:
                accuracy = percent(evaluation.test_accuracy)
            if is_fit:
                accuracy, said = self._fit(view, evaluation)
                self.accuracy.setToolTip(f"{said}, {step}" if said else step)
        for readout, exact in (
            (self.loss, None if evaluation is None else evaluation.test_loss),
            (self.accuracy, None if evaluation is None else evaluation.test_accuracy),
        ):
            readout.value.setProperty("exact", None if exact is None else float(exact))
            readout.show_age(is_old=is_old(view))
        self.loss.value.setText(loss)
        self.accuracy.value.setText(accuracy)
        has_accuracy = bool(accuracy) or evaluation is None
        if self.accuracy.isHidden() == has_accuracy:
            self.accuracy.setVisible(has_accuracy)

    def _fit(self, view: View, evaluation: Evaluated) -> tuple[str, str]:
        """R² and a tip with the error, worked out once for each evaluation."""
        kept, now = self._fitted, notation()
        if kept is None or kept[0] is not evaluation or kept[1] != now:
            fit = fit_of(view.run.dataset, evaluation.outputs)
            kept = evaluation, now, (fit_parts(fit)[0], _fit_tip(fit))
            self._fitted = kept
        return kept[2]

    def _show_pace(self, view: View | None) -> None:
        if view is None:
            self._speed.setText("")
            self._frames.setText("")
            return
        snapshot = view.snapshot
        pace = pace_text(snapshot.steps_per_second)
        if not snapshot.playing:
            pace = tr("paused")
        self._speed.setText(f"{pace} · {view.run.device.upper()}")
        frames = self.frames.frames_per_second
        self._frames.setText(
            plural(frames, "{n} frame/s", "{n} frames/s", n=count(frames))
        )
        age = (time.perf_counter() - snapshot.taken_at) * 1000
        self.pace.setToolTip(
            tr("What is shown is {age} ms old", age=rounded_count(age))
            if snapshot.playing
            else ""
        )
