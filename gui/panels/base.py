"""The base of all panels: a widget that draws a View and says what it needs."""

import importlib
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from core.protocol.jobs import JobAdvanced, JobEnded
from core.protocol.snapshot import Need
from gui.runtime.throttle import THROTTLED_SECONDS, Throttle
from gui.session.document.document import ExperimentDocument
from gui.session.save_request import SaveRequest
from gui.session.table_file import rows_request
from gui.session.view_state import View
from gui.widgets.copying.tables import tables_in
from gui.widgets.focus.focus_return import give_to_window
from gui.widgets.focus.key_policy import watch_keys
from gui.widgets.focus.tab_stops import step_focus, tab_stops
from gui.widgets.plain_text import show_plainly
from gui.widgets.tips.tip_watch import watch_tips


class PanelEntry(NamedTuple):
    """A panel that may not exist yet: the one place for its key and its title.

    Attributes:
        key: its name in layouts, settings and tests.
        title: in its dock and in the View menu.
        module: where its class is; imported when the panel is first shown.
        class_name: a Panel whose `entry` is this one.
        short: its title where several panels share a place.
    """

    key: str
    title: str
    module: str
    class_name: str
    short: str = ""

    def make(self, parent: QWidget) -> "Panel":
        module = importlib.import_module(self.module)
        panel: Panel = getattr(module, self.class_name)(parent)
        return panel


