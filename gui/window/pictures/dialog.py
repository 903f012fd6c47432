"""The dialog for a picture: of what, in which form, how large, and in which look."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QWidget

from core.values.words import tr
from gui.widgets.segmented_control import SegmentedControl
from gui.window.pictures.choice import KINDS, SCALES, THEMES, PictureChoice
from gui.window.pictures.painted import pixels_of, problem_of, size_text
from gui.window.pictures.subject_dialog import Size, Subject, SubjectDialog

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


class PictureDialog(SubjectDialog):
    """Signals: save_chosen, copy_chosen, with a subject's key and a PictureChoice."""

    copy_chosen = Signal(str, object)

    def __init__(
        self,
        subjects: Sequence[Subject],
        choice: PictureChoice,
        size_of: Size,
        parent: QWidget,
    ) -> None:
        """Make it; the first subject is chosen.

        Args:
            subjects: what can be seen now.
            choice: to begin with.
            size_of: tells how large a subject is.
            parent: the window.
        """
        kinds = [(KINDS[kind].title, _KIND_TIPS[kind]) for kind in KINDS]
        super().__init__(tr("Picture"), kinds, SCALES, subjects, parent)
        self._size_of = size_of
        self.look = SegmentedControl([_THEME_TEXTS[theme] for theme in THEMES], self)
        self.header = QCheckBox(tr("With the &title of the panel"), self)
        self.transparent = QCheckBox(tr("Trans&parent background"), self)
        self.form.add_row(tr("&Scale"), self.scale)
        self.form.add_row(tr("&Look"), self.look)
        self.form.add_wide(self.header)
        self.form.add_wide(self.transparent)
        self.copy = QPushButton(tr("&Copy"), self)
        self.copy.setAutoDefault(False)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.add_button(self.copy)
        self._show(choice)
        self.header.toggled.connect(self.tell)
        self.finish(self.look)

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

    def _show(self, choice: PictureChoice) -> None:
        self.kind.choose(tuple(KINDS).index(choice.kind))
        self.scale.choose(SCALES.index(choice.scale))
        self.look.choose(THEMES.index(choice.theme))
        self.header.setChecked(choice.has_header)
        self.transparent.setChecked(choice.is_transparent)

    def tell(self) -> None:
        self.scale.setEnabled(not self.choice.is_vector)
        self.header.setEnabled(self.subject.has_header)
        super().tell()
        self.copy.setEnabled(self.save.isEnabled())

    def consequence(self) -> tuple[str, str]:
        choice, subject = self.choice, self.subject
        size = self._size_of(subject.key, choice.has_header and subject.has_header)
        if choice.is_vector:
            return "", tr("{size}, of lines and text", size=size_text(size))
        pixels = size_text(pixels_of(size, choice.scale))
        return problem_of(size, choice.scale), tr("{size} pixels", size=pixels)

    def _on_copy_clicked(self) -> None:
        self.end("copy_chosen")
