"""Changing between workspaces, each of which keeps its layout."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRect, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow

from gui.panels.base import Panel
from gui.style.fonts import scale_of
from gui.widgets.focus.focus_return import focus_kept, give_to_window
from gui.window.dock import PanelDock
from gui.window.dock_lengths import Lengths
from gui.window.room_keeper import RoomKeeper
from gui.window.staggered_reveal import StaggeredReveal
from gui.window.window_settings import WindowSettings
from gui.window.workspace_forms import (
    lecture_form,
    lesson_form,
    scarce,
    small_form,
)
from gui.window.workspace_tabs import WorkspaceTabs
from gui.window.workspaces import (
    WORKSPACES,
    Workspace,
    arrange,
    fit,
    restore,
)

OWN: Final = "own"
"""In place of the user's lengths, where they are the workspace's own."""


class WorkspaceLayouts(QObject):
    """Arranges the docks of the window for the current workspace.

    Attributes:
        sizes: of text and pictures; each has layouts of its own, so that the old ones
            are there again after a change and back.
        beside: the width that something beside the panels takes.

    Signals:
        workspace_entered: its key, before it is shown.
    """

    workspace_entered = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        tabs: WorkspaceTabs,
        docks: Mapping[str, PanelDock],
        settings: WindowSettings,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._tabs = tabs
        self._docks = docks
        self._settings = settings
        self._first_looks = StaggeredReveal(self)
        self._filled: PanelDock | None = None
        self._scene: tuple[str, Sequence[str]] | None = None
        self.beside: Callable[[], int] = lambda: 0
        self._before_fill: QByteArray | None = None
        self._leave = QShortcut(QKeySequence("Esc"), window)
        self._leave.setEnabled(False)
        self._leave.activated.connect(self.leave_fill)
        self._workspace = WORKSPACES[0]
        self.sizes = ""
        self._is_lecture = False
        self._is_cleared = False
        self._floating: dict[str, QRect | None] = {}
        self._began_floating: frozenset[str] = frozenset()
        self._shown_key = ""
        self._keeper = RoomKeeper(window, docks, self._on_new_room)
        tabs.currentChanged.connect(self._on_tabs_current_changed)

    def begin(self) -> None:
        """Show the workspace that was open when the program ended."""
        keys = [workspace.key for workspace in WORKSPACES]
        requested = self._settings.text("workspace", keys[0])
        index = keys.index(requested) if requested in keys else 0
        self._workspace = WORKSPACES[index]
        self._tabs.blockSignals(True)
        self._tabs.setCurrentIndex(index)
        self._tabs.blockSignals(False)
        self._show()

    def change_to(self, key: str) -> None:
        """Change to a workspace by its key."""
        keys = [workspace.key for workspace in WORKSPACES]
        self._tabs.setCurrentIndex(keys.index(key))

    def arrange_anew(self) -> None:
        """Reset the current workspace to its original layout."""
        self._forget_fill()
        self._keeper.holds = True
        arrange(self._window, self._docks, self._form, beside=self.beside())
        self._keeper.begin(None)

    @property
    def _form(self) -> Workspace:
        """The current workspace as it is for a lesson, a lecture, a small window."""
        workspace = self._workspace
        named: Sequence[str] = ()
        if self._scene is not None:
            key, panels = self._scene
            named = panels if key == workspace.key else ()
            workspace = lesson_form(workspace, named)
        elif self._is_beside:
            workspace = lesson_form(workspace, ())
        if self._is_lecture:
            workspace = lecture_form(workspace, named)
        return small_form(workspace, self._lacks)

    @property
    def _is_beside(self) -> bool:
        """Whether something stands beside the panels, in the place of some."""
        return self.beside() > 0

    @property
    def _lacks(self) -> frozenset[str]:
        size = self._window.width() - self.beside(), self._window.height()
        return scarce(size, scale_of(self._window.font()), lecture=self._is_lecture)

    def show_scene(self, key: str, panels: Sequence[str]) -> None:
        """Show a workspace with these panels alone, and save nothing of that."""
        self.keep()
        self._note_floating()
        self._scene = (key, panels)
        if key == self._workspace.key:
            self._forget_fill()
            self._show()
        else:
            self.change_to(key)

    def end_scenes(self, key: str) -> None:
        """Show a workspace as the user had left it."""
        if self._scene is None:
            return
        self._note_floating()
        if key != self._workspace.key:
            self.change_to(key)
            self._note_floating()
        self._forget_fill()
        self._scene = None
        self._show()

    @property
    def current(self) -> str:
        """The key of the workspace that is shown."""
        return self._workspace.key

    @property
    def are_all_drawn(self) -> bool:
        """Whether every panel that was opened has been drawn once."""
        return self._first_looks.is_over

    def set_lecture_mode(self, *, on: bool) -> None:
        """Let what is not looked at give way, or give the old layout back."""
        if on == self._is_lecture:
            return
        self.clear()
        self._is_lecture = on
        if self._window.isVisible():
            self._show()

    def show_again(self) -> None:
        """Show the layout that `clear` has taken away."""
        if self._window.isVisible():
            self._show()

    def clear(self) -> None:
        """Save the layout and show none until the next one is asked for."""
        if self._is_cleared:
            return
        self.keep()
        self._note_floating()
        self._forget_fill()
        self._is_cleared = True
        self._keeper.holds = True
        for dock in self._docks.values():
            dock.hide()

    @property
    def _layout_key(self) -> str:
        lecture = "_lecture" if self._is_lecture else ""
        beside = "_beside" if self._is_beside else ""
        # Each is another arrangement, which has lengths of its own.
        lacks = "".join(f"_{word}" for word in sorted(self._lacks))
        return f"{self._workspace.key}{lecture}{beside}{lacks}{self.sizes}"

    def keep(self) -> None:
        """Save the layout of the current workspace."""
        if self._window.isVisible() and self._scene is None and self._shown_key:
            self._keeper.look()
            state = self._before_fill or self._window.saveState()
            lengths = self._keeper.lengths
            self._settings.set_layout(self._shown_key, state)
            written = OWN if lengths is None else lengths.written()
            self._settings.set_text(f"lengths/{self._shown_key}", written)

    def fill(self, key: str) -> None:
        """Fill the window with one panel; the same again brings all others back."""
        dock = self._docks[key]
        if self._filled is not None:
            self.leave_fill()
            return
        self._keeper.look()
        self._keeper.holds = True
        self._before_fill = self._window.saveState()
        self._filled = dock
        self._leave.setEnabled(True)
        dock.header.show_filled(on=True)
        for other in self._docks.values():
            if other is not dock and not other.isFloating():
                other.hide()

    def leave_fill(self) -> None:
        """Show the panels that gave way."""
        state = self._before_fill
        self._forget_fill()
        if state is not None:
            with focus_kept(self._window):
                restore(self._window, self._docks, state)
                self._keeper.begin(self._keeper.lengths)
                self._on_new_room()
                self._keeper.settle()

    def _forget_fill(self) -> None:
        if self._filled is not None:
            self._filled.header.show_filled(on=False)
        self._filled = self._before_fill = None
        self._leave.setEnabled(False)

    def _show(self) -> None:
        self._is_cleared = False
        self.workspace_entered.emit(self._workspace.key)
        self._lay_out()
        if self._scene is None:
            self._settings.set_text("workspace", self._workspace.key)
        if not self._tabs.hasFocus():
            give_to_window(self._window)

    def _lay_out(self) -> None:
        """As the user has left it, or as it is at first."""
        self._keeper.holds = True
        self._shown_key = self._layout_key
        state = self._settings.layout(self._shown_key)
        if self._scene is not None or state is None:
            self.arrange_anew()
        elif restore(self._window, self._docks, state):
            self._begin_restored()
        else:
            self.arrange_anew()
        self._float_again()

    def _note_floating(self) -> None:
        """Where each dock in sight floats, None for one put back into the window.

        The same panels in another form: who put one on another screen keeps it there.
        """
        for key, dock in self._docks.items():
            if dock.isVisible() and dock.isFloating():
                self._floating[key] = dock.geometry()
            elif dock.isVisible() and key in self._began_floating:
                self._floating[key] = None

    def _float_again(self) -> None:
        for key, box in self._floating.items():
            dock = self._docks[key]
            if box is not None:
                dock.setFloating(True)
                dock.setGeometry(box)
                dock.show()
            elif dock.isVisible():
                dock.setFloating(False)
        self._floating = {}
        self._began_floating = frozenset(
            key for key, dock in self._docks.items() if dock.isFloating()
        )

    def _begin_restored(self) -> None:
        kept = self._settings.text(f"lengths/{self._shown_key}")
        self._keeper.begin(Lengths.read(kept))
        if self._keeper.lengths is None and kept != OWN:
            self._keeper.note()
        self._give_lengths()
        self._keeper.settle()

    def _give_lengths(self) -> None:
        lengths = self._keeper.lengths
        if lengths is None:
            fit(self._window, self._docks, self._form, beside=self.beside())
        else:
            lengths.give(self._window, self._docks)

    def _on_new_room(self) -> None:
        if self._layout_key != self._shown_key:
            self.keep()
            self._note_floating()
            self._lay_out()
        else:
            self._give_lengths()

    def _on_tabs_current_changed(self, index: int) -> None:
        self.keep()
        self._forget_fill()
        if self._scene is None:
            self._floating = {}
        self._workspace = WORKSPACES[index]
        self._first_looks.hold(self._hidden_panels())
        self._show()
        self._first_looks.begin()

    def _hidden_panels(self) -> list[Panel]:
        widgets = [dock.widget() for dock in self._docks.values()]
        return [w for w in widgets if isinstance(w, Panel) and not w.isVisible()]
