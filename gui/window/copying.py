"""Copying in the window: by the keys, from the menus, and where one points."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from core.values.words import tr
from gui.panels.base import Panel
from gui.session.copied_numbers import copyings_of_selection
from gui.widgets.copying.content import Copying
from gui.widgets.copying.sources import copyings_of, picture_of

if TYPE_CHECKING:
    from gui.window.main_window import MainWindow

NOTHING = tr(
    "There is nothing to copy here: click a table or a picture first, or use the "
    "right mouse button on what is to be copied."
)


class Copier(QObject):
    """Copies what has the focus, or what is under the mouse, and says so."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window

    def copy_focused(self) -> None:
        """What the control with the focus has to copy first, or what is selected."""
        focus = QApplication.focusWidget()
        offered = [] if focus is None else copyings_of(focus, None)
        view = self._window.session.view
        if not offered and view is not None and view.selection is not None:
            offered = copyings_of_selection(view, view.selection)
        if offered:
            self._put(offered[0])
        else:
            self._window.message_bar.show_notice(NOTHING)

    def copy_picture(self) -> None:
        """A picture of the panel with the focus, or of the whole window."""
        one = QApplication.focusWidget()
        while one is not None and not isinstance(one, Panel):
            one = one.parentWidget()
        self._put(picture_of(one or self._window))

    def actions_at(self, panel: QWidget, place: QPoint, menu: QMenu) -> list[QAction]:
        """An action for each thing that can be copied at a place of the screen."""
        under = panel.childAt(panel.mapFromGlobal(place)) or panel
        offered = copyings_of(under, place)
        texts = [one for one in offered if isinstance(one.content, str)]
        whole = Copying(tr("picture of the panel"), panel.grab().toImage())
        made = []
        for one in (*texts, whole):
            action = QAction(tr("Copy {one}", one=one.title).replace("&", "&&"), menu)
            action.triggered.connect(partial(self._put, one))
            made.append(action)
        return made

    def offer_on(self, bar: QWidget) -> None:
        """Have a bar offer what stands under the mouse, as the panels do."""
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        bar.customContextMenuRequested.connect(partial(self._open_menu, bar))

    def _open_menu(self, bar: QWidget, place: QPoint) -> None:
        menu = QMenu(bar)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = bar.mapToGlobal(place)
        # The last one is the picture, which a bar is not copied for.
        menu.addActions(self.actions_at(bar, at, menu)[:-1])
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(at)

    def _put(self, one: Copying) -> None:
        one.put()
        self._window.message_bar.show_success(tr("Copied: {one}", one=one.title))
