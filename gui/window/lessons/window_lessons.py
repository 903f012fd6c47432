"""Lessons in the window: shows scenes, points at controls, and leads by keys."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from core.lessons.errors import LessonError
from core.lessons.folders import make_own_folder
from core.lessons.model import Lesson, Scene
from core.values.errors import FileError
from core.values.words import tr
from gui.session.lessons.lesson_session import LessonSession
from gui.session.lessons.progress import Progress
from gui.widgets.focus.fields import is_text_field
from gui.widgets.focus.key_policy import settle_controls
from gui.widgets.ring import Ring
from gui.window.lessons.controls import BUTTONS, bring_to_sight, control_of, is_in_sight
from gui.window.lessons.lesson_bar import LessonBar
from gui.window.lessons.panels_aside import (
    bring_back,
    bring_choices_back,
    forget_previous_run,
    let_compare_wait,
    own_choices,
    own_drawing,
)
from gui.window.panel_docks import PanelDocks
from gui.window.player.speed import SPEEDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gui.panels.drawing.draw_panel import Drawing
    from gui.panels.lesson.lesson_panel import LessonPanel
    from gui.panels.network_picture.scene.quantity import Quantity
    from gui.window.main_window import MainWindow

ACTION: Final = "lessons"
ANSWER_KEYS: Final = ("1", "2", "3", "4", "5")


class WindowLessons(QObject):
    """Makes the panel when a lesson, or the list, is first asked for.

    Attributes:
        session: the open lesson.
        ring: around what "Show me" means.
    """

    def __init__(self, window: "MainWindow", docks: PanelDocks) -> None:
        super().__init__(window)
        self._window = window
        self._docks = docks
        self._bar: LessonBar | None = None
        self.panel: LessonPanel | None = None
        self.session = LessonSession(window.session, Progress(), self)
        self.ring = Ring(window)
        self._place = ("", 0)
        self._drawing: Drawing | None = None
        self._choices: Mapping[str, Quantity] | None = None
        self._is_coming_back = False
        self._is_kiosk = False
        self._keys: list[QShortcut] = []
        self._make_keys()
        session = self.session
        session.opened.connect(self._on_session_opened)
        session.closed.connect(self._on_session_closed)
        session.scene_set.connect(self._on_session_scene_set)
        session.pointed.connect(self._on_session_pointed)
        session.needs_changed.connect(self._on_session_needs_changed)
        session.step_changed.connect(self._on_session_step_changed)
        docks.race_run.connect(session.take_race)
        window.applied.drawn_anew.connect(self._on_drawn_anew)
        window.files.lesson_opened.connect(self.open_own)
        window.session.run_started.connect(self._on_run_started)
        window.layouts.beside = self._width
        window.layouts.workspace_entered.connect(self._on_workspace_entered)
        window.installEventFilter(self)

    @property
    def is_shown(self) -> bool:
        return self._bar is not None and not self._bar.isHidden()

    def toggle(self) -> None:
        """Show the list of lessons; or close the open one, then the list."""
        if self._is_kiosk:
            self._check_action()
        elif self.session.lesson is not None:
            self.session.close()
        elif self.is_shown:
            self.hide()
        else:
            self._show_bar()
            if self.panel is not None:
                self.panel.take_focus()

    def open(self, lesson: Lesson, place: int = 0, *, kiosk: bool = False) -> None:
        """Open a lesson at a step; in a kiosk, with nothing that it does not need."""
        self._show_bar()
        if kiosk:
            self._set_kiosk()
        self.session.open(lesson, place)

    def open_key(self, key: str) -> None:
        """Open the lesson of a key, or say why it cannot be read."""
        from core.lessons.library import lesson_of

        try:
            lesson = lesson_of(key)
        except LessonError as error:
            self._window.message_bar.show_error(str(error))
        else:
            known = self.session.progress.known(key)
            self.open(lesson, 0 if known is None else known.step)

    def open_own(self, lesson: Lesson) -> None:
        """Open a lesson that the user has chosen by its file."""
        known = self.session.progress.known(lesson.key)
        self.open(lesson, 0 if known is None else known.step)

    def hide(self) -> None:
        """Close the panel."""
        if self._bar is not None:
            self._bar.hide()
        self._check_action()

    def close(self) -> None:
        """Close the open lesson, or the list."""
        if self.session.lesson is None:
            self.hide()
        else:
            self.session.close()

    def _on_drawn_anew(self) -> None:
        if self.panel is not None:
            self.panel.draw_afresh()

    def _show_bar(self) -> None:
        if self._bar is None:
            # Made and imported when it is first shown: few starts need it.
            from gui.panels.lesson.lesson_panel import LessonPanel

            self.panel = LessonPanel(self.session)
            self.panel.close_requested.connect(self.close)
            self.panel.scene_save_requested.connect(self._on_scene_save_requested)
            self.panel.worksheet_requested.connect(self._window.dialogs.open_worksheet)
            self.panel.list.folder_requested.connect(self._on_list_folder_requested)
            self.panel.list.file_requested.connect(self._window.files.ask_for_lesson)
            self._bar = LessonBar(self.panel, self._window)
            settle_controls(self._bar)
            self._window.copier.offer_on(self._bar)
        self._bar.show()
        self._check_action()

    @property
    def own_speed(self) -> int:
        """The place of the speed slider that the user chose, and no lesson."""
        key, speed = self._place
        return speed if key else self._window.speed.position

    @property
    def parts(self) -> list[QWidget]:
        """What Tab walks through besides the panels."""
        return [] if self._bar is None or not self.is_shown else [self._bar]

    def _check_action(self) -> None:
        self._window.actions_by_key[ACTION].setChecked(self.is_shown)

    def _width(self) -> int:
        return self._bar.width() if self._bar is not None and self.is_shown else 0

    def _set_kiosk(self) -> None:
        self._is_kiosk = True
        window = self._window
        window.header.hide()
        window.menu_bar.hide()
        assert self.panel is not None
        self.panel.set_kiosk(on=True)

    # --- keys -------------------------------------------------------------------

    def _make_keys(self) -> None:
        session = self.session
        self._add_key("PgDown", self._on_page_down_key)
        self._add_key("PgUp", session.go_back)
        self._add_key("Return", self._on_return_key)
        self._add_key("Enter", self._on_return_key)
        for number, key in enumerate(ANSWER_KEYS, start=1):
            self._add_key(key, partial(self._on_answer_key, number))

    def _add_key(self, key: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self._window)
        shortcut.setAutoRepeat(False)
        shortcut.setEnabled(False)
        shortcut.activated.connect(slot)
        self._keys.append(shortcut)

    def _on_page_down_key(self) -> None:
        if self.panel is not None:
            self.panel.go_on()

    def _on_return_key(self) -> None:
        field = QApplication.focusWidget()
        if field is not None and is_text_field(field):
            # What is being typed there goes before the lesson.
            none = Qt.KeyboardModifier.NoModifier
            kind = QEvent.Type.KeyPress
            # Else it would come back here: a key that is sent is a shortcut, too.
            self._enable_keys(on=False)
            QApplication.sendEvent(field, QKeyEvent(kind, Qt.Key.Key_Return, none))
            self._enable_keys(on=self.session.lesson is not None)
        elif self.panel is not None:
            self.panel.tell()

    def _on_answer_key(self, number: int) -> None:
        if self.panel is not None:
            self.panel.choose(number)

    def _enable_keys(self, *, on: bool) -> None:
        for shortcut in self._keys:
            shortcut.setEnabled(on)

    # --- what the lesson asks for -----------------------------------------------

    def _on_session_opened(self) -> None:
        window = self._window
        if not self._place[0]:
            self._place = (window.layouts.current, window.speed.position)
            self._drawing = own_drawing(window)
            self._choices = own_choices(window)
        self._enable_keys(on=True)

    def _on_session_closed(self) -> None:
        self._enable_keys(on=False)
        self._window.player.keep_in_sight(())
        key, speed = self._place
        self._place = ("", 0)
        self._is_coming_back = True
        bring_choices_back(self._window, self._choices)
        self._window.layouts.end_scenes(key)
        bring_back(self._window, self._drawing)
        let_compare_wait(self._window, on=False)
        self._drawing = None
        self._window.speed.set_position(speed)
        self._window.session.set_speed(self._window.speed.speed)

    def _on_run_started(self) -> None:
        if self._is_coming_back:
            self._is_coming_back = False
            forget_previous_run(self._window)

    def _on_session_scene_set(self, scene: Scene) -> None:
        if "compare" in scene.panels:
            let_compare_wait(self._window, on=True)
        self._window.layouts.show_scene(scene.workspace, scene.panels)
        self.apply(scene)
        # Until now the panels have shown what was there before.
        self._docks.show_view(self._window.session.view)

    def apply(self, scene: Scene) -> None:
        """Show what a scene says beside its workspace and panels."""
        window = self._window
        window.speed.set_position(position_of(scene.speed))
        window.session.set_speed(window.speed.speed)
        from gui.window.lessons.scene_panels import apply_to_panels

        apply_to_panels(window, scene)

    def _on_session_pointed(self, names: tuple[str, ...]) -> None:
        for name in names:
            control = control_of(self._window, name)
            if control is None or not is_in_sight(control):
                # A lecture, or a small window, has it behind a tab, or scrolled away.
                control = bring_to_sight(self._window, name)
                # Once what was opened has its lengths it is scrolled to.
                bring = partial(bring_to_sight, self._window, name)
                QTimer.singleShot(0, self, bring)
            if control is not None:
                self.ring.point_at(control)
                return
        self.ring.point_at(None)

    def _on_session_step_changed(self) -> None:
        names = self.session.step.all_controls
        self._window.player.keep_in_sight([BUTTONS.get(n, n) for n in names])

    def _on_session_needs_changed(self) -> None:
        self._docks.set_more_needs(self.session.needs)

    def _on_workspace_entered(self) -> None:
        # A saved layout knows nothing of the bar.
        if self._bar is not None:
            area = Qt.ToolBarArea.RightToolBarArea
            if self._window.toolBarArea(self._bar) != area:
                self._window.addToolBar(area, self._bar)
            checked = self._window.actions_by_key[ACTION].isChecked()
            self._bar.setVisible(checked)

    def _on_scene_save_requested(self) -> None:
        from gui.window.lessons.scene_request import scene_request

        request = scene_request(self._window)
        if request is None:
            self._window.message_bar.show_notice(
                tr("There is nothing to save yet. Wait until the data are loaded.")
            )
        else:
            self._window.saver.ask_and_save(request)

    def _on_list_folder_requested(self) -> None:
        try:
            folder = make_own_folder()
        except FileError as error:
            self._window.message_bar.show_error(str(error))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._window.message_bar.show_notice(
                tr(
                    "Nothing here can show a folder. Your own lessons are in {folder}.",
                    folder=folder,
                )
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self._bar is not None:
            self._bar.fit()
        return False


def position_of(speed: float | None) -> int:
    """The place of the speed slider that comes nearest."""
    if speed is None:
        return len(SPEEDS) - 1
    known = [found for found in SPEEDS if found is not None]
    return min(range(len(known)), key=lambda k: abs(known[k] - speed))
