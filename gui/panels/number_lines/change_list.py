"""The changes as small buttons with a cross, in as many rows as needed."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QToolButton, QWidget
from superqt import QFlowLayout

from core.values.words import tr
from gui.panels.number_lines.changes import MOST_LISTED, Intervention, change_text, tip
from gui.session.view_state import View
from gui.style import tokens
from gui.style.number_format import count
from gui.widgets.plain_text import tip as plain_tip

_LINES: Final = 1.4
CROSS: Final = "\N{MULTIPLICATION SIGN}"


class ChangeList(QWidget):
    """Signals: take_back_requested, with the Change."""

    take_back_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[Intervention, ...] = ()
        self.buttons: list[QToolButton] = []
        self._flow = QFlowLayout(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setHorizontalSpacing(tokens.space("xs"))
        self._flow.setVerticalSpacing(tokens.space("hair"))
        self.title = QLabel(tr("Changed:"), self)
        self.title.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._flow.addWidget(self.title)
        self.more = QLabel(self)
        self._flow.addWidget(self.more)
        self._fit()
        self.hide()

    def _fit(self) -> None:
        """One line high, all of it on one base line: what is below needs the room."""
        height = round(self.fontMetrics().height() * _LINES)
        for widget in (self.title, self.more, *self.buttons):
            widget.setFixedHeight(height)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "more"):
            self._fit()

    def show_changes(self, view: View, changes: tuple[Intervention, ...]) -> None:
        """Update the texts; buttons are kept while their number allows it."""
        self._changes = changes
        shown = changes[:MOST_LISTED]
        while len(self.buttons) < len(shown):
            self._add_button()
        for k, button in enumerate(self.buttons):
            button.setVisible(k < len(shown))
            if k < len(shown):
                text = f"{change_text(view, shown[k])} {CROSS}"
                if button.text() != text:
                    button.setText(text)
                button.setToolTip(plain_tip(tip(view, shown[k])))
        left = len(changes) - len(shown)
        self.more.setText(tr("and {left} more", left=count(left)))
        self.more.setVisible(left > 0)
        self.setVisible(bool(changes))

    def _add_button(self) -> None:
        button = QToolButton(self)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.clicked.connect(self._on_button_clicked)
        self.buttons.append(button)
        self._flow.removeWidget(self.more)
        self._flow.addWidget(button)
        self._flow.addWidget(self.more)
        self._fit()

    def _on_button_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QToolButton) and button in self.buttons:
            k = self.buttons.index(button)
            if k < len(self._changes):
                self.take_back_requested.emit(self._changes[k])
