"""The main window: header, docks, player, and the wiring between them."""

import logging
import random
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QMenuBar,
    QVBoxLayout,
    QWidget,
)

from core.data.mnist_files import image_set
from core.experiment.rules import MAX_SEED
from core.protocol.messages import Failed
from core.values.words import tr
from gui.runtime.garbage import GarbageCollection
from gui.session.preferences.model import Preferences
from gui.session.session import Session
from gui.session.view_state import Run, View
from gui.style.mark import window_icon
from gui.widgets.accessible.factory import describe_pictures
from gui.widgets.focus.focus_return import focus_kept, settle
from gui.widgets.focus.key_policy import settle_controls, watch_keys
from gui.widgets.focus.tab_stops import step_focus
from gui.widgets.plain_text import show_plainly
from gui.window.actions import (
    FILE,
    TRAIN,
    VIEW,
    WORKSPACE,
    build_actions,
    set_enabled,
    set_icons,
    set_keys,
    set_play_icon,
)
from gui.window.announcer import Announcer
from gui.window.applied_settings import AppliedSettings, begin_look, sizes_of
from gui.window.branch_menu import BranchMenu
from gui.window.copying import Copier
from gui.window.dialogs import WindowDialogs
from gui.window.dock import PanelDock
from gui.window.empty_workspace import EmptyWorkspace
from gui.window.file_actions import OPEN_OFFER, FileActions
from gui.window.file_saver import SAVE_AGAIN, SAVE_AGAIN_TEXT, FileSaver
from gui.window.film.films import Films
from gui.window.first_size import first_size
from gui.window.first_start.welcome import Welcome
from gui.window.header import Header
from gui.window.layout_now import bear_any_size, lay_out_now
from gui.window.lessons.window_lessons import WindowLessons
from gui.window.menus import fill_menu_bar, panels_menu, scheme_menu
from gui.window.messages.place_messages import PlaceMessages
from gui.window.openings import Openings
from gui.window.palette.contents import Contents
from gui.window.palette.palette import CommandPalette
from gui.window.panel_docks import PanelDocks
from gui.window.panel_help.panel_help import PanelHelp
from gui.window.pasted_scene import PastedScene
from gui.window.pictures.taker import PictureTaker
from gui.window.player.player import PlayerBar
from gui.window.player.speed import DEFAULT_SPEED
from gui.window.presets import PresetLeads, PresetMenu
from gui.window.recent_menu import RecentMenu
from gui.window.save_menu import SaveMenu
from gui.window.step_travel import StepTravel
from gui.window.tab_walk import walk_of
from gui.window.table_actions import TableActions
from gui.window.window_settings import WindowSettings
from gui.window.workspace_layouts import WorkspaceLayouts
from gui.window.workspace_tabs import WorkspaceTabs
from gui.window.workspaces import WORKSPACES

logger = logging.getLogger(__name__)


SAME_WEIGHTS: Final = tr(
    "This experiment gives its initial weights, so they are the same again. The new "
    "seed draws only the rest, such as the order of the batches."
)


