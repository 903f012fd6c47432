"""One prediction before each look, and its reveal beside the chosen answer."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.lessons.expressions.evaluate import LiveValues
from core.lessons.model import LiveText, Question
from core.values.words import tr
from gui.panels.lesson.live_html import filled, is_to_come, strong, told_of_then
from gui.panels.lesson.marks import MarkState
from gui.panels.lesson.rows import AnswerRow, ReadingLabel
from gui.runtime.layout_items import nest
from gui.session.lessons.step_state import DO_NOT_KNOW, StepState
from gui.style import theme, tokens
from gui.style.number_input import NumberTextError, parse_number
from gui.widgets.focus.focus_return import give_to_window
from gui.widgets.problem_label import ProblemLabel
from gui.widgets.scaled_margins import ScaledSpacing

NOT_KNOWN: Final = tr("I do not know")
KEPT: Final = tr("Your answer is kept. Now do what is asked below, and see.")
LOOK: Final = tr("Do what is asked below, and see.")
COMPUTED: Final = tr("The numbers of the explanation are being computed.")
MOST_ROWS: Final = 5
PAD: Final = tokens.space("m")


class QuestionCard(QWidget):
    """Signals: answer_chosen, from 0 or DO_NOT_KNOW; number_typed; reveal_asked."""

    answer_chosen = Signal(int)
    number_typed = Signal(float)
    reveal_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ask = ReadingLabel(self)
        self._rows = [AnswerRow(self) for _ in range(MOST_ROWS)]
        self._numbers: dict[AnswerRow, int] = {}
        self._field = QLineEdit(self)
        self._field.setProperty("kind", "raised")
        self._field.setPlaceholderText(tr("Type a number"))
        self._field.setAccessibleName(tr("Your number"))
        self._field.returnPressed.connect(self._on_field_return_pressed)
        self._problem = ProblemLabel(self)
        self._tell = QPushButton(tr("Tell me"), self)
        self._tell.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._tell.setToolTip(tr("What is right, and why  (Enter)"))
        self._tell.clicked.connect(self.tell)
        self._reveal = ReadingLabel(self, quiet=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAD, PAD, PAD, PAD)
        ScaledSpacing(column, tokens.space("xs"), self)
        column.addWidget(self._ask)
        for row in self._rows:
            row.clicked.connect(self._on_row_clicked)
            column.addWidget(row)
        column.addWidget(self._field)
        column.addWidget(self._problem)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._tell)
        nest(column, line)
        column.addWidget(self._reveal)

    @property
    def reveal_text(self) -> str:
        """What is told, empty before."""
        return "" if self._reveal.isHidden() else self._reveal.text()

    @property
    def explanation(self) -> QWidget:
        """What is told, at the foot of the card."""
        return self._reveal

    @property
    def has_typed(self) -> bool:
        """Whether a number stands in the field that was not taken yet."""
        field = self._field
        is_open = not (field.isHidden() or field.isReadOnly())
        return is_open and bool(field.text().strip())

    def show_question(
        self,
        question: Question,
        state: StepState,
        values: LiveValues | None,
        *,
        is_right: bool | None,
    ) -> None:
        """Show a question as far as it was answered."""
        self._ask.show_html(strong(filled(question.ask, values)))
        self._show_answers(question, state, values)
        is_typed = question.number is not None
        self._field.setVisible(is_typed)
        self._field.setReadOnly(state.is_revealed)
        self._tell.setVisible(not state.is_revealed)
        self._reveal.setVisible(state.is_revealed)
        if state.is_revealed and self._field.hasFocus():
            # Nothing more can be typed there: the keys are for the training.
            give_to_window(self.window())
        if state.is_told:
            told = state.values_of_reveal(values)
            last = len(state.done) - 1
            is_then = told is not values and state.is_of_then(last, values)
            fill = told_of_then if is_then else _filled_or_waiting
            self._reveal.show_html(
                _told(question, state, fill, told, is_right=is_right)
            )
        else:
            no_answer = state.answer == DO_NOT_KNOW
            self._reveal.show_html(LOOK if no_answer else KEPT)

    def forget(self) -> None:
        """Another step is shown."""
        self._field.clear()
        self._problem.show_problem("")

    def _show_answers(
        self, question: Question, state: StepState, values: LiveValues | None
    ) -> None:
        texts = [filled(answer.text, values) for answer in question.answers]
        numbers = [*range(len(texts)), DO_NOT_KNOW] if texts else []
        texts = [*texts, NOT_KNOWN] if texts else []
        self._numbers = dict(zip(self._rows, numbers, strict=False))
        for k, row in enumerate(self._rows):
            is_shown = k < len(texts) and not _is_over(numbers[k], state)
            row.setVisible(is_shown)
            if is_shown:
                mark = _mark(question, state, numbers[k])
                row.show_answer(texts[k], str(k + 1), mark)

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, AnswerRow):
            self.answer_chosen.emit(self._numbers[row])

    def _on_field_return_pressed(self) -> None:
        try:
            value = parse_number(self._field.text())
        except NumberTextError as error:
            self._problem.show_problem(str(error))
            return
        self._problem.show_problem("")
        self.number_typed.emit(value)

    def tell(self) -> None:
        """Tell the answer, or take the number that was typed."""
        if self._field.isVisible() and self._field.text():
            self._on_field_return_pressed()
        else:
            self.reveal_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(theme.colours_of(self).control))
            round_ = tokens.radius("card")
            painter.drawRoundedRect(QRectF(self.rect()), round_, round_)


def _is_over(number: int, state: StepState) -> bool:
    """Not to know is no answer any more once everybody knows."""
    is_chosen = number != DO_NOT_KNOW or state.answer == DO_NOT_KNOW
    return state.is_told and not is_chosen


def _mark(question: Question, state: StepState, number: int) -> MarkState:
    is_chosen = state.answer == number
    if not state.is_told:
        return "chosen" if is_chosen else "open"
    if number == question.right:
        return "right"
    return "wrong" if is_chosen and number != DO_NOT_KNOW else "open"


def _told(
    question: Question,
    state: StepState,
    fill: Callable[[LiveText, LiveValues | None], str],
    values: LiveValues | None,
    *,
    is_right: bool | None,
) -> str:
    text = question.reveal
    if question.answers and state.answer is not None and state.answer != DO_NOT_KNOW:
        text = question.answers[state.answer].reveal
    verdict = {True: strong(tr("Right. ")), False: strong(tr("Not quite. ")), None: ""}
    return verdict[is_right] + fill(text, values)


def _filled_or_waiting(text: LiveText, values: LiveValues | None) -> str:
    """It waits for its numbers: with a dash for one it would tell something else."""
    return COMPUTED if is_to_come(text, values) else filled(text, values)
