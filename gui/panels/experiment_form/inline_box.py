"""The editor of examples that are written in the experiment itself."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from core.experiment.inline import InlineExamples
from core.values.words import plural, tr
from gui.panels.experiment_form.field_grid import problem_label, wrapped_label
from gui.panels.experiment_form.inline_text import (
    ARROW,
    UnreadableLineError,
    text_of,
    values_of_text,
)
from gui.style import theme, tokens
from gui.style.key_names import key_text
from gui.style.number_format import count, counted
from gui.widgets.scaled_margins import ScaledSpacing

_MOST_LINES: Final = 8


class _Lines(QPlainTextEdit):
    """Signals: finished, on Ctrl+Enter and when the focus goes elsewhere."""

    finished = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        super().keyPressEvent(event)


class InlineBox(QWidget):
    """One example per line.

    Signals:
        edited: dotted keys with their new values, when an edit is finished.
    """

    edited = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._examples: InlineExamples | None = None
        self._unread = ""
        self.lines = _Lines(self)
        self.lines.setFont(theme.figures_font(self.font()))
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setTabChangesFocus(True)
        self.lines.setObjectName("inline lines")
        self.lines.setAccessibleName(tr("Examples, one per line"))
        self.lines.setToolTip(
            tr(
                "One example per line: inputs {arrow} targets, such as 0.5, 0.51 "
                "{arrow} 0.1, or inputs {arrow} class and its name. {value} applies "
                "the text.",
                arrow=ARROW,
                value=key_text("Ctrl+Return"),
            )
        )
        self.lines.finished.connect(self._on_lines_finished)
        self.problem = problem_label(self)
        self.note = wrapped_label(self)
        self.note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        ScaledSpacing(column, tokens.space("xs"), self)
        for widget in (self.lines, self.problem, self.note):
            column.addWidget(widget)

    def show_examples(self, examples: InlineExamples | None, problem: str) -> None:
        """Show the examples in force, but keep a text that was refused."""
        self.setVisible(examples is not None)
        if examples != self._examples and not problem:
            self._examples, self._unread = examples, ""
            if examples is not None:
                self._set_text(text_of(examples))
        self.problem.show_problem(problem or self._unread)
        if examples is None or problem:
            return
        self.note.setText(_note(examples))

    def _set_text(self, text: str) -> None:
        self.lines.setPlainText(text)
        self.lines.document().setModified(False)
        rows = min(_MOST_LINES, max(2, self.lines.blockCount()))
        frame = 2 * (
            self.lines.frameWidth() + round(self.lines.document().documentMargin())
        )
        bar = self.lines.horizontalScrollBar().sizeHint().height()
        height = rows * self.lines.fontMetrics().lineSpacing() + frame + bar
        self.lines.setFixedHeight(height)

    def finish(self) -> bool:
        """Apply the text while it is being typed; whether it is not refused."""
        if not self.lines.hasFocus():
            return True
        self._on_lines_finished()
        return not self.problem.text()

    def _on_lines_finished(self) -> None:
        if self._examples is None or not self.lines.document().isModified():
            return
        try:
            values = values_of_text(self.lines.toPlainText(), self._examples)
        except UnreadableLineError as error:
            self._unread = tr(
                "The previous examples stay in force: {error}", error=error
            )
            self.problem.show_problem(self._unread)
            return
        self._unread = ""
        self.lines.document().setModified(False)
        self.edited.emit(dict(values))


def _note(examples: InlineExamples) -> str:
    n_inputs, n_outputs, _ = examples.size
    kind = "classes" if examples.targets is None else "targets"
    kind = "target" if (kind, n_outputs) == ("targets", 1) else kind
    inputs = counted(n_inputs, "input")
    text = f"{inputs}, {count(n_outputs)} {kind}"
    if examples.test_inputs is None:
        return text
    return plural(
        len(examples.test_inputs),
        "{text}; {test_inputs} other for testing",
        "{text}; {test_inputs} others for testing",
        text=text,
        test_inputs=count(len(examples.test_inputs)),
    )
