"""All lessons by their courses, with what was read of each."""

import os
from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.lessons.folders import own_folder
from core.lessons.library import Entry
from core.values.words import tr
from gui.panels.lesson.marks import Mark, MarkState
from gui.runtime.layout_items import nest
from gui.session.lessons.progress import LessonProgress, Progress
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.style.number_format import counted
from gui.widgets.role_font import RoleFont
from gui.widgets.scaled_margins import ScaledMargins, ScaledSpacing

TITLE: Final = tr("Lessons")
ABOUT: Final = tr(
    "Each takes some ten minutes. Your own run waits meanwhile, and comes back when "
    "the lesson is closed."
)


BREAK: Final = "\N{ZERO WIDTH SPACE}"
_WAYS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LessonRow(QAbstractButton):
    """A lesson: title, minutes, and how far it was read.

    Signals:
        left_by: by how many rows the focus is to move.
    """

    left_by = Signal(int)

    def __init__(
        self, entry: Entry, progress: LessonProgress | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.entry = entry
        self.is_done = progress is not None and progress.is_done
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEnabled(entry.lesson is not None)
        mark = Mark(self)
        mark.show_state(_state(progress))
        title = QLabel(entry.title, self)
        title.setTextFormat(Qt.TextFormat.PlainText)
        RoleFont(title, "read", self)
        title.setWordWrap(True)
        about = QLabel(_about(entry, progress), self)
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        about.setWordWrap(True)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        for label in (title, about):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(label)
        row = QHBoxLayout(self)
        ScaledMargins(
            row,
            (
                tokens.space("s"),
                tokens.space("close"),
                tokens.space("s"),
                tokens.space("close"),
            ),
            self,
        )
        row.setSpacing(round(tokens.space("row") * scale_of(self.font())))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        nest(row, texts, 1)
        self.setAccessibleName(f"{title.text()}, {about.text()}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _WAYS:
            self.left_by.emit(_WAYS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colours = theme.colours_of(self)
        round_ = tokens.radius("control")
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isEnabled() and (self.isDown() or self.underMouse()):
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour(colours.control))
                painter.drawRoundedRect(box, round_, round_)
            if self.hasFocus():
                painter.setPen(
                    QPen(
                        theme.colour(colours.accent), grown(self, tokens.stroke("line"))
                    )
                )
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, round_, round_)


class LessonList(QScrollArea):
    """All lessons.

    Signals:
        lesson_chosen: its Entry.
        reopen_requested: of the lesson that was left by "Done".
        folder_requested: the one where the user's own lessons are, to be shown.
        file_requested: a lesson is to be chosen by its file.
    """

    lesson_chosen = Signal(object)
    folder_requested = Signal()
    file_requested = Signal()
    reopen_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.again: QPushButton | None = None
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @property
    def rows(self) -> list[LessonRow]:
        return self.findChildren(LessonRow)

    def show_lessons(
        self,
        courses: Mapping[str, Sequence[Entry]],
        progress: Progress,
        finished: str = "",
    ) -> None:
        """Show each course with its lessons.

        Args:
            courses: with the entries of each.
            progress: of all lessons.
            finished: title of the lesson that was just left by "Done"; it can be opened
                again, as a click that was one too many would else lose its place.
        """
        content = QWidget(self)
        self.again = None
        column = QVBoxLayout(content)
        ScaledMargins(
            column,
            (
                tokens.space("row"),
                tokens.space("panel_pad"),
                tokens.space("close"),
                tokens.space("panel_pad"),
            ),
            self,
        )
        ScaledSpacing(column, tokens.space("hair"), self)
        if finished:
            column.addWidget(
                _quiet(tr("You have finished “{title}”.", title=finished), content)
            )
            again = QPushButton(tr("Open it again"), content)
            again.setToolTip(tr("At its last step, with your answers"))
            again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            again.clicked.connect(self.reopen_requested)
            self.again = again
            column.addWidget(again, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(_quiet(ABOUT, content))
        for course, entries in courses.items():
            heading = QLabel(course, content)
            heading.setObjectName("heading")
            heading.setTextFormat(Qt.TextFormat.PlainText)
            heading.setWordWrap(True)
            ScaledMargins(
                heading,
                (tokens.space("s"), tokens.space("panel_pad"), 0, tokens.space("xs")),
                self,
            )
            column.addWidget(heading)
            for entry in entries:
                row = LessonRow(entry, progress.known(entry.key), content)
                row.clicked.connect(self._on_row_clicked)
                row.left_by.connect(self._on_row_left_by)
                column.addWidget(row)
        self._add_own(column, content)
        column.addStretch(1)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def _add_own(self, column: QVBoxLayout, content: QWidget) -> None:
        """Where lessons of the user's own are, and the ways to them."""
        folder = own_folder()
        if folder is not None:
            text = tr(
                "Your own lessons are in {folder}, each in a folder with lesson.md. "
                "“Save scene”, in an open lesson, writes one to begin with.",
                # A long path has places to break at.
                folder=str(folder).replace(os.sep, os.sep + BREAK),
            )
            column.addWidget(_quiet(text, content))
        self.open_file = QPushButton(tr("Open a lesson…"), content)
        self.open_file.setToolTip(tr("A lesson.md from anywhere"))
        self.open_file.clicked.connect(self.file_requested)
        self.open_folder = QPushButton(tr("Show my lessons' folder"), content)
        self.open_folder.clicked.connect(self.folder_requested)
        for button in (self.open_file, self.open_folder):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def take_focus(self) -> None:
        """Give it to the first lesson that was not read to its end."""
        rows = [row for row in self.rows if row.isEnabled()]
        open_ones = [row for row in rows if not row.is_done]
        for row in (*open_ones, *rows)[:1]:
            row.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(row)

    def _on_row_left_by(self, by: int) -> None:
        rows = [row for row in self.rows if row.isEnabled()]
        at = rows.index(self.sender()) + by  # type: ignore[arg-type]
        if 0 <= at < len(rows):
            rows[at].setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(rows[at])

    def _on_row_clicked(self) -> None:
        row = self.sender()
        if isinstance(row, LessonRow):
            self.lesson_chosen.emit(row.entry)


def _state(progress: LessonProgress | None) -> MarkState:
    if progress is None:
        return "later"
    return "done" if progress.is_done else "next"


def _about(entry: Entry, progress: LessonProgress | None) -> str:
    if entry.lesson is None:
        return entry.problem
    parts = [counted(entry.lesson.minutes, "minute")]
    if progress is not None and progress.is_done:
        parts.append("read")
    elif progress is not None:
        parts.append(
            tr(
                "step {step} of {steps}",
                step=progress.step + 1,
                steps=len(entry.lesson.steps),
            )
        )
    return " · ".join(parts)


def _quiet(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    label.setContentsMargins(tokens.space("s"), 0, tokens.space("s"), 0)
    return label
