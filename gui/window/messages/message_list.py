"""All messages since the start: when, what kind, what was said, with details."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.values.words import tr
from gui.style import theme, tokens
from gui.style.fonts import scale_of
from gui.style.lengths import grown
from gui.widgets.own_dialog import OwnDialog
from gui.window.messages.message_log import Message, MessageLog

SIZE: Final = QSize(*tokens.lengths("message_list.size"))
_COLUMNS: Final = (tr("Time"), tr("Kind"), tr("Message"))
_SHARE_OF_SCREEN: Final = 0.85
_NOTHING: Final = tr("Nothing has been told yet.")


class MessageList(OwnDialog):
    """Is deleted when it is closed; what is in it then counts as read."""

    def __init__(self, log: MessageLog, parent: QWidget) -> None:
        super().__init__(tr("Messages"), parent)
        self._log = log
        self.shown: tuple[Message, ...] = ()
        self.table = self._made_table()
        self.whole = QPlainTextEdit(self)
        self.whole.setReadOnly(True)
        self.whole.setAccessibleName(tr("The whole message"))
        self.whole.setPlaceholderText(_NOTHING)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        action = QDialogButtonBox.ButtonRole.ActionRole
        self.copy, self.copy_all = (
            QPushButton(text, self) for text in (tr("Copy"), tr("Copy all"))
        )
        self.copy.clicked.connect(self._on_copy_clicked)
        self.copy_all.clicked.connect(self._on_copy_all_clicked)
        for button in (self.copy, self.copy_all):
            buttons.addButton(button, action)
        scale = scale_of(self.font())
        pad = round(tokens.space("l") * scale)
        column = QVBoxLayout(self)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(round(tokens.space("m") * scale))
        column.addWidget(self.table, 3)
        column.addWidget(self.whole, 2)
        column.addWidget(buttons)
        most = self.screen().availableSize() * _SHARE_OF_SCREEN
        self.resize((SIZE * scale).boundedTo(most))
        log.changed.connect(self._show)
        self._show()

    def done(self, result: int) -> None:
        super().done(result)
        self._log.read_all()

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(0, len(_COLUMNS), self)
        table.setAccessibleName(tr("Messages, the newest first"))
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        height = round(tokens.size("table_row") * scale_of(self.font()))
        table.verticalHeader().setDefaultSectionSize(height)
        header, modes = table.horizontalHeader(), QHeaderView.ResizeMode
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setHighlightSections(False)
        metrics, gap = self.fontMetrics(), 2 * grown(self, tokens.space("m"))
        for column, widest in ((0, "00:00:00"), (1, tr("Notice"))):
            header.setSectionResizeMode(column, modes.Fixed)
            header.resizeSection(column, metrics.horizontalAdvance(widest) + gap)
        header.setSectionResizeMode(2, modes.Stretch)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.itemSelectionChanged.connect(self._on_row_chosen)
        return table

    def _show(self) -> None:
        messages = tuple(reversed(self._log.messages))
        if messages == self.shown and self.table.rowCount():
            return
        self.shown = messages
        self.table.setRowCount(len(messages))
        colours = theme.colours_of(self)
        for row, message in enumerate(messages):
            times = (
                tr(" ({times} times)", times=message.times) if message.times > 1 else ""
            )
            line = " ".join(message.text.split()) + times
            for column, text in enumerate((message.clock, message.kind.word, line)):
                item = QTableWidgetItem(text)
                if column == 1:
                    ink = colours.named(message.kind.value)
                    item.setForeground(theme.colour(ink))
                self.table.setItem(row, column, item)
        if messages:
            self.table.selectRow(0)
        for button in (self.copy, self.copy_all):
            button.setEnabled(bool(messages))
        self._on_row_chosen()

    @property
    def _chosen(self) -> Message | None:
        row = self.table.currentRow()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def _on_row_chosen(self) -> None:
        chosen = self._chosen
        self.whole.setPlainText("" if chosen is None else chosen.whole)

    def _on_copy_clicked(self) -> None:
        if self._chosen is not None:
            QGuiApplication.clipboard().setText(self._chosen.whole)

    def _on_copy_all_clicked(self) -> None:
        lines = (f"{m.clock} {m.kind.word}: {m.whole}" for m in reversed(self.shown))
        QGuiApplication.clipboard().setText("\n".join(lines))
