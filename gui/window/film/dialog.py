"""The dialog for a film: of what, over which steps, how large, how fast."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.number_format import count, short
from gui.widgets.focus.focus_return import hand_back
from gui.widgets.focus.key_policy import guard_wheel, watch_keys
from gui.widgets.number_boxes import WholeSpinBox
from gui.widgets.plain_text import show_plainly
from gui.widgets.pop_up_choice import PopUpChoice
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.segmented_control import SegmentedControl
from gui.window.film.choice import MOST_FRAMES, RATES, SCALES, FilmChoice, every_for
from gui.window.film.encoders import KINDS, problem_of
from gui.window.pictures.dialog import Subject
from gui.window.pictures.form import Form
from gui.window.pictures.painted import pixels_of, size_text
from gui.window.pictures.painted import problem_of as size_problem

_KIND_TIPS: Final = (
    tr("For every program"),
    tr("Smaller, for the web"),
    tr("For slides"),
)


class FilmDialog(QDialog):
    """Is deleted when it is closed.

    Signals:
        save_chosen: the key of a subject, and a FilmChoice.
    """

    save_chosen = Signal(str, object)

    def __init__(
        self,
        subjects: Sequence[Subject],
        choice: FilmChoice,
        size_of: Callable[[str, bool], QSize],
        parent: QWidget,
    ) -> None:
        """Make it.

        Args:
            subjects: what can be seen now.
            choice: to begin with; its last step is the last that there is.
            size_of: logical pixels of a subject by its key.
            parent: the window.
        """
        super().__init__(parent)
        watch_keys()
        self._size_of = size_of
        self.setWindowTitle(tr("Film of the run"))
        self._build(subjects, choice.last)
        self._show(choice)
        self._connect()
        self._fit()
        self._tell()

    def choose_subject(self, key: str) -> None:
        """Begin with another one; one that cannot be seen is left out."""
        found = self.subject.findData(key)
        if found >= 0:
            self.subject.setCurrentIndex(found)

    @property
    def choice(self) -> FilmChoice:
        """What is chosen now."""
        return FilmChoice(
            KINDS[self.kind.index],
            self.first.value(),
            self.last.value(),
            self.every.value(),
            SCALES[self.scale.index],
            RATES[self.rate.index],
        )

    def _build(self, subjects: Sequence[Subject], end: int) -> None:
        self.subject = PopUpChoice(self)
        for subject in subjects:
            self.subject.addItem(subject.title, subject.key)
        guard_wheel(self.subject)
        kinds = [(k.title, t) for k, t in zip(KINDS, _KIND_TIPS, strict=True)]
        self.kind = SegmentedControl(kinds, self)
        scales = [
            (f"{s}x", tr("{s} pixels for each of the screen", s=s * s)) for s in SCALES
        ]
        self.scale = SegmentedControl(scales, self)
        rates = [
            (str(rate), tr("{rate} pictures a second", rate=rate)) for rate in RATES
        ]
        self.rate = SegmentedControl(rates, self)
        self.first, self.last = self._box(0, end), self._box(0, end)
        self.every, self.frames = self._box(1, max(1, end)), self._box(2, MOST_FRAMES)
        self.form = Form()
        self.form.add_row(tr("&Of"), self.subject)
        self.form.add_row(tr("&File"), self.kind)
        self.form.add_row(tr("F&rom step"), self.first)
        self.form.add_row(tr("&To step"), self.last)
        self.form.add_row(
            tr("&Every"), self.every, tr("Steps from one picture to the next")
        )
        self.form.add_row(tr("&Pictures"), self.frames, tr("How many there are in all"))
        self.form.add_row(tr("&Scale"), self.scale)
        self.form.add_row(tr("A secon&d"), self.rate, tr("Pictures in each second"))
        self.outcome = QLabel(self)
        self.outcome.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.form.add_wide(self.outcome)
        self.problem = ProblemLabel(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())
        self.save = QPushButton(tr("Save\N{HORIZONTAL ELLIPSIS}"), self)
        self.save.setProperty("kind", "primary")
        self.save.setDefault(True)
        self.buttons.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.form)
        self._column.addWidget(self.problem)
        self._column.addStretch(1)
        self._column.addWidget(self.buttons)
        show_plainly(self)

    def _box(self, least: int, most: int) -> WholeSpinBox:
        box = WholeSpinBox(self)
        box.setRange(least, most)
        guard_wheel(box)
        return box

    def _show(self, choice: FilmChoice) -> None:
        self.kind.choose(KINDS.index(choice.kind))
        self.first.setValue(choice.first)
        self.last.setValue(choice.last)
        self.every.setValue(choice.every)
        self.frames.setValue(len(choice.steps))
        self.scale.choose(SCALES.index(choice.scale))
        self.rate.choose(RATES.index(choice.rate))

    def _connect(self) -> None:
        self.subject.currentIndexChanged.connect(self._tell)
        for control in (self.kind, self.scale, self.rate):
            control.segment_chosen.connect(self._tell)
        for box in (self.first, self.last, self.every):
            box.valueChanged.connect(self._on_steps_changed)
        self.frames.valueChanged.connect(self._on_frames_changed)
        self.buttons.rejected.connect(self.reject)
        self.save.clicked.connect(self._on_save_clicked)

    def _on_steps_changed(self) -> None:
        if self.first.value() <= self.last.value():
            self._set(self.frames, len(self.choice.steps))
        self._tell()

    def _on_frames_changed(self, frames: int) -> None:
        first, last = self.first.value(), self.last.value()
        if first <= last:
            self._set(self.every, every_for(first, last, frames))
        self._tell()

    def _set(self, box: WholeSpinBox, value: int) -> None:
        box.blockSignals(True)
        box.setValue(value)
        box.blockSignals(False)

    def _tell(self) -> None:
        """Say what comes of it, or why nothing can."""
        choice = self.choice
        size = self._size_of(self.subject.currentData(), False)
        problem = self._problem(choice, size)
        self.problem.show_problem(problem)
        self.save.setEnabled(not problem)
        text = ""
        if not problem:
            pixels = size_text(pixels_of(size, choice.scale))
            text = tr(
                "{steps} pictures of {pixels} pixels, {seconds} s",
                steps=count(len(choice.steps)),
                pixels=pixels,
                seconds=short(choice.seconds),
            )
        self.outcome.setText(text)

    def _problem(self, choice: FilmChoice, size: QSize) -> str:
        if choice.first >= choice.last:
            return tr("The film ends before it has begun: the last step must be later")
        if len(choice.steps) > MOST_FRAMES:
            frames = count(len(choice.steps))
            return tr(
                "{frames} pictures are more than the most, {most_frames}",
                frames=frames,
                most_frames=count(MOST_FRAMES),
            )
        return problem_of(choice.kind) or size_problem(size, choice.scale)

    def _on_save_clicked(self) -> None:
        end = partial(self.save_chosen.emit, self.subject.currentData(), self.choice)
        self.accept()
        end()

    def _fit(self) -> None:
        pad = round(tokens.space("l") * scale_of(self.font()))
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(pad)
        self.form.fit(self)

    def done(self, result: int) -> None:
        super().done(result)
        hand_back(self)
        self.deleteLater()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._fit()
