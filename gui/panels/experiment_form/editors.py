"""The editors of single values: choice, number, whole number, flag, folder, seed.

Each has a signal `value_edited` for a finished edit by the user, and
`show_value`, which emits nothing.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QRandomGenerator, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QWidget,
)

from core.experiment.model import ONE_OUTPUT
from core.values.words import tr
from gui.panels.experiment_form.stepping import (
    next_linear_step,
    next_log_step,
)
from gui.style import tokens
from gui.style.experiment_labels import Label
from gui.style.fonts import scale_of
from gui.style.number_format import editable
from gui.style.number_input import NumberTextError, parse_number
from gui.widgets.focus.focus_return import dialog_over
from gui.widgets.focus.key_policy import guard_wheel
from gui.widgets.icon_button import IconButton
from gui.widgets.number_boxes import WholeSpinBox, pad_text
from gui.widgets.pop_up_choice import PopUpChoice
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.refusal import REFUSED
from gui.widgets.scaled_margins import ScaledSpacing

_AROUND_CHOICE: Final = tokens.length("editors.around_choice")
"""Borders, pads and the arrow of a choice."""
_LOWEST: Final = 1e-6
_FRESH_SEEDS: Final = 10_000


class ChoiceBox(PopUpChoice):
    """One of several names, each with a label and its meaning as a tooltip."""

    value_edited = Signal(object)

    def __init__(
        self,
        names: tuple[str, ...],
        labels: Mapping[str, Label],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._labels = labels
        for name in names:
            self.offer(name, labels[name])
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(1)
        guard_wheel(self)
        self.activated.connect(self._on_self_activated)

    def offer(self, name: str, label: Label) -> None:
        """Add a name at the end of the list, unless it is there."""
        if self.findData(name) < 0:
            self.addItem(label.name, name)
            tip = Qt.ItemDataRole.ToolTipRole
            self.setItemData(self.count() - 1, label.meaning, tip)

    def show_value(self, value: object) -> None:
        if value in self._labels:
            self.offer(str(value), self._labels[str(value)])
        self.setCurrentIndex(self.findData(value))

    def needed_width(self) -> int:
        """The least at which the chosen text is not cut."""
        text = self.fontMetrics().horizontalAdvance(self.currentText())
        return text + round(_AROUND_CHOICE * scale_of(self.font()))

    @property
    def meaning(self) -> str:
        """The meaning of the current choice."""
        return str(self.currentData(Qt.ItemDataRole.ToolTipRole) or "")

    def _on_self_activated(self) -> None:
        self.value_edited.emit(self.currentData())


class WholeBox(WholeSpinBox):
    """A whole number; emits `value_edited` when the edit is finished.

    Attributes:
        in_force: the value that runs, where another one is refused.
    """

    value_edited = Signal(object)

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.refusal_label: ProblemLabel | None = None
        self.in_force: object = None
        self.setRange(low, high)
        self.setAccelerated(True)
        self.setMinimumWidth(tokens.length("editors.least_width"))
        guard_wheel(self)
        self.valueChanged.connect(self._on_self_value_changed)

    def show_value(self, value: object) -> None:
        if isinstance(value, int) and value != self.value():
            with QSignalBlocker(self):
                self.setValue(value)

    def restore(self) -> None:
        """Forget what was typed, and what the experiment refused of it."""
        text = self.textFromValue(self.value())
        self.lineEdit().setText(f"{self.prefix()}{text}{self.suffix()}")
        if isinstance(self.in_force, int):
            self.setValue(self.in_force)

    def _on_self_value_changed(self, value: int) -> None:
        # The edit is finished: from here on Ctrl+Z means the experiment's undo.
        self.lineEdit().setModified(False)
        self.value_edited.emit(value)


class NumberBox(QAbstractSpinBox):
    """Any number may be typed (0.03, 1e-3); the arrows take 1-2-5 or even steps.

    Any other text is emitted as it is, which no experiment takes.

    Attributes:
        problem: why the text is not a number; empty for a number.
        in_force: the value that runs, where another one is refused.
    """

    value_edited = Signal(object)

    def __init__(
        self,
        *,
        step: float | None = None,
        zero: bool = False,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a field.

        Args:
            step: size of even steps; None means 1-2-5 steps.
            zero: whether 0 lies below the smallest 1-2-5 step.
            placeholder: the meaning of an empty field, which is then allowed.
            parent: owner.
        """
        super().__init__(parent)
        self._step = step
        self._zero = zero
        self._placeholder = placeholder
        self._shown: object = None
        self.in_force: object = None
        self.problem = ""
        self.setMinimumWidth(tokens.length("editors.least_width"))
        pad_text(self.lineEdit())
        self.lineEdit().setPlaceholderText(placeholder)
        guard_wheel(self)
        self.editingFinished.connect(self._on_self_editing_finished)

    def show_value(self, value: object) -> None:
        self._shown = value
        if value is None:
            text = ""
        elif isinstance(value, int | float):
            text = editable(value)
        else:
            text = str(value)
        if text != self.lineEdit().text():
            self.lineEdit().setText(text)
        self.lineEdit().setModified(False)

    def restore(self) -> None:
        """Forget what was typed, and what was refused of it."""
        is_refused = self._shown != self.in_force or bool(self.property(REFUSED))
        self.problem = ""
        self.show_value(self.in_force)
        if is_refused:
            self.value_edited.emit(self.in_force)

    def _read(self) -> object:
        """The number in the field; None for an allowed empty field, else the text."""
        text = self.lineEdit().text().strip()
        if not text and self._placeholder:
            return None
        self.problem = ""
        try:
            return parse_number(text)
        except NumberTextError as error:
            self.problem = str(error)
            return text

    def _on_self_editing_finished(self) -> None:
        self.lineEdit().setModified(False)
        value = self._read()
        is_back = value == self.in_force and bool(self.property(REFUSED))
        if value != self._shown or is_back:
            self.show_value(value)
            self.value_edited.emit(value)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text, position

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:  # noqa: N802
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def stepBy(self, steps: int) -> None:
        value = self._read()
        if isinstance(value, str):
            return
        number = 1.0 if value is None else float(value)  # type: ignore[arg-type]
        for _ in range(abs(steps)):
            if self._step is not None:
                number = next_linear_step(number, self._step, up=steps > 0)
            else:
                number = next_log_step(
                    number, up=steps > 0, lowest=_LOWEST, zero=self._zero
                )
        if self._step is not None:
            number = max(0.0, number)
        if number != value:
            self.show_value(number)
            self.value_edited.emit(number)


