"""Rows of a label and an editor, with space for an error below."""

from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gui.panels.experiment_form.editors import NumberBox, WholeBox
from gui.style.experiment_labels import FIELDS, in_window_words
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.refusal import mark

NOT_IN_FORCE: Final = "This value could not be had: what ran before goes on, without it"


class Editor(Protocol):
    """The editor of a row: a widget with a signal `value_edited`."""

    def show_value(self, value: object) -> None:
        """Show a value without emitting a signal."""


@dataclass(frozen=True, slots=True)
class _Row:
    """The widgets of a key."""

    label: QLabel
    editor: QWidget
    problem: ProblemLabel
    remark: QLabel


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
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, _Row] = {}

    def add(self, key: str, editor: QWidget, *, beside: QWidget | None = None) -> None:
        """Add a row for a key; `editor` must be an Editor, `beside` follows it."""
        named = FIELDS[key]
        label = QLabel(named.name, self)
        label.setBuddy(editor)
        editor.setObjectName(key)
        editor.setAccessibleName(named.name.replace("&", ""))
        for widget in (label, editor):
            widget.setToolTip(named.meaning)
        problem = problem_label(self)
        if isinstance(editor, WholeBox):
            editor.refusal_label = problem
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(editor, row, 1, 1, 1 if beside is not None else 2)
        if beside is not None:
            self._grid.addWidget(beside, row, 2)
        self._grid.addWidget(problem, row + 1, 0, 1, 3)
        note = quiet_label(self)
        note.hide()
        self._grid.addWidget(note, row + 2, 0, 1, 3)
        self._rows[key] = _Row(label, editor, problem, note)
        editor.value_edited.connect(self._on_editor_value_edited)  # type: ignore[attr-defined]

    def add_note(self, widget: QWidget) -> None:
        """Add small print, or a picture, below the last row."""
        self._grid.addWidget(widget, self._grid.rowCount(), 0, 1, 3)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._rows)

    def show_value(self, key: str, value: object) -> None:
        self._rows[key].editor.show_value(value)  # type: ignore[attr-defined]

    def show_in_force(self, key: str, value: object) -> None:
        """Tell the editor which value runs: Esc brings that one back."""
        editor = self._rows[key].editor
        if isinstance(editor, NumberBox | WholeBox):
            editor.in_force = value

    def show_problem(self, key: str, text: str) -> None:
        """Show the error below the row; an empty text hides it.

        An editor that cannot read its own text knows better what to say of it.
        """
        editor, label = self._rows[key].editor, self._rows[key].problem
        unread = editor.problem if isinstance(editor, NumberBox) else ""
        # What is no number at all needs no word on its limits.
        reason = unread if text and unread else in_window_words(text)
        label.show_problem(reason)
        mark(editor, reason)

    def mark_refused(self, key: str, *, refused: bool) -> None:
        """Strike the name out where the value shown is not the one that runs."""
        label = self._rows[key].label
        if label.font().strikeOut() != refused:
            font = QFont()  # only this is set: the size goes with the window's
            font.setStrikeOut(refused)
            label.setFont(font)
            label.setToolTip(NOT_IN_FORCE if refused else FIELDS[key].meaning)

    def show_remark(self, key: str, text: str) -> None:
        """Say something of a possible value, quietly; an empty text hides it."""
        row = self._rows[key]
        is_shown = not row.editor.isHidden() and row.problem.isHidden()
        show_text(row.remark, in_window_words(text) if is_shown else "")

    def set_row_visible(self, key: str, visible: bool) -> None:
        row = self._rows[key]
        row.label.setVisible(visible)
        row.editor.setVisible(visible)
        if not visible:
            row.problem.hide()
            row.remark.hide()

    def _on_editor_value_edited(self, value: object) -> None:
        key = self.sender().objectName()
        self.field_edited.emit(key, value)


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
