"""Saying beside a field why what was typed is refused, for eyes and screen readers.

A row of the form has a label of its own below it; any other field gets a note that lies
over what is below or above it, until the field is edited, left behind or hidden.
"""

from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from gui.style import tokens
from gui.style.lengths import grown
from gui.widgets.accessible.events import warn
from gui.widgets.problem_label import ProblemLabel

REFUSED: Final = "refused"
"""Property of a field with a refused text, for style sheets."""
_WIDEST: Final = tokens.length("refusal.widest")
_NOTE: Final = "_refusal_note"


def show_refusal(field: QWidget, message: str) -> None:
    """Mark the field, and show the reason beside it."""
    label = getattr(field, "refusal_label", None)
    note = cast("ProblemLabel", label) if label is not None else _note_of(field)
    note.show_problem(message)
    if isinstance(note, RefusalNote):
        note.take_place()
    mark(field, message)
    warn(note)


def forget_refusal(field: QWidget) -> None:
    """What is in the field is not refused, or not yet."""
    label = getattr(field, "refusal_label", None)
    if isinstance(label, ProblemLabel) and field.property(REFUSED):
        label.show_problem("")
    mark(field, "")


def mark(field: QWidget, message: str) -> None:
    """Mark a field as refused for a reason, which a screen reader reads with it.

    Without a reason its note goes too: it would stay over what is beside the field.
    """
    note = getattr(field, _NOTE, None)
    if not message and isinstance(note, RefusalNote) and note.text():
        note.show_problem("")
    if field.accessibleDescription() == message:
        return
    field.setProperty(REFUSED, bool(message))
    field.setAccessibleDescription(message)
    field.style().unpolish(field)
    field.style().polish(field)


def _note_of(field: QWidget) -> "RefusalNote":
    note = getattr(field, _NOTE, None)
    if not isinstance(note, RefusalNote):
        note = RefusalNote(field)
        setattr(field, _NOTE, note)
    return note


class RefusalNote(ProblemLabel):
    """Lies over the panel below a field, or above it where there is no room."""

    def __init__(self, field: QWidget) -> None:
        self._ground = _ground_of(field)
        super().__init__(self._ground)
        self._field = field
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.setMargin(tokens.space("xs"))
        field.installEventFilter(self)
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._on_focus_changed)

    def take_place(self) -> None:
        """Beside the field, and not over what has the focus."""
        ground = self._ground
        apart = grown(self, tokens.space("xs"))
        width = min(grown(self, _WIDEST), ground.width() - 2 * apart)
        size = self.fontMetrics().boundingRect(
            QRect(
                0,
                0,
                width - grown(self, tokens.space("l")),
                grown(self, tokens.length("refusal.unbounded_height")),
            ),
            0x1000,
            self.text(),
        )
        width = size.width() + grown(self, tokens.space("l"))
        height = size.height() + grown(self, tokens.length("refusal.above_and_below"))
        corner = self._field.mapTo(ground, QPoint(0, 0))
        x = max(apart, min(corner.x(), ground.width() - width - apart))
        below = QRect(
            x,
            corner.y() + self._field.height() + grown(self, tokens.space("hair")),
            width,
            height,
        )
        above = QRect(
            x, corner.y() - height - grown(self, tokens.space("hair")), width, height
        )
        self.setGeometry(above if self._is_bad(below) else below)
        self.raise_()

    def _is_bad(self, place: QRect) -> bool:
        ground, focused = self._ground, QApplication.focusWidget()
        if place.bottom() > ground.height():
            return True
        if focused is None or focused is self._field or focused.isWindow():
            return False
        if not ground.isAncestorOf(focused):
            return False
        corner = focused.mapTo(ground, QPoint(0, 0))
        return place.intersects(QRect(corner, focused.size()))

    def _on_focus_changed(self, old: QWidget | None, _new: QWidget | None) -> None:
        if not self.isVisible():
            return
        if old is not None and old in (self._field, self._field.focusProxy()):
            self.take_place()
        else:
            forget_refusal(self._field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and watched is self._field:
            forget_refusal(self._field)
        return False


def _ground_of(field: QWidget) -> QWidget:
    """What moves with the field when it is scrolled, else the whole window."""
    ground = field.parentWidget()
    while ground is not None and not ground.isWindow():
        parent = ground.parentWidget()
        area = None if parent is None else parent.parentWidget()
        if isinstance(area, QScrollArea) and area.widget() is ground:
            return ground
        ground = parent
    return field.window()
