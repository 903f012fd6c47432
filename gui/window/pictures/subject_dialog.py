"""What the dialogs for pictures and films have in common."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.runtime.layout_items import nest
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.focus.key_policy import guard_wheel
from gui.widgets.own_dialog import OwnDialog
from gui.widgets.plain_text import show_plainly
from gui.widgets.pop_up_choice import PopUpChoice
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.scrolled_body import ScrolledBody
from gui.widgets.segmented_control import SegmentedControl
from gui.window.pictures.form import Form

Size = Callable[[str, bool], QSize]
"""Logical pixels of a subject by its key, with or without its title."""
_ROLES: Final = QDialogButtonBox.ButtonRole


class Subject(NamedTuple):
    """Something of which a picture can be made.

    Attributes:
        key: of a panel, or empty for the whole window.
        title: for the user.
        has_header: whether a line with its title can be with it.
    """

    key: str
    title: str
    has_header: bool = True


class SubjectDialog(OwnDialog):
    """A form that begins with what it is of, and ends with what comes of it.

    Who makes it fills `form` and calls `finish`, and `tell` at each change.

    Signals:
        save_chosen: the key of a subject, and what is chosen.
    """

    save_chosen = Signal(str, object)

    def __init__(
        self,
        title: str,
        kinds: Sequence[tuple[str, str]],
        scales: Sequence[int],
        subjects: Sequence[Subject],
        parent: QWidget,
    ) -> None:
        """Make it; the first subject is chosen.

        Args:
            title: of the dialog.
            kinds: name and tooltip of each kind of file.
            scales: that can be chosen.
            subjects: what can be seen now.
            parent: the window.
        """
        super().__init__(title, parent)
        self._subjects = subjects
        self.box = PopUpChoice(self)
        for subject in subjects:
            self.box.addItem(subject.title, subject.key)
        guard_wheel(self.box)
        self.kind = SegmentedControl(kinds, self)
        sizes = [
            (f"{s}x", tr("{s} pixels for each of the screen", s=s * s)) for s in scales
        ]
        self.scale = SegmentedControl(sizes, self)
        self.form = Form()
        self.form.add_row(tr("&Of"), self.box)
        self.form.add_row(tr("&File"), self.kind)
        self.outcome = QLabel(self)
        self.outcome.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.problem = ProblemLabel(self)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.save = QPushButton(tr("Save\N{HORIZONTAL ELLIPSIS}"), self)
        self.save.setProperty("kind", "primary")
        self.save.setDefault(True)

    @property
    def subject(self) -> Subject:
        """What it is of."""
        return self._subjects[self.box.currentIndex()]

    @property
    def choice(self) -> object:
        """What else is chosen now."""
        raise NotImplementedError

    def choose_subject(self, key: str) -> None:
        """Begin with another one; one that cannot be seen is left out."""
        found = self.box.findData(key)
        if found >= 0:
            self.box.setCurrentIndex(found)

    def finish(self, *controls: SegmentedControl) -> None:
        """Put the outcome and the buttons below the form, and tell of all changes."""
        self.form.add_wide(self.outcome)
        self.buttons.addButton(self.save, _ROLES.AcceptRole)
        content = QWidget(self)
        self._inner = QVBoxLayout(content)
        self._inner.setContentsMargins(0, 0, 0, 0)
        nest(self._inner, self.form)
        self._inner.addWidget(self.problem)
        self._inner.addStretch(1)
        column = QVBoxLayout(self)
        column.addWidget(ScrolledBody(content, self), 1)
        column.addWidget(self.buttons)
        self.box.currentIndexChanged.connect(self.tell)
        for control in (self.kind, self.scale, *controls):
            control.segment_chosen.connect(self.tell)
        self.buttons.rejected.connect(self.reject)
        self.save.clicked.connect(self._on_save_clicked)
        show_plainly(self)
        self.fit()
        self.tell()

    def add_button(self, button: QPushButton) -> None:
        """Another one, beside Save."""
        self.buttons.addButton(button, _ROLES.ActionRole)

    def tell(self) -> None:
        """Say what comes of it, or why nothing can."""
        problem, outcome = self.consequence()
        self.problem.show_problem(problem)
        self.outcome.setText("" if problem else outcome)
        self.save.setEnabled(not problem)

    def consequence(self) -> tuple[str, str]:
        """Why nothing can come of it, or empty; and what comes of it."""
        raise NotImplementedError

    def end(self, signal: str) -> None:
        """Close it, and emit a signal with the subject and the choice."""
        key, choice = self.subject.key, self.choice
        # Closed first: what is made is of the window without it.
        self.accept()
        getattr(self, signal).emit(key, choice)

    def fit(self) -> None:
        column = self.layout()
        assert column is not None
        pad = round(tokens.space("l") * scale_of(self.font()))
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(pad)
        self._inner.setSpacing(pad)
        self.form.fit(self)

    def _on_save_clicked(self) -> None:
        self.end("save_chosen")
