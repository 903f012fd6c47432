"""The timeline: the shown step in the whole run, and the way to any other step."""

from typing import Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.values.words import plural, tr
from gui.runtime.layout_items import nest
from gui.session.view_state import View
from gui.style import tokens
from gui.style.fonts import role_font
from gui.style.lengths import grown
from gui.style.number_format import count, epoch_number
from gui.widgets.eliding_label import ElidingLabel
from gui.widgets.live_label import LiveLabel
from gui.widgets.menu_buttons import give_menu
from gui.widgets.number_boxes import WholeSpinBox
from gui.widgets.plain_text import tip
from gui.window.branch_menu import BranchMenu
from gui.window.player.figures import (
    HELD_ONLY_HERE,
    NOT_THE_SEEDS_RUN,
    holds_text,
    interventions_text,
)
from gui.window.player.time_slider import TimeSlider

LARGEST: Final = 2**31 - 1
AHEAD: Final = tr(
    "The later steps are kept: Play takes them again as they were. A change made "
    "here, such as another learning rate, begins a new branch."
)
BEYOND: Final = tr("Play goes on from the end")
TEXT_MARGIN: Final = tokens.space("xs")
_GAP: Final = tokens.space("hair")
FIELD_MARGIN: Final = 2 * TEXT_MARGIN + tokens.space("m")
"""With the ring and what a line edit keeps free by itself."""


class Timeline(QWidget):
    """A slider over the whole run, and over it the step, which can be typed.

    Signals:
        step_requested: the step to show.
        notes_changed: `wanted_width` is another one.
    """

    step_requested = Signal(int)
    notes_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline")
        self._wanted = 0
        self.slider = TimeSlider(self)
        self.slider.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        )
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.field = WholeSpinBox(self)
        self.field.setObjectName("step")
        self.field.setRange(0, 0)
        self.field.lineEdit().setTextMargins(TEXT_MARGIN, 0, TEXT_MARGIN, 0)
        self.field.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.field.setAccessibleName(tr("Shown step"))
        self.field.setToolTip(tr("The shown step: type another one and press Enter"))
        self.field.valueChanged.connect(self._on_field_changed)
        self._caption = QLabel(tr("step"), self)
        self._of, self._epoch = LiveLabel(self), LiveLabel(self)
        self._hint = ElidingLabel(self)
        self.interventions = ElidingLabel(self)
        for note in (self._hint, self.interventions):
            note.hide()
        self.branches = QToolButton(self)
        self.branches.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.branches.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.branches.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.branches.setToolTip(
            tr(
                "Steps that the run has left, because training went on differently "
                "from an earlier step: choose a branch to go to its end"
            )
        )
        self.branches.hide()
        self._build()
        self._fit()
        self.setEnabled(False)

    def _build(self) -> None:
        for label in (self._caption, self._of, self._epoch):
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._epoch.setAlignment(side)
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        line.addWidget(self._caption)
        line.addWidget(self.field)
        line.addWidget(self._of)
        line.addStretch()
        line.addWidget(self._hint, 1)
        line.addWidget(self.interventions, 1)
        line.addWidget(self.branches)
        line.addWidget(self._epoch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        nest(column, line)
        column.addWidget(self.slider)
        column.addStretch(1)

    def offer_branches(self, menu: BranchMenu) -> None:
        """Give the menu of the branches that were left a button."""
        give_menu(self.branches, menu)

    def _show_branches(self, n_branches: int) -> None:
        self.branches.setVisible(n_branches > 0)
        self.branches.setText(
            plural(n_branches, "{n} other branch", "{n} other branches", n=n_branches)
        )

    def set_view(self, view: View | None, seek_target: int | None = None) -> None:
        """Show this view's step in its run, or the target of a seek."""
        self.setEnabled(view is not None)
        if view is None:
            return
        # At each frame, as all pictures are: none names a step that lies beyond it.
        self._draw(view, seek_target)

    def _draw(self, view: View, seek_target: int | None) -> None:
        snapshot = view.snapshot
        if not self.slider.isSliderDown():
            step = snapshot.step if seek_target is None else seek_target
            self._show(step, snapshot.end)
        self._tell(view)
        self._show_branches(len(snapshot.branches))
        self._fit_notes()

    def _show(self, step: int, end: int) -> None:
        end = max(step, end)
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.set_end(end)
            self.slider.setValue(step)
            self.field.setMaximum(min(end, LARGEST))
            if not self.field.hasFocus():
                self.field.setValue(step)
                self._fit_field(step)

    def _tell(self, view: View) -> None:
        snapshot = view.snapshot
        self._of.setText(tr("of {end}", end=count(snapshot.end)))
        self._of.setToolTip(tip(AHEAD) if snapshot.is_past else "")
        self._epoch.setText(tr("epoch {epoch}", epoch=epoch_number(snapshot.epoch)))
        hint = "" if snapshot.stopped_at is None else BEYOND
        changed, holds = interventions_text(snapshot), holds_text(view)
        reasons = (NOT_THE_SEEDS_RUN, changed), (HELD_ONLY_HERE, holds)
        why = "\n".join(reason for reason, text in reasons if text)
        changed = ", ".join(text for text in (holds, changed) if text)
        for label, text, reason in (
            (self._hint, hint, ""),
            (self.interventions, changed, why),
        ):
            if text != label.text():
                label.setText(text)
                # What has no room on the line is read here.
                label.setToolTip(tip(f"{text}\n{reason}".strip()))
                # An empty one would take half the room of the other.
                label.setVisible(bool(text))

    @property
    def wanted_width(self) -> int:
        """The room in which nothing of the notes is cut; the epoch may be left out."""
        parts: list[QWidget] = [self._caption, self.field, self._of]
        if not self.branches.isHidden():
            parts.append(self.branches)
        widths = [_room_of(part) for part in parts]
        for note in (self._hint, self.interventions):
            wide = note.fontMetrics().horizontalAdvance(note.text())
            widths += [wide] if note.text() else []
        return sum(widths) + grown(self, _GAP) * (len(widths) + 1)

    def _fit_notes(self) -> None:
        """Leave out the epoch where the notes need its room: the curves name it."""
        wanted = self.wanted_width
        fits = wanted + _room_of(self._epoch) <= self.width()
        if self._epoch.isHidden() == fits:
            self._epoch.setVisible(fits)
        if wanted != self._wanted:
            self._wanted = wanted
            self.notes_changed.emit()

    def _wish(self, step: int) -> None:
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.setValue(step)
            self.field.setValue(step)
        self.step_requested.emit(step)

    def _on_slider_moved(self, step: int) -> None:
        self._wish(step)

    def _on_field_changed(self, step: int) -> None:
        self._wish(step)

    def _fit_field(self, step: int) -> None:
        """As wide as the number; a layout only for one of another length."""
        digits = "0" * len(count(step))
        needed = self.field.fontMetrics().horizontalAdvance(digits) + FIELD_MARGIN
        if needed != self.field.width():
            self.field.setFixedWidth(needed)

    def _fit(self) -> None:
        """Space for the longest texts, so that the slider does not change its size."""
        self.field.setFont(role_font(self.font(), "label", strong=True))
        self._fit_field(self.field.value())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_notes()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "interventions"):
            self._fit()


def _room_of(widget: QWidget) -> int:
    return max(widget.sizeHint().width(), widget.minimumWidth())
