"""The form of the dialog for own data: the settings that say how a file is read."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from core.data.table.overview import Overview
from core.experiment.model import DataSettings
from core.experiment.rules import MAX_SEED
from core.values.words import tr
from gui.panels.experiment_form.editors import NumberBox, SeedBox
from gui.panels.experiment_form.field_grid import SPACE, row_gap
from gui.panels.experiment_form.scaling_box import ScalingBox
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.number_format import editable
from gui.widgets.focus.key_policy import guard_wheel
from gui.widgets.pop_up_choice import PopUpChoice
from gui.widgets.segmented_control import SegmentedControl
from gui.window.intake.several_targets import SeveralTargets

NUMBERS: Final = ("numbers", tr("whole numbers"))
"""Kinds of columns that can be predicted together."""
SEVERAL: Final = tr("Several…")
ANSWERS: Final = ("classes", "numbers")
_BY_SHARE: Final = tr("By a share")
_WIDTH: Final = tokens.length("choices.width")
_USUAL_SHARE: Final = 0.8


class Choices(QWidget):
    """Shows the settings in force, and hands over what the user changes in them.

    Signals:
        edited: dotted keys of the experiment with their new values.
        answers_chosen: "classes" or "numbers".
    """

    edited = Signal(dict)
    answers_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._targets: tuple[str, ...] = ()
        self._numbers: tuple[str, ...] = ()
        self.several: SeveralTargets | None = None
        self.target = _choice(self)
        self.target.activated.connect(self._on_target_activated)
        self.answers = SegmentedControl(
            [
                (tr("Classes"), tr("The target is one of several classes")),
                (tr("Numbers"), tr("The target is a number: regression")),
            ],
            self,
            name=tr("What is predicted"),
        )
        self.answers.segment_chosen.connect(self._on_answers_segment_chosen)
        self.split_by = _choice(self)
        self.split_by.activated.connect(self._on_split_by_activated)
        usual = editable(_USUAL_SHARE)
        self.share = NumberBox(step=0.1, placeholder=usual, parent=self)
        self.seed = SeedBox(MAX_SEED, self, tip=tr("Part the rows in another way"))
        self.validation = NumberBox(step=0.1, parent=self)
        for wide in (self.seed, self.answers):
            policy = wide.sizePolicy()
            policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
            wide.setSizePolicy(policy)
        self.scaling = ScalingBox(self)
        self._edits = {
            self.share: "data.train_fraction",
            self.seed: "data.seed",
            self.validation: "data.validation_fraction",
            self.scaling: "data.scaling",
        }
        for editor in self._edits:
            editor.value_edited.connect(self._on_editor_value_edited)  # type: ignore[attr-defined]
        self._labels: dict[QWidget, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._add(tr("&Target"), self.target, tr("The column that is predicted"))
        self._add(tr("Predict"), self.answers, "")
        tip = tr("How the rows are parted into those for training and those for tests")
        self._add(tr("S&plit"), self.split_by, tip)
        tip = tr(
            "Share of the rows for training, the others are for tests; usual: {usual}",
            usual=usual,
        )
        self._add(tr("Train s&hare"), self.share, tip)
        self._add(tr("&Seed"), self.seed, tr("Which rows come into which part"))
        tip = tr(
            "Share of the training rows that is held out to watch how training does"
        )
        self._add(tr("&Validation"), self.validation, tip)
        tip = tr("What is done to the numbers before the network receives them")
        self._add(tr("S&caling"), self.scaling, tip)
        self._grid.setRowStretch(len(self._labels), 1)
        self._restyle()

    def _add(self, text: str, editor: QWidget, tip: str) -> None:
        label = QLabel(text, self)
        label.setBuddy(editor)
        label.setToolTip(tip)
        name = text.replace("&", "")
        if tip:
            for part in {editor, editor.focusProxy() or editor}:
                part.setAccessibleName(name)
                part.setToolTip(tip)
        row = len(self._labels)
        self._labels[editor] = label
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(editor, row, 1)
        if isinstance(editor, SegmentedControl):
            self._grid.setAlignment(editor, Qt.AlignmentFlag.AlignLeft)

    def show_file(self, overview: Overview | None, *, is_table: bool) -> None:
        """Offer the columns of another file."""
        for box in (self.target, self.split_by):
            box.clear()
        self.split_by.addItem(_BY_SHARE, "")
        if overview is not None and is_table:
            for column in overview.columns:
                self.target.addItem(column.name, (column.name,))
                if column.can_part:
                    self.split_by.addItem(
                        tr("By {column}", column=column.name), column.name
                    )
            numbers = (c.name for c in overview.columns if c.kind in NUMBERS)
            self._numbers = tuple(numbers)
            if len(self._numbers) > 1:
                self.target.addItem(SEVERAL, ())
        self._show(self.target, visible=is_table)
        self._show(self.answers, visible=False)

    def show_settings(
        self, data: DataSettings, targets: Sequence[str] | None, answers: str
    ) -> None:
        """Show what is in force.

        Args:
            data: the settings.
            targets: the columns that are predicted.
            answers: "classes" or "numbers", or empty while it is not known.
        """
        self._targets = tuple(targets or ())
        if targets:
            self._show_choice(self.target, tuple(targets), ", ".join(targets))
        else:
            self.target.setCurrentIndex(-1)
        if answers:
            self.answers.choose(ANSWERS.index(answers))
        self._show(self.answers, visible=bool(answers))
        by = tr("By {split_by}", split_by=data.split_by)
        self._show_choice(self.split_by, data.split_by, by)
        for box, value in (
            (self.share, data.train_fraction),
            (self.validation, data.validation_fraction),
        ):
            box.in_force = value
            box.show_value(value)
        self.seed.show_value(data.seed)
        self.scaling.show_value(data.scaling)

    def show_parts(self, *, has_columns: bool, is_parted: bool) -> None:
        """Show what has an effect on how the examples are parted."""
        self._show(self.split_by, visible=has_columns and self.split_by.count() > 1)
        for editor in (self.share, self.seed):
            self._show(editor, visible=not is_parted)

    def _show(self, editor: QWidget, *, visible: bool) -> None:
        editor.setVisible(visible)
        self._labels[editor].setVisible(visible)

    def _show_choice(self, box: PopUpChoice, value: object, text: str) -> None:
        place = next((k for k in range(box.count()) if box.itemData(k) == value), -1)
        if place < 0:
            box.addItem(text, value)
            place = box.count() - 1
        box.setCurrentIndex(place)

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        self._grid.setHorizontalSpacing(round(SPACE * scale))
        self._grid.setVerticalSpacing(row_gap(scale))
        label = round(tokens.size("form_label") * scale)
        self._grid.setColumnMinimumWidth(0, label)
        self.setFixedWidth(label + round((SPACE + _WIDTH) * scale))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_grid"):
            self._restyle()

    def _on_target_activated(self) -> None:
        chosen = tuple(self.target.currentData() or ())
        if not chosen:
            self._choose_several()
            return
        self.edited.emit({"data.target": chosen})

    def _choose_several(self) -> None:
        """Ask which, and go back to those in force where none are chosen."""
        self.several = SeveralTargets(self._numbers, self._targets, self)
        self.several.accepted.connect(self._on_several_accepted)
        self.several.rejected.connect(self._on_several_rejected)
        self.several.open()

    def _on_several_accepted(self) -> None:
        assert self.several is not None
        self.edited.emit({"data.target": self.several.chosen})

    def _on_several_rejected(self) -> None:
        if self._targets:
            self._show_choice(self.target, self._targets, ", ".join(self._targets))

    def _on_answers_segment_chosen(self, place: int) -> None:
        self.answers_chosen.emit(ANSWERS[place])

    def _on_split_by_activated(self) -> None:
        self.edited.emit({"data.split_by": self.split_by.currentData()})

    def _on_editor_value_edited(self, value: object) -> None:
        editor = self.sender()
        assert isinstance(editor, QWidget)
        self.edited.emit({self._edits[editor]: value})


def _choice(parent: QWidget) -> PopUpChoice:
    box = PopUpChoice(parent)
    box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(1)
    guard_wheel(box)
    return box
