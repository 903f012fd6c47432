"""The keys of all actions: listed, searched, changed, given back."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.runtime.layout_items import nest
from gui.session.preferences.model import Preferences
from gui.session.preferences.store import PreferenceStore
from gui.style import tokens
from gui.style.fonts import scale_of
from gui.style.key_names import key_text
from gui.window.actions import ACTIONS, ActionSpec, keys_of, spec_of
from gui.window.settings_dialog.key_rules import (
    as_it_came,
    owner_of,
    places_of,
    why_never,
    with_keys,
)

_COLUMNS: Final = (tr("Action"), tr("Menu"), tr("Keys"))
_HINT: Final = tr("Double-click a row, or press Enter, and press its new keys")
_KEYS_WIDTH: Final = tokens.length("keys_page.keys_width")


class KeyField(QKeySequenceEdit):
    """Takes the next key that is pressed, whatever it is, but Esc."""

    takes_all_keys = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(1)
        # Tab would end it: it is a key like any other, which is refused in words.
        self.setFinishingKeyCombinations([])
        self.setAccessibleName(tr("Press the new keys"))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        del forward
        return False


class KeysPage(QWidget):
    """A table of the actions, with a line below it that says what is in the way."""

    def __init__(self, store: PreferenceStore, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self._field: KeyField | None = None
        self._asked: tuple[str, str] | None = None
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("Find an action or a key"))
        self.search.setAccessibleName(tr("Find an action or a key"))
        self.search.setClearButtonEnabled(False)
        self.search.textChanged.connect(self._on_search_changed)
        self.table = self._made_table()
        self.says = QLabel(_HINT, self)
        self.says.setWordWrap(True)
        self.take = QPushButton(tr("Use it here"), self)
        self.take.clicked.connect(self._on_take_clicked)
        self.take.hide()
        self.change = QPushButton(tr("Change\N{HORIZONTAL ELLIPSIS}"), self)
        self.change.clicked.connect(self.begin_change)
        self.none = QPushButton(tr("No keys"), self)
        self.none.clicked.connect(self._on_none_clicked)
        self.back = QPushButton(tr("As it came"), self)
        self.back.clicked.connect(self._on_back_clicked)
        self.all_back = QPushButton(tr("All keys as they came"), self)
        self.all_back.clicked.connect(self._on_all_back_clicked)
        self._lay_out()
        self.table.selectRow(0)
        self.show_settings(store.now)

    def _lay_out(self) -> None:
        line, buttons = QHBoxLayout(), QHBoxLayout()
        line.addWidget(self.says, 1)
        line.addWidget(self.take)
        for button in (self.change, self.none, self.back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.all_back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        nest(column, line)
        nest(column, buttons)
        self._column = column
        self._fit()

    def _fit(self) -> None:
        """Take the lengths of the scale in force."""
        scale = scale_of(self.font())
        self._column.setSpacing(round(tokens.space("s") * scale))
        row = round(tokens.size("table_row") * scale)
        self.table.verticalHeader().setDefaultSectionSize(row)
        self.table.horizontalHeader().resizeSection(2, round(_KEYS_WIDTH * scale))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_column"):
            self._fit()

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(len(ACTIONS), len(_COLUMNS), self)
        table.setAccessibleName(tr("Keys of all actions"))
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        header, modes = table.horizontalHeader(), QHeaderView.ResizeMode
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)
        header.setObjectName("wideHeader")
        header.setSectionResizeMode(0, modes.Stretch)
        header.setSectionResizeMode(1, modes.ResizeToContents)
        header.setSectionResizeMode(2, modes.Fixed)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        for row, spec in enumerate(ACTIONS):
            menu = spec.menu.replace("&", "")
            for column, text in enumerate((spec.words.rstrip("…"), menu, "")):
                item = QTableWidgetItem(text)
                item.setToolTip(spec.tip)
                table.setItem(row, column, item)
        table.cellDoubleClicked.connect(self.begin_change)
        table.itemSelectionChanged.connect(self._on_row_chosen)
        table.installEventFilter(self)
        return table

    @property
    def _spec(self) -> ActionSpec:
        return ACTIONS[max(0, self.table.currentRow())]

    def show_settings(self, settings: Preferences) -> None:
        """Show the keys in force; those that the user gave are in a strong type."""
        given = dict(settings.shortcuts)
        for row, spec in enumerate(ACTIONS):
            item = self.table.item(row, len(_COLUMNS) - 1)
            assert item is not None
            item.setText(", ".join(map(key_text, keys_of(spec, settings))))
            font = item.font()
            font.setBold(spec.key in given)
            item.setFont(font)
        self._show_buttons()

    def begin_change(self) -> None:
        """Take the next key for the chosen action."""
        self._end_change()
        column = len(_COLUMNS) - 1
        self._field = KeyField(self.table)
        self._field.keySequenceChanged.connect(self._on_keys_pressed)
        self.table.setCellWidget(self.table.currentRow(), column, self._field)
        self._field.setFocus()
        self._say(
            tr(
                "Press the keys for {spec}; Esc leaves it",
                spec=self._spec.words.rstrip("…"),
            )
        )
        self._field.installEventFilter(self)

    def _end_change(self) -> None:
        if self._field is not None:
            self._field = None
            for row in range(self.table.rowCount()):
                self.table.removeCellWidget(row, len(_COLUMNS) - 1)
            self.table.setFocus()

    def _on_keys_pressed(self, sequence: QKeySequence) -> None:
        keys = sequence.toString()
        if not keys:
            return
        key = self._spec.key
        self._end_change()
        reason = why_never(keys)
        if reason:
            self._say(
                tr(
                    "{keys} cannot be taken. {reason}.",
                    keys=key_text(keys),
                    reason=reason,
                )
            )
            return
        warning = self._warning_of(key, keys)
        if not warning:
            self._use(with_keys(self._store.now, key, keys))
            return
        self._asked = (key, keys)
        self._say(warning)
        self.take.show()
        self.take.setFocus()

    def _warning_of(self, key: str, keys: str) -> str:
        """What an action with these keys would take from others, or share."""
        owner, places = owner_of(keys, self._store.now, but=key), places_of(keys)
        said = []
        if owner is not None:
            said.append(
                tr(
                    "{keys} is the key of {owner}, which would then have none.",
                    keys=key_text(keys),
                    owner=owner.words.rstrip("…"),
                )
            )
        if places and keys != spec_of(key).shortcut:
            said.append(
                tr(
                    "{keys} does something else {places}, and keeps doing it where "
                    "one of these has the focus.",
                    keys=key_text(keys),
                    places=tr(", ").join(places),
                )
            )
        return " ".join(said)

    def _on_take_clicked(self) -> None:
        if self._asked is not None:
            self._use(with_keys(self._store.now, *self._asked))

    def _on_none_clicked(self) -> None:
        self._use(with_keys(self._store.now, self._spec.key, ""))

    def _on_back_clicked(self) -> None:
        key = self._spec.key
        owner = owner_of(spec_of(key).shortcut, self._store.now, but=key)
        self._use(as_it_came(self._store.now, key))
        if owner is not None:
            self._say(tr("{owner} has lost these keys.", owner=owner.words.rstrip("…")))

    def _on_all_back_clicked(self) -> None:
        settings = self._store.now
        for key, _ in settings.shortcuts:
            settings = settings.with_shortcut(key, "", usual="")
        self._use(settings)

    def _use(self, settings: Preferences) -> None:
        self._store.use(settings)
        self._say(_HINT)
        self.table.setFocus()

    def _say(self, text: str) -> None:
        self.says.setText(text)
        self.take.hide()

    def _on_row_chosen(self) -> None:
        self._end_change()
        self._say(_HINT)
        self._show_buttons()

    def _show_buttons(self) -> None:
        given = dict(self._store.now.shortcuts)
        is_one_chosen = self.table.currentRow() >= 0
        has_keys = bool(keys_of(self._spec, self._store.now))
        self.change.setEnabled(is_one_chosen)
        self.back.setEnabled(is_one_chosen and self._spec.key in given)
        self.none.setEnabled(is_one_chosen and has_keys)
        self.all_back.setEnabled(bool(given))

    def _on_search_changed(self, text: str) -> None:
        words = text.lower().split()
        for row, spec in enumerate(ACTIONS):
            keys = " ".join(keys_of(spec, self._store.now))
            whole = f"{spec.words} {spec.menu} {spec.tip} {keys}".lower()
            self.table.setRowHidden(row, not all(word in whole for word in words))
        found = [k for k in range(len(ACTIONS)) if not self.table.isRowHidden(k)]
        if self.table.currentRow() not in found:
            self.table.setCurrentCell(found[0] if found else -1, 0)
        self._show_buttons()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self._field and event.key() == Qt.Key.Key_Escape:
            self._end_change()
            self._say(_HINT)
            return True
        enters = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
        if watched is self.table and event.key() in enters:
            self.begin_change()
            return True
        return False
