"""The panel of lessons beside the window: the open one, or the list of all."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from core.lessons.library import Entry, all_lessons, by_course
from core.values.words import tr
from gui.panels.lesson.lesson_list import TITLE, LessonList
from gui.panels.lesson.progress_line import ProgressLine
from gui.panels.lesson.step_page import StepPage
from gui.runtime.layout_items import nest
from gui.runtime.throttle import Throttle
from gui.session.lessons.lesson_session import LessonSession
from gui.session.lessons.step_state import DO_NOT_KNOW
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.hairline import Hairline
from gui.widgets.icon_button import IconButton
from gui.widgets.scaled_margins import ScaledSpacing

LIVE_SECONDS: Final = 0.1
"""Between two renewals of live values: faster, and nobody can read them."""
PAD: Final = tokens.space("panel_pad")


class LessonPanel(QWidget):
    """The open lesson, or the list.

    Signals:
        close_requested: of the lesson.
        scene_save_requested: of what the window shows.
        worksheet_requested: of the lesson, or of the network.
    """

    close_requested = Signal()
    worksheet_requested = Signal()
    scene_save_requested = Signal()

    def __init__(self, lessons: LessonSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self._lessons = lessons
        self._throttle = Throttle(self)
        self._throttle.time_came.connect(self._show_values)
        self.page = StepPage(self)
        self.list = LessonList(self)
        self._build()
        lessons.opened.connect(self._on_lessons_opened)
        lessons.closed.connect(self.show_list)
        lessons.step_changed.connect(self._on_lessons_step_changed)
        lessons.state_changed.connect(self._show_step)
        lessons.values_changed.connect(self._on_lessons_values_changed)
        self.list.lesson_chosen.connect(self._on_list_lesson_chosen)
        self.list.reopen_requested.connect(lessons.reopen)
        self.page.card.answer_chosen.connect(lessons.choose)
        self.page.come_back.clicked.connect(lessons.come_back)
        self.page.card.number_typed.connect(lessons.type_number)
        self.page.card.reveal_asked.connect(lessons.reveal)

    def _build(self) -> None:
        # As long as a title may be: it has a second line rather than an end cut off.
        self.name = QLabel(TITLE, self)
        self.name.setWordWrap(True)
        self.name.setObjectName("heading")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self._count = QLabel(self)
        self.again = IconButton(
            "restarts", tr("This step again"), tr("This step again, as it began"), self
        )
        self.again.clicked.connect(self._lessons.again)
        self._save = IconButton(
            "save",
            tr("Save scene"),
            tr("Save scene: what the window shows, as the first step of a lesson"),
            self,
        )
        self._save.clicked.connect(self.scene_save_requested)
        self._sheet = IconButton(
            "worksheet",
            tr("Worksheet"),
            tr("Worksheet: a page to be computed by hand, and its answers"),
            self,
        )
        self._sheet.clicked.connect(self.worksheet_requested)
        self._close = IconButton("remove", tr("Close"), tr("Close the lesson"), self)
        self._close.clicked.connect(self.close_requested)
        self._line = ProgressLine(self)
        self.back = QPushButton(tr("Back"), self)
        self.back.setToolTip(tr("The step before  (Page Up)"))
        self.back.clicked.connect(self._lessons.go_back)
        self.show_me = QPushButton(tr("Show me"), self)
        self.show_me.setToolTip(tr("Marks what is meant; once more does it"))
        self.show_me.clicked.connect(self._lessons.show_me)
        self.next = QPushButton(tr("Next"), self)
        self.next.setProperty("kind", "primary")
        self.next.setToolTip(tr("The next step  (Page Down)"))
        self.next.clicked.connect(self.go_on)
        for button in (self.back, self.show_me, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.page)
        self._arrange()

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(
            PAD,
            grown(self, tokens.space("close")),
            grown(self, tokens.space("s")),
            grown(self, tokens.space("hair")),
        )
        ScaledSpacing(head, tokens.space("hair"), self)
        head.addWidget(self.name, 1)
        for button in (self.again, self._sheet, self._save, self._close):
            head.addWidget(button)
        line = QHBoxLayout()
        line.setContentsMargins(PAD, grown(self, tokens.space("hair")), PAD, 0)
        line.addWidget(self._line, 1)
        line.addSpacing(grown(self, tokens.space("s")))
        line.addWidget(self._count)
        self._footer = QWidget(self)
        foot = QHBoxLayout(self._footer)
        foot.setContentsMargins(
            PAD, grown(self, tokens.space("row")), PAD, grown(self, tokens.space("row"))
        )
        ScaledSpacing(foot, tokens.space("s"), self)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.show_me)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        nest(column, head)
        nest(column, line)
        nest(column, self._stack, 1)
        self._rule = Hairline(self)
        column.addWidget(self._rule)
        column.addWidget(self._footer)

    @property
    def shows_list(self) -> bool:
        return self._stack.currentWidget() is self.list

    def set_kiosk(self, *, on: bool) -> None:
        """Without what leads out of the lesson."""
        self._close.setVisible(not on)
        self._save.setVisible(not on)
        self._sheet.setVisible(not on)

    def show_list(self) -> None:
        """Show all lessons, read anew: one may just have been written."""
        finished = self._lessons.finished
        self.list.show_lessons(
            by_course(all_lessons()),
            self._lessons.progress,
            "" if finished is None else finished.title,
        )
        self.name.setText(TITLE)
        self._stack.setCurrentWidget(self.list)
        self._show_parts(is_open=False)

    def take_focus(self) -> None:
        """Lead on by keys in the list."""
        if self.shows_list:
            self.list.take_focus()

    def _show_parts(self, *, is_open: bool) -> None:
        for widget in (self.again, self._line, self._count, self._footer, self._rule):
            widget.setVisible(is_open)

    def _on_list_lesson_chosen(self, entry: Entry) -> None:
        lesson = entry.lesson
        if lesson is None:
            return
        known = self._lessons.progress.known(entry.key)
        self._lessons.open(lesson, 0 if known is None else known.step)

    def _on_lessons_opened(self) -> None:
        lesson = self._lessons.lesson
        assert lesson is not None
        self.name.setText(lesson.title)
        self._stack.setCurrentWidget(self.page)
        self._show_parts(is_open=True)

    def _on_lessons_step_changed(self) -> None:
        lesson, place = self._lessons.lesson, self._lessons.place
        assert lesson is not None
        self._count.setText(
            tr("{place} of {steps}", place=place + 1, steps=len(lesson.steps))
        )
        self._line.show_progress(place, len(lesson.steps))
        self.back.setEnabled(place > 0)
        self.next.setText(tr("Done") if self._lessons.is_last else tr("Next"))
        self.show_me.setVisible(bool(self._lessons.step.all_controls))
        self._show_step()
        self.page.to_top()

    def _on_lessons_values_changed(self) -> None:
        if self.isVisible() and self._throttle.may_draw(LIVE_SECONDS):
            self._show_values()

    def _show_values(self) -> None:
        if self._lessons.lesson is not None:
            self._show_step()

    def draw_afresh(self) -> None:
        """Write the step again, for numbers are written otherwise."""
        self._show_values()

    def _show_step(self) -> None:
        lessons = self._lessons
        if lessons.lesson is None or not self.isVisible():
            return
        self.page.show_step(
            lessons.step, lessons.state, lessons.values, is_right=lessons.is_right
        )
        self.page.show_notice(
            is_elsewhere=lessons.is_elsewhere,
            is_seen=lessons.state.seen is not None,
        )

    def go_on(self) -> None:
        """To the next step; a number that was typed and not taken is taken first."""
        if self._lessons.lesson is not None and self.page.card.has_typed:
            self.page.card.tell()
        else:
            self._lessons.go_on()

    def choose(self, number: int) -> None:
        """An answer by its key, counted from 1; the last one is not to know."""
        lessons = self._lessons
        question = None if lessons.lesson is None else lessons.step.question
        if question is not None:
            is_last = number == len(question.answers) + 1
            lessons.choose(DO_NOT_KNOW if is_last else number - 1)

    def tell(self) -> None:
        """Tell the answer to the question of this step."""
        if self._lessons.lesson is not None and self._lessons.step.question is not None:
            self.page.card.tell()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._lessons.lesson is None:
            self.show_list()
        else:
            self._show_step()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "page"):
            self.name.setMinimumHeight(
                round(tokens.size("icon_button") * scale_of(self.font()))
            )
