"""Rows of a label and an editor, with space for an error below."""

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QSizePolicy, QWidget

from core.values.words import tr
from gui.panels.experiment_form.editors import (
    ChoiceBox,
    FolderBox,
    NumberBox,
    SeedBox,
    WholeBox,
)
from gui.panels.experiment_form.formula_box import FormulaBox
from gui.style import tokens
from gui.style.experiment_labels import FIELDS, in_window_words
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.refusal import mark

NOT_IN_FORCE: Final = tr("This value is not possible so far: what ran before goes on")
SPACE: Final = tokens.space("s")
TYPED: Final = (NumberBox, WholeBox, SeedBox, FormulaBox, FolderBox)
"""Editors whose value is typed: what is refused stays there until they are left."""
LINES: Final = 4
"""Of the grid, for each row: the field, a wide editor, an error, a remark."""


class Editor(Protocol):
    """The editor of a row: a widget with a signal `value_edited`."""

    def show_value(self, value: object) -> None:
        """Show a value without emitting a signal."""


@dataclass(slots=True)
class _Row:
    """The widgets of a key, its line of the grid, and whether it is wanted."""

    label: QLabel
    editor: QWidget
    beside: QWidget | None
    problem: ProblemLabel
    remark: QLabel
    line: int
    is_stacked: bool = False
    is_wanted: bool = True
    is_folded: bool = False