class Panel(QWidget):
    """One dock's content.

    Attributes:
        least_seconds: between two drawings while it trains, as the user has set it.

    A panel is given each new View while it is visible (at most once a screen frame),
    and the newest one when it becomes visible. Changes by training alone are drawn once
    in `live_seconds` at most, and five times a second where training wants all
    cores; but those that are `in_step` are drawn with each view, as what they say of
    the network also stands elsewhere. It never asks for more, so drawing is all that it
    does; what the user does in it leaves by the signals.

    Signals:
        selection_made: a Selection, or None to select nothing.
        example_chosen: a ShownExample to run through the network.
        edits_made: a tuple of core.values.parameter.Edit, for the running weights.
        freeze_requested: a frozenset of core.values.parameter.Parameter that no step
            is to change from now on; all others change again.
        ablation_requested: a core.values.parameter.Unit, and whether to silence it or
            give it its outgoing weights back.
        hold_requested: a Unit, and the value at which to hold its activation for the
            shown example; None releases it.
        layers_edited: a LayerEdit, for the experiment's network.
        values_edited: dotted keys of the experiment with their new values.
        needs_changed: `needs()` has changed.
        save_requested: a SaveRequest: the user wants something in a file.
        data_choice_requested: the user wants to say how the file of the data is read.
        preset_requested: the name of one of our presets, to begin with that from here.
        step_requested: a step of the run that is to be gone to.
        remembered: the name of a switch of the panel's own, and whether it is on:
            `recall` is told so when the program is started again.
        race_run: the user has let a race run: the key of its surface.
        view_painted: the view that is on the picture from now on, if it `leads`.
        job_requested: a BeginJob or EndJob for the runner; `take_job` hears of it.
    """

    entry: ClassVar[PanelEntry]
    yields_to_training: ClassVar[bool] = True
    """Whether it is drawn less often while training needs all cores."""
    on_chrome: ClassVar[bool] = False
    """Whether it is a tool, such as a form, and no picture."""
    has_strip: ClassVar[bool] = False
    """Whether its header is a strip: higher, and on chrome, with its question."""
    fills_header: ClassVar[bool] = False
    """Whether its parts take the line of its title, which they make unnecessary."""
    live_seconds: ClassVar[float] = 0.0
    """Least time between two drawings while it trains."""
    in_step: ClassVar[bool] = False
    """Whether its numbers are those of the newest step, as in other panels."""
    leads: ClassVar[bool] = False
    """Whether it paints a view later than it is told; those in step wait for it."""
    is_dear: ClassVar[bool] = False
    """Whether it is in step, and too much for every frame while training is busy."""
    shows_readings: ClassVar[bool] = False
    """Whether it tells what was read of the test data, as the bar does at once."""

    selection_made = Signal(object)
    example_chosen = Signal(object)
    edits_made = Signal(object)
    freeze_requested = Signal(object)
    ablation_requested = Signal(object, bool)
    hold_requested = Signal(object, object)
    layers_edited = Signal(object)
    values_edited = Signal(object)
    needs_changed = Signal()
    save_requested = Signal(object)
    job_requested = Signal(object)
    step_requested = Signal(int)
    preset_requested = Signal(str)
    remembered = Signal(str, bool)
    race_run = Signal(str)
    view_painted = Signal(object)
    data_choice_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(self.entry.key)
        watch_keys()
        watch_tips()
        self._view: View | None = None
        self._stale = False
        self._is_held_back = False
        self.least_seconds = 0.0
        self._throttle = Throttle(self)
        self._throttle.time_came.connect(self._on_throttle_time_came)

    @property
    def view(self) -> View | None:
        """The newest view that was handed over."""
        return self._view

    def needs(self) -> frozenset[Need]:
        """What the runner must put in each snapshot while this panel is visible."""
        return frozenset()

    def enter_workspace(self, key: str) -> None:
        """Another workspace is about to be shown, with or without this panel."""

    def set_document(self, document: ExperimentDocument) -> None:
        """The experiment, for a panel that shows what is being edited."""

    def header_parts(self) -> tuple[Sequence[QWidget], Sequence[QWidget]]:
        """Controls for the line of its title: beside the title, and at its end."""
        return (), ()

    def table_requests(self) -> list[SaveRequest]:
        """To write the tables that are seen in it, with the values of now."""
        return [
            rows_request(name or self.entry.title, self.entry.key, rows)
            for name, rows in tables_in(self)
        ]

    def sort_actions(self) -> Sequence[QAction]:
        """An action for each order that its table may have, marked where in force."""
        return ()

    def strip_part(self) -> QWidget | None:
        """Its strip, for the place above all panels; without a window it is in here."""
        return None

    def recall(self, is_on: Callable[[str], bool]) -> None:
        """Set its own switches as the user left them; `is_on` tells by the name."""

    def prepare(self) -> None:
        """Prepare what the first view would wait for, before the panel is visible."""

    def set_view(self, view: View | None) -> None:
        """Show this view; None means that no run is loaded."""
        pause = self._least_pause(view)
        self._view = view
        self._stale = True
        if self.may_be_seen and self._throttle.may_draw(pause):
            self._draw_newest()

    def suspend_drawing(self) -> None:
        """Neither draw nor paint until `release` is called."""
        self._is_held_back = True
        self.setUpdatesEnabled(False)

    def release(self) -> None:
        """Draw the newest view, if the panel is visible."""
        self._is_held_back = False
        self.setUpdatesEnabled(True)
        if self.isVisible():
            self._draw_newest()

    @property
    def may_be_seen(self) -> bool:
        """Whether what it is given is drawn."""
        return self.isVisible() and not self._is_held_back

    def _least_pause(self, view: View | None) -> float:
        """Minimum seconds between drawing the last view and drawing this one."""
        if self.in_step or not only_trained(self._view, view):
            return 0.0
        assert view is not None
        assert self._view is not None
        if self.shows_readings and view.evaluation is not self._view.evaluation:
            return 0.0
        cores_busy = self.yields_to_training and view.snapshot.cores_busy
        yielding = THROTTLED_SECONDS if cores_busy else 0.0
        return max(self.live_seconds, self.least_seconds, yielding)

    def _draw_newest(self) -> None:
        self._stale = False
        self._throttle.note_drawing()
        self.draw(self._view)

    def _on_throttle_time_came(self) -> None:
        if self._stale and self.may_be_seen:
            self._draw_newest()

    def paint_at_once(self) -> None:
        """Paint the view that it was told last, though not all of it is ready."""

    def take_job(self, event: JobAdvanced | JobEnded) -> None:
        """Progress or result of a side job, of this panel's or another's."""

    def draw(self, view: View | None) -> None:
        """Update the picture; called only while the panel is visible."""
        raise NotImplementedError

    @property
    def is_ready(self) -> bool:
        """Whether all that it shows is there, and nothing is prepared elsewhere."""
        return True

    def draw_afresh(self) -> None:
        """Draw all of the newest view again, for how it is drawn has changed."""
        self.forget_drawn()
        self._stale = True
        if self.may_be_seen:
            self._draw_newest()

    def forget_drawn(self) -> None:
        """Forget what was drawn, so that `draw` leaves nothing out.

        What the panel shows and where it stands, such as its order, its place and the
        results of its jobs, it keeps.
        """

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        stops, wraps = tab_stops(self), self.isWindow()
        if step_focus(self.window(), stops, forward=forward, wraps=wraps):
            return True
        return super().focusNextPrevChild(forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # Nothing in the panel took it: that was empty ground.
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            give_to_window(self.window())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        show_plainly(self)
        if self._stale and not self._is_held_back:
            self._draw_newest()


def only_trained(old: View | None, new: View | None) -> bool:
    """Whether the two views differ only by training."""
    if old is None or new is None or not new.snapshot.playing:
        return False
    return (
        old.run.run_id == new.run.run_id
        and old.example is new.example
        and old.selection == new.selection
    )
