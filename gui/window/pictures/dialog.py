"""The dialog for a picture: of what, in which form, how large, and in which look."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
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
from gui.widgets.focus.focus_return import hand_back
from gui.widgets.focus.key_policy import guard_wheel, watch_keys
from gui.widgets.plain_text import show_plainly
from gui.widgets.pop_up_choice import PopUpChoice
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.segmented_control import SegmentedControl
from gui.window.pictures.choice import KINDS, SCALES, THEMES, PictureChoice
from gui.window.pictures.form import Form
from gui.window.pictures.painted import pixels_of, problem_of, size_text

_KIND_TIPS: Final = {
    "png": tr("Pixels, at a scale of your choice"),
    "svg": tr("Lines and text, for the web and for drawing programs"),
    "pdf": tr("Lines and text, for documents and printing"),
}
_THEME_TEXTS: Final = {
    "window": (tr("As the window"), tr("The theme in force")),
    "light": (tr("Light"), tr("On a light background, whatever the window has")),
    "dark": (tr("Dark"), tr("On a dark background, whatever the window has")),
}


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


class PictureDialog(QDialog):
    """Is deleted when it is closed.

    Signals:
        save_chosen: the key of a subject, and a PictureChoice.
        copy_chosen: the same.
    """

    save_chosen = Signal(str, object)
    copy_chosen = Signal(str, object)

    def __init__(
        self,
        subjects: Sequence[Subject],
        choice: PictureChoice,
        size_of: Callable[[str, bool], QSize],
        parent: QWidget,
    ) -> None:
        """Make it; the first subject is chosen.

        Args:
            subjects: what can be seen now.
            choice: to begin with.
            size_of: logical pixels of a subject by its key, with or without its title.
            parent: the window.
        """
        super().__init__(parent)
        watch_keys()
        self._subjects = subjects
        self._size_of = size_of
        self.setWindowTitle(tr("Picture"))
        self._build()
        self._show(choice)
        self._fit()
        self._tell()

    def choose_subject(self, key: str) -> None:
        """Begin with another one; one that cannot be seen is left out."""
        found = self.subject.findData(key)
        if found >= 0:
            self.subject.setCurrentIndex(found)

    @property
    def choice(self) -> PictureChoice:
        """What is chosen now."""
        return PictureChoice(
            tuple(KINDS)[self.kind.index],
            SCALES[self.scale.index],
            THEMES[self.look.index],
            self.header.isChecked(),
            self.transparent.isChecked(),
        )

    def _build(self) -> None:
        self.subject = PopUpChoice(self)
        for subject in self._subjects:
            self.subject.addItem(subject.title, subject.key)
        guard_wheel(self.subject)
        kinds = [(KINDS[kind].title, _KIND_TIPS[kind]) for kind in KINDS]
        self.kind = SegmentedControl(kinds, self)
        scales = [
            (f"{s}x", tr("{s} pixels for each of the screen", s=s * s)) for s in SCALES
        ]
        self.scale = SegmentedControl(scales, self)
        self.look = SegmentedControl([_THEME_TEXTS[theme] for theme in THEMES], self)
        self.header = QCheckBox(tr("With the &title of the panel"), self)
        self.transparent = QCheckBox(tr("Trans&parent background"), self)
        self.form = Form()
        self.form.add_row(tr("&Of"), self.subject)
        self.form.add_row(tr("&File"), self.kind)
        self.form.add_row(tr("&Scale"), self.scale)
        self.form.add_row(tr("&Look"), self.look)
        self.form.add_wide(self.header)
        self.form.add_wide(self.transparent)
        self.outcome = QLabel(self)
        self.outcome.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.form.add_wide(self.outcome)
        self.problem = ProblemLabel(self)
        self._add_buttons()
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.form)
        self._column.addWidget(self.problem)
        self._column.addStretch(1)
        self._column.addWidget(self.buttons)
        self.subject.currentIndexChanged.connect(self._tell)
        for control in (self.kind, self.scale, self.look):
            control.segment_chosen.connect(self._tell)
        self.header.toggled.connect(self._tell)
        show_plainly(self)

    def _add_buttons(self) -> None:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        cancel = self.buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())
        self.copy = QPushButton(tr("&Copy"), self)
        self.copy.setAutoDefault(False)
        self.save = QPushButton(tr("Save\N{HORIZONTAL ELLIPSIS}"), self)
        self.save.setProperty("kind", "primary")
        self.save.setDefault(True)
        roles = QDialogButtonBox.ButtonRole
        self.buttons.addButton(self.copy, roles.ActionRole)
        self.buttons.addButton(self.save, roles.AcceptRole)
        self.buttons.rejected.connect(self.reject)
        self.save.clicked.connect(self._on_save_clicked)
        self.copy.clicked.connect(self._on_copy_clicked)

    def _show(self, choice: PictureChoice) -> None:
        self.kind.choose(tuple(KINDS).index(choice.kind))
        self.scale.choose(SCALES.index(choice.scale))
        self.look.choose(THEMES.index(choice.theme))
        self.header.setChecked(choice.has_header)
        self.transparent.setChecked(choice.is_transparent)

    def _tell(self) -> None:
        """Say what comes of it, or why nothing can."""
        choice, subject = self.choice, self._subjects[self.subject.currentIndex()]
        self.scale.setEnabled(not choice.is_vector)
        self.header.setEnabled(subject.has_header)
        size = self._size_of(subject.key, choice.has_header and subject.has_header)
        problem = "" if choice.is_vector else problem_of(size, choice.scale)
        if choice.is_vector:
            text = tr("{size}, of lines and text", size=size_text(size))
        else:
            text = tr("{size} pixels", size=size_text(pixels_of(size, choice.scale)))
        self.outcome.setText("" if problem else text)
        self.problem.show_problem(problem)
        for button in (self.save, self.copy):
            button.setEnabled(not problem)

    def _on_save_clicked(self) -> None:
        self._end(self.save_chosen)

    def _on_copy_clicked(self) -> None:
        self._end(self.copy_chosen)

    def _end(self, signal: object) -> None:
        choice, key = self.choice, self.subject.currentData()
        # Closed first: the picture is of the window without it.
        self.accept()
        signal.emit(key, choice)  # type: ignore[attr-defined]

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