class FieldGrid(QWidget):
    """Edits some keys of the experiment.

    Signals:
        field_edited: key and value, when the user has finished an edit.
    """

    field_edited = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, _Row] = {}
        self._restyle()

    def _restyle(self) -> None:
        scale = scale_of(self.font())
        self._grid.setHorizontalSpacing(round(SPACE * scale))
        self._grid.setVerticalSpacing(row_gap(scale))
        label = round(tokens.size("form_label") * scale)
        self._grid.setColumnMinimumWidth(0, label)

    def add(
        self,
        key: str,
        editor: QWidget,
        *,
        beside: QWidget | None = None,
        is_stacked: bool = False,
    ) -> None:
        """Add a row for a key.

        Args:
            key: of the experiment.
            editor: an Editor.
            beside: a button for the end of the label.
            is_stacked: whether the editor needs the whole width, below the label.
        """
        named = FIELDS[key]
        label = QLabel(named.name, self)
        label.setBuddy(editor)
        editor.setObjectName(key)
        # What Tab leads to in an editor of several parts.
        for part in {editor, editor.focusProxy() or editor}:
            part.setAccessibleName(named.name.replace("&", ""))
        for widget in (label, editor):
            widget.setToolTip(named.meaning)
        problem = self._add_row(key, label, editor, beside, is_stacked=is_stacked)
        if isinstance(editor, WholeBox):
            editor.refusal_label = problem
        editor.value_edited.connect(self._on_editor_value_edited)  # type: ignore[attr-defined]

    def add_shown(self, key: str, name: str, value: QLabel) -> None:
        """Add a row that only tells something, under a key of its own."""
        label = QLabel(name, self)
        label.setBuddy(value)
        self._add_row(key, label, value, None, is_stacked=False)

    def _add_row(
        self,
        key: str,
        label: QLabel,
        editor: QWidget,
        beside: QWidget | None,
        *,
        is_stacked: bool,
    ) -> ProblemLabel:
        line = LINES * len(self._rows) + 1
        problem, remark = problem_label(self), quiet_label(self)
        remark.hide()
        row = _Row(label, editor, beside, problem, remark, line)
        self._rows[key] = row
        self._grid.addWidget(label, line, 0)
        self._place_editor(row, stacked=is_stacked)
        self._grid.addWidget(problem, line + 2, 0, 1, 2)
        self._grid.addWidget(remark, line + 3, 0, 1, 2)
        return problem

    def _place_editor(self, row: _Row, *, stacked: bool) -> None:
        row.is_stacked = stacked
        if stacked:
            self._grid.addWidget(row.editor, row.line + 1, 0, 1, 2)
        else:
            self._grid.addWidget(row.editor, row.line, 1)
        if row.beside is not None:
            self._grid.addWidget(row.beside, row.line, 0, Qt.AlignmentFlag.AlignRight)

    def add_note(self, key: str, widget: QWidget) -> None:
        """Add small print, or a picture, below the row of a key."""
        self._grid.addWidget(widget, self._rows[key].line + 3, 0, 1, 2)

    @property
    def keys(self) -> tuple[str, ...]:
        """Of the experiment."""
        return tuple(key for key in self._rows if key in FIELDS)

    @property
    def all_keys(self) -> tuple[str, ...]:
        """With those of the rows that only tell something."""
        return tuple(self._rows)

    def show_value(self, key: str, value: object) -> None:
        self._rows[key].editor.show_value(value)  # type: ignore[attr-defined]

    def show_in_force(self, key: str, value: object) -> None:
        """Tell the editor which value runs: Esc brings that one back."""
        editor = self._rows[key].editor
        if isinstance(editor, NumberBox | WholeBox | FormulaBox):
            editor.in_force = value

    def show_problem(self, key: str, text: str, refusal: str = "") -> None:
        """Show the error below the row; an empty text hides it.

        An editor that cannot read its own text knows better what to say of it.

        Args:
            key: of the row.
            text: the error.
            refusal: an error that is told elsewhere, but is one of this value.
        """
        editor, label = self._rows[key].editor, self._rows[key].problem
        unread = editor.problem if isinstance(editor, NumberBox) else ""
        # What is no number at all needs no word on its limits.
        reason = unread if text and unread else in_window_words(text)
        label.show_problem(reason)
        mark(editor, reason or refusal)
        if isinstance(editor, NumberBox) and not text:
            editor.problem = ""

    def mark_waiting(self, key: str, *, waits: bool) -> None:
        """Make the name quiet while the value shown is not the one that runs."""
        label = self._rows[key].label
        roles = QPalette.ColorRole
        role = roles.PlaceholderText if waits else roles.WindowText
        if label.foregroundRole() != role:
            label.setForegroundRole(role)
            label.setToolTip(NOT_IN_FORCE if waits else FIELDS[key].meaning)

    def key_typed_in(self, widget: QWidget) -> str:
        """The key that is typed in a widget, or in a part of it; "" for none."""
        for key, row in self._rows.items():
            is_inside = row.editor is widget or row.editor.isAncestorOf(widget)
            if is_inside and isinstance(row.editor, TYPED):
                return key
        return ""

    def show_remark(self, key: str, text: str) -> None:
        """Say something of a possible value, quietly; an empty text hides it."""
        row = self._rows[key]
        is_shown = not row.editor.isHidden() and row.problem.isHidden()
        show_text(row.remark, in_window_words(text) if is_shown else "")

    def set_row_wanted(self, key: str, wanted: bool) -> None:
        """Whether the choices of the experiment use this value."""
        self._rows[key].is_wanted = wanted
        self._show_row(key)

    def is_wanted(self, key: str) -> bool:
        return self._rows[key].is_wanted

    def is_shown(self, key: str) -> bool:
        return not self._rows[key].editor.isHidden()

    def fold(self, folded: Container[str]) -> None:
        """Hide these rows, and show the others that are wanted."""
        for key, row in self._rows.items():
            row.is_folded = key in folded
            self._show_row(key)
        # An empty grid would still take the space around it.
        self.setVisible(any(map(self.is_shown, self._rows)))

    def is_held(self, key: str) -> bool:
        """Whether a row must be in sight, whatever its value."""
        row = self._rows[key]
        focused = QApplication.focusWidget()
        is_inside = focused is not None and (
            focused is row.editor or row.editor.isAncestorOf(focused)
        )
        return is_inside or bool(row.problem.text())

    def row_height(self, key: str) -> int:
        """Of a row without a word below it, with the space that follows it."""
        row, gap = self._rows[key], self._grid.verticalSpacing()
        label = row.label.sizeHint().height()
        editor = row.editor.sizeHint().height() + gap
        return editor + label + gap if row.is_stacked else max(label + gap, editor)

    def name(self, key: str) -> str:
        """As it is called within a sentence."""
        name = self._rows[key].label.text().replace("&", "")
        is_word = name[1:2].islower() or name[1:2] == "-"
        return name[:1].lower() + name[1:] if is_word else name

    def _show_row(self, key: str) -> None:
        row = self._rows[key]
        visible = row.is_wanted and not row.is_folded
        for widget in (row.label, row.editor, row.beside):
            if widget is not None and widget.isHidden() == visible:
                widget.setVisible(visible)
        if not visible:
            row.problem.hide()
            row.remark.hide()

    def _stack_long_choices(self) -> None:
        """Give a choice whose text would be cut the whole width, below its label."""
        for row in self._rows.values():
            if isinstance(row.editor, ChoiceBox):
                used = self._grid.columnMinimumWidth(0) + grown(self, SPACE)
                stacked = row.editor.needed_width() > self.width() - used
                if stacked != row.is_stacked:
                    self._grid.removeWidget(row.editor)
                    self._place_editor(row, stacked=stacked)

    def fit_choices(self) -> None:
        """Look again whether every chosen text fits."""
        if self.isVisible():
            self._stack_long_choices()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack_long_choices()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_rows"):
            self._restyle()

    def _on_editor_value_edited(self, value: object) -> None:
        key = self.sender().objectName()
        self.field_edited.emit(key, value)


def row_gap(scale: float) -> int:
    """Between two rows of 28 that come every 32."""
    return round((tokens.size("form_row") - tokens.size("control")) * scale)


def problem_label(parent: QWidget) -> ProblemLabel:
    """A label for an error that wraps to the width of the column."""
    label = ProblemLabel(parent)
    label.setSizePolicy(_wrapping())
    return label


def wrapped_label(parent: QWidget) -> QLabel:
    """Small print that wraps to the width of the column."""
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setSizePolicy(_wrapping())
    return label


def quiet_label(parent: QWidget, text: str = "") -> QLabel:
    """Wrapped small print in the colour of a placeholder."""
    label = wrapped_label(parent)
    label.setText(text)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


def _wrapping() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


def show_text(label: QLabel, text: str) -> None:
    """Show the label with a text, or hide it for an empty one."""
    label.setText(text)
    label.setVisible(bool(text))
