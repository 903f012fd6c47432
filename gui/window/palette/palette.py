"""The command palette: a sheet over the window, all of it by keys or by the mouse."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.focus.focus_return import give_to_window
from gui.window.palette.card import PaletteCard
from gui.window.palette.contents import Contents
from gui.window.palette.entry import Change, Entry, Group
from gui.window.palette.matching import Hit, best_of, found
from gui.window.palette.result_list import PAGE, spoken
from gui.window.palette.row_painter import value_place
from gui.window.palette.value_editors import ChosenValue, editor_of
from gui.window.veil import Veil

TOP: Final = tokens.length("palette.top")
WIDTH: Final = tokens.length("palette.width")
MARGIN: Final = tokens.space("l")
MOST_LIST: Final = tokens.length("palette.most_list")
FIRST_SETTINGS: Final = 5
"""Of those that are offered before something is typed."""
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CommandPalette(Veil):
    """Covers its window with a veil while it is open."""

    scrim = "scrim_palette"

    def __init__(self, window: QWidget, contents: Contents) -> None:
        super().__init__(window)
        self._contents = contents
        self._entries: tuple[Entry, ...] = ()
        self._before: QWidget | None = None
        self._editor: QWidget | None = None
        self.card = PaletteCard(self)
        self.line, self.results = self.card.line, self.card.results
        self.line.textEdited.connect(self._on_line_edited)
        self.line.installEventFilter(self)
        self.results.clicked.connect(self._on_results_clicked)
        self.results.selectionModel().currentChanged.connect(self._on_choice_moved)
        self.results.verticalScrollBar().valueChanged.connect(self._leave_editor)

    @property
    def sheet(self) -> QWidget:
        return self.card

    def toggle(self) -> None:
        """Open it, or close it again."""
        if self.isVisible():
            self.close_up()
        else:
            self.open_up()

    def open_up(self, text: str = "") -> None:
        """Open it over the window, with a text in it."""
        self._before = QApplication.focusWidget()
        self._entries = tuple(self._contents.entries())
        self.line.setText(text)
        self._find()
        self.cover()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_up(self) -> None:
        """Close it; the focus goes back to where it was."""
        self._leave_editor()
        self.hide()
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            give_to_window(self.window())

    # --- finding ----------------------------------------------------------------

    def _on_line_edited(self) -> None:
        self._find()

    def _find(self) -> None:
        text = self.line.text()
        self._leave_editor()
        hits = [Hit(entry, 100.0) for entry in self._contents.places(text)]
        hits += found(self._entries, text)
        if not text.strip():
            hits = list(_first_offered(hits))
        order = list(Group)
        hits.sort(key=lambda hit: order.index(hit.entry.group))
        self.results.show_hits(hits, best_of(hits))
        self.card.show_number(len(hits), typed=bool(text.strip()))
        self._explain()
        self.fit()

    def fit(self) -> None:
        scale = scale_of(self.font())
        width = min(round(WIDTH * scale), self.width() - 2 * MARGIN)
        top = min(round(TOP * scale), self.height() // 6)
        most = min(round(MOST_LIST * scale), self.height() - top - MARGIN)
        self.card.fit(width, most, self.height() - top - MARGIN)
        self.card.move(QPoint((self.width() - width) // 2, top))

    # --- choosing ---------------------------------------------------------------

    def _on_choice_moved(self) -> None:
        self._leave_editor()
        self._explain()
        hit = self.results.chosen
        if hit is not None and self.isVisible():
            QAccessible.updateAccessibility(
                QAccessibleAnnouncementEvent(self.line, spoken(hit))
            )

    def _explain(self) -> None:
        hit = self.results.chosen
        self.card.explain(None if hit is None else hit.entry)

    def _on_results_clicked(self) -> None:
        hit = self.results.chosen
        if hit is not None:
            self._act(hit.entry)

    def _act(self, entry: Entry) -> None:
        if entry.problem:
            self.card.refuse(entry.problem)
        elif entry.run is not None:
            # First closed: what is done may open something or take the focus.
            self.close_up()
            entry.run()
        elif entry.change is not None:
            self._edit(entry, entry.change)

    # --- changing a value in its row --------------------------------------------

    def _edit(self, entry: Entry, change: Change) -> None:
        self._leave_editor()
        editor = editor_of(change, self.results.viewport())
        row = self.results.visualRect(self.results.currentIndex())
        place = value_place(row, change.text, self.results.font())
        least = grown(self, tokens.length("palette.least_value"))
        if isinstance(editor, ChosenValue):
            least = editor.needed_width()
        place.setLeft(min(place.left(), place.right() - least + 1))
        editor.setGeometry(place)
        editor.given.connect(partial(self._on_value_given, entry.key, change))
        editor.left.connect(self._on_editor_left)
        self._editor = editor
        editor.show()
        editor.setFocus(Qt.FocusReason.TabFocusReason)
        self.card.explain_editing(chosen=bool(change.options))

    def _on_value_given(self, key: str, change: Change, value: object) -> None:
        reason = change.put(value)
        if reason:
            self.card.refuse(reason)
            return
        self._on_editor_left()
        self._entries = tuple(self._contents.entries())
        self._find()
        keys = [hit.entry.key for hit in self.results.hits]
        if key in keys:
            self.results.choose(keys.index(key))

    def _on_editor_left(self) -> None:
        self._leave_editor()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._explain()

    def _leave_editor(self) -> None:
        if self._editor is not None:
            editor, self._editor = self._editor, None
            if editor.hasFocus():
                self.line.setFocus(Qt.FocusReason.PopupFocusReason)
            editor.hide()
            editor.deleteLater()

    # --- Qt ---------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            return is_press and self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        key = event.key()
        moves = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: PAGE,
            Qt.Key.Key_PageUp: -PAGE,
        }
        hit = self.results.chosen
        if key in moves:
            self.results.step(moves[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape:
            self.close_up()
        elif key in _ENTER and hit is not None:
            self._act(hit.entry)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if hit is not None and hit.entry.change is not None:
                if hit.entry.problem:
                    self.card.refuse(hit.entry.problem)
                else:
                    self._edit(hit.entry, hit.entry.change)
        elif self.card.closes(event):
            self.close_up()
        else:
            return False
        return True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "card"):
            self.fit()


def _first_offered(hits: Iterable[Hit]) -> Iterable[Hit]:
    """Before something is typed: a few settings, and all that is not impossible."""
    settings = 0
    for hit in hits:
        is_setting = hit.entry.group is Group.SET
        settings += is_setting
        if not hit.entry.problem and (not is_setting or settings <= FIRST_SETTINGS):
            yield hit
