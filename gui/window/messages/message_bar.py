"""A bar across the window for messages, instead of a dialog to dismiss."""

import re
from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QGuiApplication,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from core.values.words import tr
from gui.style import icons, theme, tokens
from gui.style.experiment_labels import in_window_words
from gui.style.fonts import scale_of
from gui.style.number_format import count
from gui.widgets.fitted_text import FittedText
from gui.widgets.plain_text import tip
from gui.widgets.scaled_margins import ScaledMargins
from gui.window.messages.message_log import Kind, Message, MessageLog

PASSING_MILLISECONDS: Final = 8000
MOST_SHOWN: Final = 500
"""Characters of a message that are shown; its tooltip and its copy have all."""
MARK: Final = tokens.length("message_bar.mark")
"""Width of the edge whose colour says what kind of message it is."""
_BREAKS: Final = re.compile(r"[/\\]|[^\s/\\]{30}")


class MessageBar(QFrame):
    """Shows one message until it is closed; news and what is done leave by themselves.

    What was not read comes back when what took its place is closed, or leaves; then it
    says when it was told, or it would look as if it had just happened again.

    Signals:
        offer_taken: the button beside the text was pressed; carries the offer's key.
        list_requested: all messages are to be shown.

    Attributes:
        log: all that was told.
    """

    offer_taken = Signal(str)
    list_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message_bar")
        self.log = MessageLog(self)
        self.log.changed.connect(self._on_log_changed)
        self._shown: Message | None = None
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(PASSING_MILLISECONDS)
        self._leave.timeout.connect(self._show_unread)
        self._glyph = QLabel(self)
        self._text = FittedText(self)
        self._offer_button = QPushButton(self)
        self._offer_button.clicked.connect(self._on_offer_clicked)
        self._details_button = QPushButton(tr("Copy details"), self)
        self._details_button.clicked.connect(self._on_details_clicked)
        self._more_button = QPushButton(self)
        self._more_button.setToolTip(tr("All messages, with their details"))
        self._more_button.clicked.connect(self.list_requested)
        close = QPushButton(tr("Close"), self)
        close.clicked.connect(self._on_close_clicked)
        layout = QHBoxLayout(self)
        ScaledMargins(
            layout,
            (
                tokens.space("m"),
                tokens.space("close"),
                tokens.space("s"),
                tokens.space("close"),
            ),
            self,
        )
        layout.addWidget(self._glyph)
        layout.addWidget(self._text, 1)
        for button in (
            self._offer_button,
            self._details_button,
            self._more_button,
            close,
        ):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(button)
        self.hide()

    @property
    def text(self) -> str:
        return "" if self._shown is None else self._shown.text

    def show_information(
        self, text: str, *, offer: str = "", offer_text: str = "", about: str = ""
    ) -> None:
        """Say what is shown, where nothing needs to be done."""
        self._tell(Kind.INFORMATION, text, "", offer, offer_text, about)

    def show_news(self, text: str, *, about: str = "") -> None:
        """Say what happens or is shown now; it leaves by itself."""
        self._tell(Kind.INFORMATION, text, "", "", "", about, passes=True)
        self._leave.start()

    def show_notice(
        self, text: str, *, offer: str = "", offer_text: str = "", about: str = ""
    ) -> None:
        """Show a notice; `offer` is the key of the button's action."""
        self._tell(Kind.NOTICE, text, "", offer, offer_text, about)

    def show_success(
        self, text: str, *, offer: str = "", offer_text: str = "", about: str = ""
    ) -> None:
        """Something worked; it leaves by itself, unless it offers something."""
        self._tell(Kind.SUCCESS, text, "", offer, offer_text, about, passes=True)
        if not offer:
            self._leave.start()

    def forget(self, about: str) -> None:
        """Take away what was said of something that has changed since."""
        self.log.read_about(about)
        if self._shown is not None and self._shown.about == about:
            self._show_unread()

    def show_error(
        self, text: str, *, details: str = "", offer: str = "", offer_text: str = ""
    ) -> None:
        """Show an error; `details` can be copied for a report."""
        self._tell(Kind.ERROR, text, details, offer, offer_text)

    def show_failed_start(
        self,
        text: str,
        *,
        details: str = "",
        offer: str = "",
        offer_text: str = "",
        about: str = "",
    ) -> None:
        """Show why nothing runs, or why another run goes on, until one begins."""
        self._tell(
            Kind.ERROR, text, details, offer, offer_text, about, until_next_run=True
        )

    def begin_run(self) -> None:
        """Another run begins: only errors are still to be read."""
        self.log.read_notices()
        self._show_unread()

    def _tell(  # noqa: PLR0913 - what a message may have beside its words
        self,
        kind: Kind,
        text: str,
        details: str,
        offer: str,
        offer_text: str,
        about: str = "",
        *,
        until_next_run: bool = False,
        passes: bool = False,
    ) -> None:
        told = Message(
            kind,
            in_window_words(text),
            details,
            offer,
            offer_text,
            until_next_run=until_next_run,
            about=about,
            passes=passes,
        )
        message = self.log.add(told)
        self._show(message)
        announce(self, message)

    def _show(self, message: Message, *, again: bool = False) -> None:
        self._leave.stop()
        self._shown = message
        self._say(message, again=again)
        self._draw_glyph(message)
        self._offer_button.setText(message.offer_text)
        self._offer_button.setVisible(bool(message.offer))
        has_more = bool(message.details) or len(message.text) > MOST_SHOWN
        self._details_button.setVisible(has_more)
        self._show_number()
        self.update()
        self.show()

    def _show_unread(self) -> None:
        """What was not read yet, the newest first."""
        unread = self.log.unread
        if unread:
            self._show(unread[-1], again=unread[-1] is not self._shown)
        else:
            self._shown = None
            self.hide()

    def _show_number(self) -> None:
        others = sum(one is not self._shown for one in self.log.unread)
        self._more_button.setText(tr("{others} more", others=count(others)))
        self._more_button.setVisible(others > 0)

    def _on_log_changed(self) -> None:
        if self._shown is not None:
            self._show_number()

    def _draw_glyph(self, message: Message) -> None:
        """What kind it is, not by its colour alone."""
        rgb = theme.colours_of(self).named(message.kind.value)
        side = tokens.icon_size("panel") * scale_of(self.font())
        name = tokens.icon_name("action", message.kind.icon)
        self._glyph.setPixmap(icons.pixmap(name, rgb, side))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        kinds = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in kinds and getattr(self, "_shown", None) is not None:
            assert self._shown is not None
            self._draw_glyph(self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        colours = theme.colours_of(self)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.colour(colours.control))
            edge = self.rect().adjusted(0, 0, MARK - self.width(), 0)
            token = Kind.NOTICE.value if self._shown is None else self._shown.kind.value
            painter.fillRect(edge, theme.colour(colours.named(token)))

    def _say(self, message: Message, *, again: bool) -> None:
        text = shown = message.text
        if len(text) > MOST_SHOWN:
            # More lines would push the window's lower edge off the screen.
            shown = f"{text[:MOST_SHOWN]}\N{HORIZONTAL ELLIPSIS}"
        self._text.setToolTip(tip(text) if shown != text else "")
        self._text.setAccessibleName(f"{message.kind.word}: {text}")
        if message.times > 1:
            shown += tr(" ({times} times)", times=count(message.times))
        if again:
            shown = tr("Earlier, at {clock}: {shown}", clock=message.clock, shown=shown)
        # A long path has no spaces to break at, and would widen the window.
        self._text.say(_BREAKS.sub("\\g<0>\N{ZERO WIDTH SPACE}", shown))

    def _close(self) -> Message | None:
        """The message that is shown was read."""
        shown = self._shown
        if shown is not None:
            self.log.read(shown)
        self._show_unread()
        return shown

    def _on_close_clicked(self) -> None:
        self._close()

    def _on_offer_clicked(self) -> None:
        shown = self._close()
        if shown is not None:
            self.offer_taken.emit(shown.offer)

    def _on_details_clicked(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(self._shown.whole)


def announce(source: QWidget, message: Message) -> None:
    """Have a screen reader say it; an error interrupts what it is saying."""
    event = QAccessibleAnnouncementEvent(source, f"{message.kind.word}: {message.text}")
    if message.kind is Kind.ERROR:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)