class FlagBox(QCheckBox):
    """Yes or no."""

    value_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clicked.connect(self._on_self_clicked)

    def show_value(self, value: object) -> None:
        self.setChecked(bool(value))

    def _on_self_clicked(self, checked: bool) -> None:
        self.value_edited.emit(checked)


class OneOutputBox(FlagBox):
    """Whether two classes have one output, or one each."""

    def _on_self_clicked(self, checked: bool) -> None:
        self.value_edited.emit(ONE_OUTPUT if checked else ())


class FolderBox(QWidget):
    """A folder, typed or chosen in a dialog."""

    value_edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = QLineEdit(self)
        self._line.setPlaceholderText(tr("default folders"))
        self._line.setMinimumWidth(tokens.length("editors.least_inner_width"))
        self._line.editingFinished.connect(self._on_line_editing_finished)
        browse = IconButton(
            "open", tr("Choose the folder"), tr("Choose the folder"), self
        )
        browse.clicked.connect(self._on_browse_clicked)
        self._shown = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(row, tokens.space("xs"), self)
        row.addWidget(self._line, 1)
        row.addWidget(browse)
        self.setFocusProxy(self._line)

    def show_value(self, value: object) -> None:
        self._shown = str(value)
        self._line.setText(self._shown)

    def _finish(self, text: str) -> None:
        self._line.setModified(False)
        if text != self._shown:
            self.show_value(text)
            self.value_edited.emit(text)

    def _on_line_editing_finished(self) -> None:
        self._finish(self._line.text().strip())

    def _on_browse_clicked(self) -> None:
        with dialog_over(self):
            folder = QFileDialog.getExistingDirectory(self, tr("Folder with IDX files"))
        if folder:
            self._finish(folder)


class NameBox(WholeBox):
    """A whole number that counts nothing: its digits are not grouped."""

    def textFromValue(self, value: int) -> str:
        return str(value)


class SeedBox(QWidget):
    """A seed, and a die that draws a new one."""

    value_edited = Signal(object)

    def __init__(
        self,
        high: int,
        parent: QWidget | None = None,
        *,
        tip: str = tr("Random seed"),
    ) -> None:
        super().__init__(parent)
        self._box = NameBox(0, high, self)
        self._box.value_edited.connect(self.value_edited)
        die = IconButton("new_seed", tip, tip, self)
        die.clicked.connect(self._on_die_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(row, tokens.space("xs"), self)
        row.addWidget(self._box, 1)
        row.addWidget(die)
        self.setFocusProxy(self._box)

    def show_value(self, value: object) -> None:
        self._box.show_value(value)

    def _on_die_clicked(self) -> None:
        old = seed = self._box.value()
        while seed == old:
            seed = QRandomGenerator.global_().bounded(_FRESH_SEEDS)
        self._box.setValue(seed)
