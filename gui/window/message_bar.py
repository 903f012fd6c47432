"""A bar across the window for messages, instead of a dialog to dismiss."""

import re
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.style import theme
from gui.style.experiment_labels import in_window_words
from gui.widgets.accessible.events import warn
from gui.widgets.plain_text import tip

SUCCESS_MILLISECONDS: Final = 8000
MOST_SHOWN: Final = 500
"""Characters of a message that are shown; its tooltip and its copy have all."""
MOST_LINES: Final = 5
MARK: Final = 3
"""Width of the edge whose colour says what kind of message it is."""
_BREAKS: Final = re.compile(r"[/\\]|[^\s/\\]{30}")


class _Said(QLabel):
    """A text as high as its lines need at its width: a tool bar does not ask for that.

    By Qt's guess, which knows no width, it would be twice as high and push the
    window's lower edge down.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFixedHeight(self.fontMetrics().lineSpacing())

    def say(self, text: str) -> None:
        self.setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self.isVisible():  # else its width is not known yet
            line = self.fontMetrics().lineSpacing()
            needed = self.heightForWidth(self.width())
            self.setFixedHeight(min(max(needed, line), MOST_LINES * line))


class MessageBar(QFrame):
    """Shows one message until it is closed or replaced; good news leaves by itself.

    Signals:
        offer_taken: the button beside the text was pressed; carries the offer's key.
    """

    offer_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self._offer = ""
        self._details = ""
        self._said = ""
        self._token = "warning"
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(SUCCESS_MILLISECONDS)
        self._leave.timeout.connect(self.hide)
        self._text = _Said(self)
        self._offer_button = QPushButton(self)
        self._offer_button.clicked.connect(self._on_offer_clicked)
        self._details_button = QPushButton("Copy details", self)
        self._details_button.clicked.connect(self._on_details_clicked)
        close = QPushButton("Close", self)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.addWidget(self._text, 1)
        for button in (self._offer_button, self._details_button, close):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        return self._said

    def show_notice(self, text: str, *, offer: str = "", offer_text: str = "") -> None:
        """Show a notice; `offer` is the key of the button's action."""
        self._show(text, "warning", offer, offer_text, "")

    def show_success(self, text: str) -> None:
        """Something worked."""
        self._show(text, "right", "", "", "")
        self._leave.start()

    def show_error(
        self, text: str, *, details: str = "", offer: str = "", offer_text: str = ""
    ) -> None:
        """Show an error; `details` can be copied for a report."""
        self._show(text, "wrong", offer, offer_text, details)

    def _show(
        self,
        text: str,
        token: str,
        offer: str,
        offer_text: str,
        details: str,
    ) -> None:
        self._leave.stop()
        self._say(text)
        self._offer, self._details = offer, details
        self._offer_button.setText(offer_text)
        self._offer_button.setVisible(bool(offer))
        self._details_button.setVisible(bool(details) or len(self._said) > MOST_SHOWN)
        self._token = token
        self.setAccessibleName(self._said)
        self.show()
        warn(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.colours_of(self)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(colours.control))
            edge = self.rect().adjusted(0, 0, MARK - self.width(), 0)
            painter.fillRect(edge, theme.colour(colours.named(self._token)))

    def _say(self, text: str) -> None:
        text = in_window_words(text)
        self._said = text
        shown = text
        if len(text) > MOST_SHOWN:
            # More lines would push the window's lower edge off the screen.
            shown = f"{text[:MOST_SHOWN]}\N{HORIZONTAL ELLIPSIS}"
        self._text.setToolTip(tip(text) if shown != text else "")
        # A long path has no spaces to break at, and would widen the window.
        self._text.say(_BREAKS.sub("\\g<0>\N{ZERO WIDTH SPACE}", shown))

    def _on_offer_clicked(self) -> None:
        self.hide()
        self.offer_taken.emit(self._offer)

    def _on_details_clicked(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.text}\n\n{self._details}".rstrip())
