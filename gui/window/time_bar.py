"""The time bar above the status bar: the shown step, and controls to go to others."""

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolBar, QToolButton, QWidget

from core.protocol.snapshot import Snapshot
from gui.runtime.throttle import THROTTLED_SECONDS, Throttle
from gui.session.view_state import View
from gui.style.number_format import count
from gui.style.theme import figures_font
from gui.widgets.live_label import LiveLabel
from gui.widgets.number_boxes import WholeSpinBox
from gui.window.branch_menu import BranchMenu
from gui.window.time_slider import TimeSlider

LARGEST = 2**31 - 1
AHEAD = "Play continues from here on a new branch"
BEYOND = "Play continues from the end"


class TimeBar(QToolBar):
    """A slider over the whole run, and a field for a step number.

    Signals:
        step_requested: the step to show.
    """

    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Time", parent)
        self.setObjectName("time")
        self.setMovable(False)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.slider = TimeSlider(self)
        self.slider.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        )
        self.slider.valueChanged.connect(self._on_slider_moved)
        self.field = WholeSpinBox(self)
        self.field.setRange(0, 0)
        self.field.setButtonSymbols(WholeSpinBox.ButtonSymbols.NoButtons)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setAccessibleName("Shown step")
        self.field.setToolTip("The shown step: type another one and press Enter")
        self.field.valueChanged.connect(self._on_field_changed)
        self._of = LiveLabel(self)
        self._hint = QLabel(self)
        self._shown: tuple[View, int | None] | None = None
        self._throttle = Throttle(self)
        self._throttle.time_came.connect(self._on_throttle_time_came)
        self._fit()
        self.setEnabled(False)

    def build(
        self, back: QAction, forward: QAction, end: QAction, branches: BranchMenu
    ) -> None:
        """Build the bar, with buttons for these actions and this menu."""
        self.addAction(back)
        self.addWidget(self.slider)
        self.addAction(forward)
        self.addAction(end)
        caption = QLabel("step", self)
        for widget in (caption, self.field, self._of, self._hint):
            widget.setContentsMargins(4, 0, 4, 0)
            self.addWidget(widget)
        self._build_branches(branches)

    def _build_branches(self, menu: BranchMenu) -> None:
        self._branches = QToolButton(self)
        self._branches.setMenu(menu)
        self._branches.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._branches.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self._branches.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._branches.setToolTip(
            "Steps that the run has left, because training went on from an earlier "
            "step: choose a branch to go to its end"
        )
        self._branches_place = self.addWidget(self._branches)
        self._branches_place.setVisible(False)

    def _show_branches(self, n_branches: int) -> None:
        self._branches_place.setVisible(n_branches > 0)
        s = "" if n_branches == 1 else "es"
        self._branches.setText(f"{n_branches} branch{s} left   ")  # room for the arrow

    def set_view(self, view: View | None, seek_target: int | None = None) -> None:
        """Show this view's step in its run, or the target of a seek."""
        self.setEnabled(view is not None)
        self._shown = None if view is None else (view, seek_target)
        if view is None:
            return
        pause = THROTTLED_SECONDS if view.snapshot.cores_busy else 0.0
        if self._throttle.may_draw(pause):
            self._draw(view, seek_target)

    def _on_throttle_time_came(self) -> None:
        if self._shown is not None:
            self._draw(*self._shown)

    def _draw(self, view: View, seek_target: int | None) -> None:
        snapshot = view.snapshot
        if not self.slider.isSliderDown():
            step = snapshot.step if seek_target is None else seek_target
            self._show(step, snapshot.end)
        self._tell(snapshot)
        self._show_branches(len(snapshot.branches))

    def _show(self, step: int, end: int) -> None:
        end = max(step, end)
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.set_end(end)
            self.slider.setValue(step)
            self._widen(end)
            self.field.setMaximum(min(end, LARGEST))
            if not self.field.hasFocus():
                self.field.setValue(step)

    def _tell(self, snapshot: Snapshot) -> None:
        self._of.setText(f"of {count(snapshot.end)}")
        hint = AHEAD if snapshot.is_past else ""
        if snapshot.stopped_at is not None:
            hint = BEYOND
        if hint != self._hint.text():
            self._hint.setText(hint)

    def _wish(self, step: int) -> None:
        self._shown = None  # a waiting view does not know of this request
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.setValue(step)
            self.field.setValue(step)
        self.step_requested.emit(step)

    def _on_slider_moved(self, step: int) -> None:
        self._wish(step)

    def _on_field_changed(self, step: int) -> None:
        self._wish(step)

    def _widen(self, end: int) -> None:
        """Fix the field's size: larger numbers must not trigger a layout."""
        needed = self.field.fontMetrics().horizontalAdvance(count(end)) + 16
        if needed > self.field.minimumWidth():
            self.field.setFixedSize(needed, self.field.sizeHint().height())

    def _fit(self) -> None:
        """Space for the longest texts, so that the slider does not change its size."""
        font = figures_font(self.font())
        for widget in (self.field, self._of):
            widget.setFont(font)
        self._of.reserve("of 00,000,000")
        self.field.setMinimumWidth(0)
        self._widen(10_000_000)
        width = self._hint.fontMetrics().horizontalAdvance(AHEAD)
        self._hint.setMinimumWidth(width + 8)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_hint"):
            self._fit()