class MainWindow(QMainWindow):
    """Builds the window and connects its parts; everything else is elsewhere."""

    _closes_when_saved = False

    def __init__(
        self, session: Session, settings: WindowSettings, app: QApplication
    ) -> None:
        # Before the first widget: an existing one is styled anew later.
        self.preferences, self.look = begin_look(settings, app)
        super().__init__()
        self.garbage = GarbageCollection(self)
        self.session = session
        self.settings = settings
        problems = (settings.problem, self.preferences.problem)
        self._remark = " ".join(filter(None, problems))
        self.dialogs = WindowDialogs(self)
        self._begin_as_window()
        watch_keys()
        describe_pictures()
        self._announcer = Announcer(self)
        self.files = FileActions(settings, session, self)
        self.saver = FileSaver(settings, self, session.document.data_in_use)
        self.saves, self.tables = SaveMenu(self), TableActions(self)
        self.pictures, self.films = PictureTaker(self), Films(self)
        self.copier, self.pasted_scene = Copier(self), PastedScene(self)
        self.actions_by_key = build_actions(self, self._slots(), self._now)
        self._panel_docks = PanelDocks(self, session, self.actions_by_key, settings)
        self.panels, self.docks = self._panel_docks.panels, self._panel_docks.docks
        self.applied = AppliedSettings(
            self, self.look, self._panel_docks, session, self._change_sizes
        )
        self.setCentralWidget(EmptyWorkspace(self.docks.values(), self))
        self.player_bar = PlayerBar(self, self.actions_by_key)
        self.message_bar = self.player_bar.messages
        self.player = self.player_bar.player
        self.speed = self.player.speed
        self.tabs = WorkspaceTabs(self)
        self.layouts = WorkspaceLayouts(self, self.tabs, self.docks, settings)
        self.layouts.workspace_entered.connect(self._panel_docks.enter_workspace)
        self._build_menus()
        self._place_player()
        self.tabs.currentChanged.connect(self._place_player)
        settle_controls(self)
        self._build_palette()
        self._connect_session()
        self._connect_files()
        self.panel_help, self.leads = PanelHelp(self), PresetLeads(self)
        self.lessons = WindowLessons(self, self._panel_docks)
        self.welcome = Welcome(self, self.player_bar.hints)
        self._restore()

    def _begin_as_window(self) -> None:
        self.setWindowTitle("Glassbox")
        self.setWindowIcon(window_icon())
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)

    def show_workspace(self, key: str) -> None:
        """Change to a workspace by its key; its arrangement is as it was left."""
        self.layouts.change_to(key)

    def _slots(self) -> dict[str, Callable[[], object]]:
        return {
            "open": self.files.ask_and_open,
            "open_folder": self.files.ask_for_folder,
            "save_experiment": self.saves.save_experiment,
            "save_run": self.saves.save_run,
            "export_weights": self.saves.export_weights,
            "save_picture": self.pictures.ask_of_focused,
            "save_film": self.films.ask,
            "save_table": self.tables.save_focused,
            "worksheet": self.dialogs.open_worksheet,
            "quit": self.close,
            "copy": self.copier.copy_focused,
            "copy_picture": self.copier.copy_picture,
            "copy_text": self.pasted_scene.copy,
            "paste": self._on_paste,
            "find": self._on_find,
            "settings": self.dialogs.open_settings,
            "undo": self.session.document.undo_stack.undo,
            "redo": self.session.document.undo_stack.redo,
            "toggle_playing": self.session.toggle_playing,
            "step_batch": self.session.step_batch,
            "step_epoch": self.session.step_epoch,
            "step_back": self.session.step_back,
            "step_forward": self.session.step_forward,
            "go_to_end": self.session.go_to_end,
            "go_to_branch": self.session.go_to_newest_branch,
            "reset": self.session.reset,
            "new_seed": self._on_new_seed,
            "slower": self.speed_slower,
            "faster": self.speed_faster,
            "lecture_mode": self._on_lecture_mode,
            "player_on_top": self._on_player_on_top,
            "menu_bar": self._on_menu_bar,
            "lessons": self._on_lessons,
            "panel_help": self._on_panel_help,
            "glossary": self.dialogs.open_glossary,
            "welcome": self._on_welcome,
            "open_menu": self._on_open_menu,
            "full_screen": self._on_full_screen,
            "restore_layout": self._on_restore_layout,
            **{
                f"{WORKSPACE}{workspace.key}": partial(
                    self.show_workspace, workspace.key
                )
                for workspace in WORKSPACES
            },
            "shortcuts": self.dialogs.open_shortcuts,
            "messages": self.dialogs.open_messages,
            "about": self.dialogs.open_about,
        }

    def _build_menus(self) -> None:
        """The menus, in a bar that may be hidden and behind the mark of the header."""
        # Not by menuBar(), which would put a new bar in the header's place.
        self.menu_bar = QMenuBar()
        menus = fill_menu_bar(self.menu_bar, self.actions_by_key)
        self._recent = RecentMenu(self)
        self._recent.file_chosen.connect(self.files.open)
        menus[FILE].insertMenu(self.actions_by_key["save_experiment"], self._recent)
        choose = self.session.document.choose_preset
        presets = PresetMenu(self, choose, self.message_bar.show_error)
        menus[FILE].insertMenu(self.actions_by_key["save_experiment"], presets)
        self.branches = BranchMenu(self)
        self.branches.branch_chosen.connect(self.session.go_to_branch)
        menus[TRAIN].insertMenu(self.actions_by_key["reset"], self.branches)
        self.player.timeline.offer_branches(self.branches)
        schemes, self._scheme_group = scheme_menu(self)
        self._scheme_group.triggered.connect(self._on_scheme_chosen)
        self.preferences.changed.connect(self._on_preferences_changed)
        self.preferences.failed.connect(self.message_bar.show_error)
        self.look.restyling.connect(self._panel_docks.begin_restyling)
        self.look.restyled.connect(self._panel_docks.end_restyling)
        menus[VIEW].insertMenu(self.actions_by_key["lecture_mode"], schemes)
        first = self.actions_by_key[f"{WORKSPACE}{WORKSPACES[0].key}"]
        menus[VIEW].insertMenu(first, panels_menu(self, self.docks.values()))
        everything = QMenu(self)
        for menu in menus.values():
            everything.addMenu(menu)
        top = QWidget(self)
        self.header = Header(everything, self.tabs, self.actions_by_key, top)
        layout = QVBoxLayout(top)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.menu_bar)
        layout.addWidget(self.header)
        layout.addWidget(self._panel_docks.strips)
        self.setMenuWidget(top)

    def _build_palette(self) -> None:
        contents = Contents(self, self._panel_docks.bring_to_front)
        self.command_palette = CommandPalette(self, contents)
        self._show_keys()

    def _place_player(self) -> None:
        """At the bottom, or on top where the user wants it, in every workspace."""
        on_top = self.actions_by_key["player_on_top"].isChecked()
        areas = Qt.ToolBarArea
        area = areas.TopToolBarArea if on_top else areas.BottomToolBarArea
        if self.toolBarArea(self.player_bar) != area:
            self.addToolBar(area, self.player_bar)
        self.player_bar.show()

    def _connect_session(self) -> None:
        session, jobs = self.session, self.player_bar.jobs
        session.view_changed.connect(self._on_view_changed)
        self._panel_docks.view_shown.connect(self._on_view_shown)
        self.applied.drawn_anew.connect(lambda: self._on_view_changed(session.view))
        session.place_asked.connect(self._show_ways)
        session.view_changed.connect(self._announcer.see_view)
        session.run_started.connect(self._on_run_started)
        session.playing_changed.connect(self._on_playing_changed)
        session.progress_changed.connect(jobs.show_progress)
        jobs.follow(session.waiting)
        session.noticed.connect(self._on_noticed)
        self.places_told = PlaceMessages(self.message_bar, session, self)
        session.failed.connect(self._on_failed)
        session.document.changed.connect(self._on_document_changed)
        session.document.undo_stack.undo_changed.connect(self._on_undo_changed)
        self._on_undo_changed("", "")
        jobs.cancel_requested.connect(self._on_cancel_requested)
        jobs.wait_cancelled.connect(self.saver.cancel)
        self.copier.offer_on(self.player_bar)
        self.files.busy_changed.connect(jobs.show_reading)
        self.speed.speed_chosen.connect(session.set_speed)
        self.player.timeline.step_requested.connect(session.go_to_step)
        self.message_bar.offer_taken.connect(self._on_offer_taken)
        self.message_bar.list_requested.connect(self.dialogs.open_messages)

    def _connect_files(self) -> None:
        files = self.files
        self.openings = Openings(files, self.session, self.message_bar, self)
        self.openings.intakes.line_pasted.connect(self.pasted_scene.paste)
        files.recent_changed.connect(self._fill_recent)
        saver = self.saver
        self._panel_docks.save_requested.connect(saver.ask_and_save)
        self.travel = StepTravel(self, self._panel_docks)
        self._panel_docks.data_choice_requested.connect(
            self.openings.intakes.open_in_force
        )
        saver.begun.connect(self._on_saving_begun)
        saver.saved.connect(self.message_bar.show_success)
        saver.failed.connect(self._on_save_failed)
        saver.cancelled.connect(self.message_bar.show_notice)
        saver.openable_saved.connect(files.remember)
        saver.idled.connect(self._on_saver_idled)
        self.saves.runs.refused.connect(self._on_run_refused)
        self.saves.runs.idled.connect(self._on_saver_idled)
        for dock in self.docks.values():
            dock.picture_requested.connect(self.pictures.ask)
            dock.fill_requested.connect(self.layouts.fill)
            dock.menu_opening.connect(self._on_dock_menu_opening)

    def _restore(self) -> None:
        settings = self.settings
        self._show_scheme()
        self.speed.set_position(settings.number("speed", DEFAULT_SPEED))
        self.session.set_speed(self.speed.speed)
        lecture = settings.flag("lecture_mode")
        self.applied.begin(self._now, lecture=lecture)
        self.actions_by_key["lecture_mode"].setChecked(lecture)
        self.layouts.sizes = sizes_of(self._now)
        self.layouts.set_lecture_mode(on=lecture)
        # Whoever knows the window with its menus keeps them.
        has_bar = settings.flag("menu_bar", default=settings.knows_a_window)
        self.actions_by_key["menu_bar"].setChecked(has_bar)
        self.menu_bar.setVisible(has_bar or self.menu_bar.isNativeMenuBar())
        on_top = settings.flag("player_on_top")
        self.actions_by_key["player_on_top"].setChecked(on_top)
        self._place_player()
        bear_any_size(self)
        self.resize(first_size(self.screen()))
        geometry = settings.blob("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        self._fill_recent()
        if settings.problem:
            logger.warning("%s", settings.problem)

    def speed_slower(self) -> None:
        self.speed.set_position(self.speed.position - 1)

    def speed_faster(self) -> None:
        self.speed.set_position(self.speed.position + 1)

    def _on_document_changed(self) -> None:
        file = self.session.document.situation.file
        # Not the whole path: the name must be readable where titles are cut.
        self.setWindowTitle(f"{file} - Glassbox" if file else "Glassbox")

    def _on_undo_changed(self, undo: str, redo: str) -> None:
        words = (("undo", tr("&Undo"), undo), ("redo", tr("&Redo"), redo))
        for key, word, what in words:
            action = self.actions_by_key[key]
            set_enabled(self.actions_by_key, key, on=bool(what))
            action.setText(f"{word} {what}" if what else word)

    def _on_new_seed(self) -> None:
        if self.session.experiment.network.initial_weights is not None:
            self._remark = SAME_WEIGHTS
        self.session.use_seed(random.randint(0, MAX_SEED))

    def _on_lecture_mode(self) -> None:
        on = self.actions_by_key["lecture_mode"].isChecked()
        with focus_kept(self):
            self._clear_for(partial(self.applied.set_lecture_mode, self._now, on=on))
            self.layouts.set_lecture_mode(on=on)
        self.settings.set_flag("lecture_mode", value=on)

    @property
    def _now(self) -> Preferences:
        return self.preferences.now

    def _change_sizes(self, change: Callable[[], None]) -> None:
        """Change what panels need, and lay the workspace out again."""
        with focus_kept(self):
            self._clear_for(change)
            self.layouts.sizes = sizes_of(self._now)
            self.layouts.show_again()

    def _clear_for(self, change: Callable[[], None]) -> None:
        # The panels go first: large ones would widen the window, and Qt would delete a
        # bar of tabs while it goes through all widgets with the new style.
        self.layouts.clear()
        lay_out_now()
        change()
        # Where panels are to be depends on what they need after the change.
        lay_out_now()

    def _on_player_on_top(self) -> None:
        on = self.actions_by_key["player_on_top"].isChecked()
        self.settings.set_flag("player_on_top", value=on)
        self._place_player()

    def _on_menu_bar(self) -> None:
        on = self.actions_by_key["menu_bar"].isChecked()
        self.settings.set_flag("menu_bar", value=on)
        self.menu_bar.setVisible(on or self.menu_bar.isNativeMenuBar())

    def _on_lessons(self) -> None:
        self.lessons.toggle()

    def _on_welcome(self) -> None:
        self.welcome.open()

    def _on_open_menu(self) -> None:
        self.header.open_menu()

    def _on_full_screen(self) -> None:
        if self.actions_by_key["full_screen"].isChecked():
            self.showFullScreen()
        else:
            self.showNormal()

    def _on_scheme_chosen(self, action: QAction) -> None:
        self.preferences.set_value("theme", action.data())

    def _show_scheme(self) -> None:
        for action in self._scheme_group.actions():
            action.setChecked(action.data() == self._now.theme)

    def _on_preferences_changed(self, before: Preferences, now: Preferences) -> None:
        self._show_scheme()
        self.applied.apply(before, now)
        if now.shortcuts != before.shortcuts:
            self._show_keys()
        self._on_view_shown(self._panel_docks.view)

    def _show_keys(self) -> None:
        set_keys(self.actions_by_key, self._now)
        self.tabs.show_keys(self.actions_by_key)
        self.header.show_keys(self.actions_by_key)
        self.speed.show_keys(self.actions_by_key)
        self.command_palette.card.keys = self.actions_by_key["find"].shortcut()

    def _on_restore_layout(self) -> None:
        self.layouts.arrange_anew()

    def _on_panel_help(self) -> None:
        self.panel_help.open_focused()

    def _on_dock_menu_opening(self, menu: QMenu, place: QPoint) -> None:
        dock = self.sender()
        if isinstance(dock, PanelDock) and dock.widget() is not None:
            menu.addActions(self.copier.actions_at(dock.widget(), place, menu))
            menu.addSeparator()
            menu.addActions(self.tables.actions_of(dock.widget(), menu))

    def _on_paste(self) -> None:
        self.openings.intakes.paste(QApplication.clipboard().mimeData())

    def _on_find(self) -> None:
        self.command_palette.toggle()

    def _on_view_changed(self, view: View | None) -> None:
        # While a scene is set, the panels of the step before are not for its data.
        is_setting = self.lessons.session.is_setting
        show = self._on_view_shown if is_setting else self._panel_docks.show_view
        show(view)
        self._show_ways()
        branches = () if view is None else view.snapshot.branches
        self.branches.show_branches(branches)
        set_enabled(self.actions_by_key, "go_to_branch", on=bool(branches))

    def _on_view_shown(self, view: View | None) -> None:
        self.player.set_view(view, self.session.seek_target)

    def _show_ways(self) -> None:
        """Before they are shown, too: keys may come fast."""
        is_back, is_ahead = self.session.ways
        set_enabled(self.actions_by_key, "step_back", on=is_back)
        for key in ("step_forward", "go_to_end"):
            set_enabled(self.actions_by_key, key, on=is_ahead)

    def _on_run_started(self, run: Run) -> None:
        self.message_bar.begin_run()
        if self._remark:
            self.message_bar.show_notice(self._remark)
            self._remark = ""
            self.openings.forget()
        self.openings.begin_run(run)

    def _on_playing_changed(self, playing: bool) -> None:
        action = self.actions_by_key["toggle_playing"]
        action.setText(tr("&Pause") if playing else tr("&Play"))
        set_play_icon(action, self, playing=playing)

    def _on_noticed(self, text: str, missing_data: str) -> None:
        offer = ""
        if missing_data:
            offer = tr("Download {image_set}", image_set=image_set(missing_data).title)
        self.message_bar.show_notice(text, offer=missing_data, offer_text=offer)

    def _on_failed(self, failure: Failed) -> None:
        self.openings.forget()
        if failure.missing_data:
            self._on_noticed(failure.reason, failure.missing_data)
        elif failure.ends_with_start:
            self.places_told.tell_of_failure(failure)
        else:
            self.message_bar.show_error(failure.reason, details=failure.details)

    def _on_cancel_requested(self) -> None:
        is_reading = self.files.is_busy
        cancel = self.files.cancel if is_reading else self.session.cancel_loading
        cancel()

    def _on_offer_taken(self, key: str) -> None:
        if key == SAVE_AGAIN:
            self.saver.ask_again()
        elif key.startswith(OPEN_OFFER):
            self.files.open(Path(key.removeprefix(OPEN_OFFER)))
        elif not self.openings.take_offer(key):
            self.session.document.download(key)

    def _on_saving_begun(self, path: Path) -> None:
        self.message_bar.show_news(tr("Saving {path}…", path=path.name))
        self.session.waiting.begin("saving", tr("Saving {path}", path=path.name))

    def _on_save_failed(self, text: str) -> None:
        self._closes_when_saved = False
        self.message_bar.show_error(text, offer=SAVE_AGAIN, offer_text=SAVE_AGAIN_TEXT)
        if not self.isVisible():
            logger.error("%s", text)

    def _on_run_refused(self, text: str) -> None:
        self._closes_when_saved = False
        self.message_bar.show_error(text)

    def _on_saver_idled(self) -> None:
        self.session.waiting.end("saving")
        if self._closes_when_saved:
            self.close()

    def _fill_recent(self) -> None:
        self._recent.show_files(self.settings.recent_files())

    def showEvent(self, event: QEvent) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        show_plainly(self)
        if not event.spontaneous():
            self.layouts.begin()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        walk = walk_of(self, self._panel_docks)
        return step_focus(
            self, walk.stops, forward=forward, wraps=True, begin=walk.begin
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            settle(self)
        if event.type() == QEvent.Type.WindowStateChange:
            full = self.isFullScreen()
            self.actions_by_key["full_screen"].setChecked(full)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and hasattr(self, "tabs"):
            set_icons(self.actions_by_key, self)
            self._on_playing_changed(self.session.playing)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.openings.intakes.paste(event.mimeData())

    def _waits_for_files(self) -> bool:
        """Whether to close later; whoever closes again does not want to wait."""
        unwritten = [*self.saver.unwritten, *self.saves.runs.unwritten]
        if not (self.saver.is_busy or unwritten):
            return False
        names = ", ".join(path.name for path in unwritten)
        if self._closes_when_saved:
            logger.error("closed before this was saved: %s", names)
            return False
        self._closes_when_saved = True
        self.message_bar.show_notice(
            tr(
                "Saving {names}: Glassbox closes when that is done. Close it again to "
                "leave without.",
                names=names,
            )
        )
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._waits_for_files():
            event.ignore()
            return
        self.films.give_up()
        self.layouts.keep()
        self.settings.set_blob("geometry", self.saveGeometry())
        self.settings.set_text("speed", str(self.lessons.own_speed))
        has_bar = self.actions_by_key["menu_bar"].isChecked()
        self.settings.set_flag("menu_bar", value=has_bar)
        super().closeEvent(event)
