"""One step of a lesson: title, text, a prediction, and what is to be done."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.lessons.model import LessonStep
from core.values.words import tr
from gui.panels.lesson.live_html import filled, told_of_then
from gui.panels.lesson.marks import MarkState
from gui.panels.lesson.question_card import QuestionCard
from gui.panels.lesson.rows import ReadingLabel, TaskRow
from gui.runtime.layout_items import nest
from gui.session.lessons.step_state import StepState
from gui.session.lessons.window_values import WindowValues
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.widgets.role_font import RoleFont

PAD: Final = tokens.space("page")
BESIDE: Final = tokens.space("panel_pad")
SETTING: Final = tr("The scene is being set.")
SEEN: Final = tr(
    "You have done this step: its numbers are those that you saw. “This step again” "
    "makes them live."
)
ELSEWHERE: Final = tr(
    "The window shows something else now. The numbers here are those that you saw last."
)


class StepPage(QScrollArea):
    """Scrolls where a step is longer than the window is high."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        # Its lines are broken to fit; Qt takes a few pixels of the other bar for more.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._content = content = QWidget(self)
        self.title = QLabel(content)
        self.title.setWordWrap(True)
        RoleFont(self.title, "answer", self, strong=True)
        self.text = ReadingLabel(content, quiet=True)
        self.card = QuestionCard(content)
        self._waits = ReadingLabel(content, quiet=True)
        self.notice = ReadingLabel(content, quiet=True)
        self.come_back = QPushButton(tr("Back to the lesson"), content)
        self.come_back.setObjectName("back to the lesson")
        self.come_back.setToolTip(
            tr("Shows the lesson's own run again, as you left it")
        )
        self.come_back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.notice.hide()
        self.come_back.hide()
        self._hint = ReadingLabel(content, quiet=True)
        self._tasks: list[TaskRow] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(round(tokens.space("m") * scale_of(self.font())))
        column = QVBoxLayout(content)
        column.setContentsMargins(BESIDE + tokens.space("xs"), PAD, BESIDE, PAD)
        column.setSpacing(round(tokens.space("panel_pad") * scale_of(self.font())))
        column.addWidget(self.notice)
        column.addWidget(self.come_back, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.title, self.text, self.card):
            column.addWidget(widget)
        nest(column, self._rows)
        column.addWidget(self._hint)
        column.addWidget(self._waits)
        column.addStretch(1)
        self.setWidget(content)
        content.setAutoFillBackground(False)
        self._told: tuple[StepState, bool, bool] | None = None
        self._bring = QTimer(self)
        self._bring.setSingleShot(True)
        self._bring.timeout.connect(self._bring_explanation)

    def show_step(
        self,
        step: LessonStep,
        state: StepState,
        values: WindowValues | None,
        *,
        is_right: bool | None,
    ) -> None:
        """Show a step with the values of now."""
        self.title.setText(step.title)
        self.text.setVisible(not step.text.is_empty)
        self.text.show_html(filled(step.text, values))
        self.card.setVisible(step.question is not None)
        if step.question is not None:
            self.card.show_question(step.question, state, values, is_right=is_right)
        self._show_tasks(step, state, values)
        self._waits.setVisible(values is None)
        self._waits.show_html(SETTING)
        told = (state, state.is_revealed, state.is_told)
        is_same_step = self._told is not None and self._told[0] is state
        if is_same_step and state.is_revealed and self._told != told:
            # Once it has its place: below the edge nobody would know of it.
            self._bring.start(0)
        self._told = told

    def _bring_explanation(self) -> None:
        layout = self._content.layout()
        assert layout is not None
        layout.activate()
        self.ensureWidgetVisible(self.card.explanation, 0, PAD)

    def show_notice(self, *, is_elsewhere: bool, is_seen: bool) -> None:
        """Say of which numbers the step speaks, where it is not those of now."""
        text = ELSEWHERE if is_elsewhere else SEEN if is_seen else ""
        self.notice.setVisible(bool(text))
        self.notice.show_html(text)
        self.come_back.setVisible(is_elsewhere)

    def to_top(self) -> None:
        """Another step is shown."""
        self._bring.stop()
        self.verticalScrollBar().setValue(0)
        self.card.forget()

    def _show_tasks(
        self, step: LessonStep, state: StepState, values: WindowValues | None
    ) -> None:
        while len(self._tasks) < len(step.turns):
            row = TaskRow(self._content)
            self._tasks.append(row)
            self._rows.addWidget(row)
        following = state.done.index(False) if False in state.done else -1
        for k, row in enumerate(self._tasks):
            row.setVisible(k < len(step.turns))
            if k < len(step.turns):
                mark: MarkState = "next" if k == following else "later"
                mark = "done" if state.done[k] else mark
                shown = state.values_of_task(k, values)
                is_then = state.is_of_then(k, values)
                fill = told_of_then if is_then else filled
                row.show_task(fill(step.turns[k].task, shown), mark)
        hint = "" if following < 0 else filled(step.turns[following].hint, values)
        self._hint.setVisible(state.shows_hint and bool(hint))
        self._hint.show_html(hint)
