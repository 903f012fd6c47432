"""All docks and their panels, which are made on demand and wired to the session."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QMainWindow,
    QWidget,
)

from core.experiment.presets import load_preset
from core.protocol.snapshot import Need
from core.values.parameter import Unit
from core.values.words import tr
from gui.panels.base import Panel, only_trained
from gui.session.session import Session
from gui.session.view_state import View
from gui.widgets.focus.focus_return import leave_gone
from gui.widgets.focus.key_policy import settle_controls, share_transport
from gui.widgets.focus.tab_stops import place_of_corner, tab_stops
from gui.widgets.segmented_control import SegmentedControl
from gui.window.dock import PanelDock
from gui.window.dock_tabs import DockTabs
from gui.window.frames import Frames
from gui.window.panel_table import PANELS, PanelsByKey
from gui.window.strip_bar import StripBar
from gui.window.window_settings import WindowSettings

REMEMBERED: Final = "panels"
"""Group of the settings."""
SCALED: Final = "pictureScaled"
"""Property of a panel whose pictures have a size of type of their own."""


class PanelDocks(QObject):
    """Connects what panels ask for, and tells the session what those in sight need.

    Signals:
        save_requested: a SaveRequest of a panel.
        race_run: the user has let a race run: the key of its surface.
        step_requested: a panel wants to show another step of the run.
        data_choice_requested: a panel wants the user to say how the data are read.
        view_shown: a view, or None, that the panels show from now on.

    Attributes:
        panels: existing panels, by key; a missing one is made on access.
        docks: of all panels, by key.
        strips: what panels show above all of them.
    """

    save_requested = Signal(object)
    race_run = Signal(str)
    step_requested = Signal(int)
    data_choice_requested = Signal()
    view_shown = Signal(object)

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        actions: Mapping[str, QAction],
        settings: WindowSettings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._actions = actions
        self._settings = settings
        self._needs: frozenset[Need] = frozenset()
        self._more_needs: frozenset[Need] = frozenset()
        self._workspace = ""
        self._picture_scale = 1.0
        self.panels = PanelsByKey(self._make_panel)
        self._frames = Frames(self.panels.values, self)
        self._frames.view_shown.connect(self._on_view_shown)
        self.docks = {entry.key: PanelDock(entry, window) for entry in PANELS}
        self.strips = StripBar(window)
        self._tabs = DockTabs(window, self.docks)
        for dock in self.docks.values():
            dock.panel_missed.connect(self._on_panel_missed)
            dock.visibilityChanged.connect(self._on_dock_visibility_changed)
            dock.sight_changed.connect(self.strips.show_strip)
            # Queued: while a dock is being hidden, its panel is still visible.
            dock.visibilityChanged.connect(
                self._renew_needs, Qt.ConnectionType.QueuedConnection
            )

    def _make_panel(self, key: str) -> Panel:
        """Make a panel on first access, in its dock, and wire it."""
        dock = self.docks[key]
        entry = next(entry for entry in PANELS if entry.key == key)
        panel = entry.make(dock)
        panel.enter_workspace(self._workspace)
        panel.set_document(self._session.document)
        panel.selection_made.connect(self._session.select)
        panel.example_chosen.connect(self._session.show_example)
        panel.edits_made.connect(self._session.interventions.edit_params)
        panel.freeze_requested.connect(self._session.interventions.set_frozen)
        panel.ablation_requested.connect(self._on_ablation_requested)
        panel.hold_requested.connect(self._session.interventions.hold_activation)
        panel.layers_edited.connect(self._session.document.edit_layers)
        panel.values_edited.connect(self._session.document.edit)
        panel.needs_changed.connect(self._renew_needs)
        panel.preset_requested.connect(self._on_preset_requested)
        panel.step_requested.connect(self.step_requested)
        panel.race_run.connect(self.race_run)
        panel.save_requested.connect(self.save_requested)
        panel.data_choice_requested.connect(self.data_choice_requested)
        panel.job_requested.connect(self._session.send_job)
        self._session.job_advanced.connect(panel.take_job)
        settle_controls(panel)
        share_transport(panel, self._actions)
        panel.set_view(self.view)
        panel.least_seconds = self._frames.least_seconds
        self._frames.follow(panel)
        self._scale_pictures(panel, self._picture_scale)
        dock.set_panel(panel)
        strip = panel.strip_part()
        if strip is not None:
            self.strips.take(key, strip)
            self.strips.show_strip(key, dock.is_in_sight)
        panel.recall(self._is_remembered)
        panel.remembered.connect(self._on_remembered)
        return panel

    @property
    def view(self) -> View | None:
        """The view that everything shows, which may be a frame behind the newest."""
        shown, newest = self._frames.shown, self._session.view
        return shown if only_trained(shown, newest) else newest

    def show_view(self, view: View | None) -> None:
        """Give a view to every panel that was made, as soon as all can show it."""
        self._frames.take(view)

    def _on_view_shown(self, view: View | None) -> None:
        for panel in self.panels.values():
            if panel.view is not view or view is None:
                panel.set_view(view)
        self.view_shown.emit(view)

    def enter_workspace(self, key: str) -> None:
        """Tell all panels which workspace is about to be shown."""
        self._workspace = key
        for panel in self.panels.values():
            panel.enter_workspace(key)

    def set_frame_limit(self, frames: int) -> None:
        """Draw no panel more often than so many times a second; 0 for no limit."""
        self._frames.least_seconds = 1 / frames if frames else 0.0
        for panel in self.panels.values():
            panel.least_seconds = self._frames.least_seconds

    def set_picture_scale(self, scale: float) -> None:
        """Make text, lines and marks in pictures larger than in the rest."""
        self._picture_scale = scale
        self.end_restyling()

    def begin_restyling(self) -> None:
        """No widget has a font of its own while Qt changes those of all widgets.

        Qt 6.11 crashes where it takes a style sheet from a widget that has one.
        """
        for panel in self.panels.values():
            self._scale_pictures(panel, 1.0)

    def end_restyling(self) -> None:
        """Have pictures follow the size of type of the window."""
        for panel in self.panels.values():
            self._scale_pictures(panel, self._picture_scale)

    def _scale_pictures(self, panel: Panel, scale: float) -> None:
        is_plain = scale == 1 and not panel.property(SCALED)
        if panel.on_chrome or is_plain:
            return
        pictures = [w for w in panel.findChildren(QWidget) if _is_picture(w)]
        panel.setProperty(SCALED, scale != 1)
        font = QFont()
        if scale != 1:
            font = QApplication.font()
            font.setPointSizeF(font.pointSizeF() * scale)
        # Not of the panel alone: under a style sheet children do not inherit it.
        for picture in pictures:
            picture.setFont(font)

    def draw_anew(self) -> None:
        """Have every panel draw again, for colours or numbers are written otherwise."""
        for panel in self.panels.values():
            panel.draw_afresh()

    def _is_remembered(self, name: str) -> bool:
        return self._settings.flag(f"{REMEMBERED}/{name}")

    def _on_remembered(self, name: str, is_on: bool) -> None:
        self._settings.set_flag(f"{REMEMBERED}/{name}", value=is_on)

    def tab_stops(self) -> list[QWidget]:
        """Stops of Tab in the panels in sight, as they are read: by row, then column.

        Qt takes a panel behind the tab of another one for a visible one.
        """
        docks = [self.docks[key] for key in self.panels]
        shown = [d for d in docks if d.is_in_sight and not d.isFloating()]
        shown.sort(key=place_of_corner)
        parts = [part for dock in shown for part in (dock.header, dock.widget())]
        return [stop for part in parts for stop in tab_stops(part)]

    def bring_to_front(self, key: str) -> None:
        """Show a panel, whatever is on top of it, and give it the focus."""
        self._tabs.bring_to_front(key)

    def set_more_needs(self, needs: frozenset[Need]) -> None:
        """What is needed besides the panels."""
        self._more_needs = needs
        self._renew_needs()

    def _renew_needs(self) -> None:
        needs = self._more_needs
        for panel in self.panels.values():
            if panel.isVisible():
                needs |= panel.needs()
        if needs != self._needs:
            self._needs = needs
            self._session.set_needs(needs)

    def _on_ablation_requested(self, unit: Unit, ablate: bool) -> None:
        if ablate:
            self._session.interventions.ablate_unit(unit)
        else:
            self._session.interventions.restore_unit(unit)

    def _on_preset_requested(self, name: str) -> None:
        """Begin with it, and stay in the workspace that asked for it."""
        experiment = load_preset(name).experiment
        self._session.document.start_over(experiment, tr("preset {name}", name=name))

    def _on_panel_missed(self, key: str) -> None:
        self.panels[key].show()
        self._renew_needs()

    def _on_dock_visibility_changed(self, visible: bool) -> None:
        if not visible:
            # Qt would give the focus to the next field, where the transport keys
            # are typed as text.
            leave_gone(self._window, self.sender())


def _is_picture(widget: QWidget) -> bool:
    """Whether it paints what it shows, and is no control."""
    if isinstance(widget, QAbstractButton | SegmentedControl | QAbstractSlider):
        return False
    kinds = type(widget).__mro__
    return any("paintEvent" in kind.__dict__ for kind in kinds if _is_own(kind))


def _is_own(kind: type) -> bool:
    return kind.__module__.startswith("gui.")
