"""The dialog for a film: of what, over which steps, how large, how fast."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from core.values.words import plural, tr
from gui.style.number_format import count, short
from gui.widgets.focus.key_policy import guard_wheel
from gui.widgets.number_boxes import WholeSpinBox
from gui.widgets.segmented_control import SegmentedControl
from gui.window.film.choice import MOST_FRAMES, RATES, SCALES, FilmChoice, every_for
from gui.window.film.encoders import KINDS, problem_of
from gui.window.pictures.painted import pixels_of, size_text
from gui.window.pictures.painted import problem_of as size_problem
from gui.window.pictures.subject_dialog import Size, Subject, SubjectDialog

_KIND_TIPS: Final = (
    tr("For every program"),
    tr("Smaller, for the web"),
    tr("For slides"),
)


class FilmDialog(SubjectDialog):
    """Signals: save_chosen, with the key of a subject and a FilmChoice."""

    def __init__(
        self,
        subjects: Sequence[Subject],
        choice: FilmChoice,
        size_of: Size,
        parent: QWidget,
    ) -> None:
        """Make it; the first subject is chosen.

        Args:
            subjects: what can be seen now.
            choice: to begin with; its last step is the last that there is.
            size_of: tells how large a subject is.
            parent: the window.
        """
        kinds = [(k.title, t) for k, t in zip(KINDS, _KIND_TIPS, strict=True)]
        title = tr("Film of the run")
        super().__init__(title, kinds, SCALES, subjects, parent)
        self._size_of = size_of
        self._build(choice.last)
        self._show(choice)
        for box in (self.first, self.last, self.every):
            box.valueChanged.connect(self._on_steps_changed)
        self.frames.valueChanged.connect(self._on_frames_changed)
        self.finish(self.rate)

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

    def _build(self, end: int) -> None:
        self.first, self.last = self._box(0, end), self._box(0, end)
        self.every, self.frames = self._box(1, max(1, end)), self._box(2, MOST_FRAMES)
        rates = [
            (str(rate), tr("{rate} pictures a second", rate=rate)) for rate in RATES
        ]
        self.rate = SegmentedControl(rates, self)
        self.form.add_row(tr("F&rom step"), self.first)
        self.form.add_row(tr("&To step"), self.last)
        self.form.add_row(
            tr("&Every"), self.every, tr("Steps from one picture to the next")
        )
        self.form.add_row(tr("&Pictures"), self.frames, tr("How many there are in all"))
        self.form.add_row(tr("&Scale"), self.scale)
        self.form.add_row(tr("A secon&d"), self.rate, tr("Pictures in each second"))

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

    def _on_steps_changed(self) -> None:
        if self.first.value() <= self.last.value():
            self._set(self.frames, len(self.choice.steps))
        self.tell()

    def _on_frames_changed(self, frames: int) -> None:
        first, last = self.first.value(), self.last.value()
        if first <= last:
            self._set(self.every, every_for(first, last, frames))
        self.tell()

    def _set(self, box: WholeSpinBox, value: int) -> None:
        box.blockSignals(True)
        box.setValue(value)
        box.blockSignals(False)

    def consequence(self) -> tuple[str, str]:
        choice = self.choice
        size = self._size_of(self.subject.key, False)
        outcome = plural(
            len(choice.steps),
            "{steps} picture of {pixels} pixels, {seconds} s",
            "{steps} pictures of {pixels} pixels, {seconds} s",
            steps=count(len(choice.steps)),
            pixels=size_text(pixels_of(size, choice.scale)),
            seconds=short(choice.seconds),
        )
        return self._problem(choice, size), outcome

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
