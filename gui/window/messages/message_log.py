"""All that was told since the program was started, and what of it was read."""

import time
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from PySide6.QtCore import QObject, Signal

from core.values.words import tr

MOST_KEPT: Final = 500
"""Messages; of more, the oldest that were read are forgotten."""


class Kind(Enum):
    """What a message is; the value is the token of its colour."""

    INFORMATION = "accent"
    NOTICE = "warning"
    SUCCESS = "right"
    ERROR = "wrong"

    @property
    def icon(self) -> str:
        """Key of its icon."""
        return {
            "accent": "information",
            "warning": "warning",
            "right": "right",
            "wrong": "error",
        }[self.value]

    @property
    def word(self) -> str:
        """For those who do not see its colour."""
        return {
            "accent": tr("Information"),
            "warning": tr("Notice"),
            "right": tr("Done"),
            "wrong": tr("Error"),
        }[self.value]


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        details: for a report, such as where in the program it happened.
        offer: key of what its button does, empty for no button.
        offer_text: the words of the button.
        at: seconds since 1970.
        times: how often it was told without anything else between.
        until_next_run: an error that is past when another run begins.
        about: what it is true of, so that it can be taken away when that has changed;
            empty for what has happened once and for all.
        passes: whether it leaves by itself and is no more to be read.
    """

    kind: Kind
    text: str
    details: str = ""
    offer: str = ""
    offer_text: str = ""
    at: float = field(default_factory=time.time)
    times: int = 1
    until_next_run: bool = False
    about: str = ""
    passes: bool = False

    @property
    def whole(self) -> str:
        """Everything, for the clipboard."""
        return f"{self.text}\n\n{self.details}".rstrip()

    @property
    def clock(self) -> str:
        """When it was told, by the clock on the wall."""
        return time.strftime("%H:%M:%S", time.localtime(self.at))

    def repeats(self, other: "Message") -> bool:
        """Whether it says the same once more."""
        mine = (self.kind, self.text, self.details, self.offer)
        return mine == (other.kind, other.text, other.details, other.offer)


class MessageLog(QObject):
    """Mutable: the messages, the newest last, and which were read.

    Signals:
        changed: there is another message, or one more was read.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: list[Message] = []
        self._unread: list[Message] = []

    @property
    def messages(self) -> tuple[Message, ...]:
        """All that are kept, the newest last."""
        return tuple(self._messages)

    @property
    def unread(self) -> tuple[Message, ...]:
        """Those that nobody has closed, the newest last; good news is none of them."""
        return tuple(self._unread)

    def add(self, message: Message) -> Message:
        """Keep a message; one that was just told is told once more.

        How often something was chosen is no news: information is not counted.
        """
        newest = self._messages[-1] if self._messages else None
        counts = message.kind is not Kind.INFORMATION
        if newest is not None and counts and message.repeats(newest):
            message = replace(message, times=newest.times + 1)
            self._messages.pop()
            self._unread = [m for m in self._unread if m is not newest]
        self._messages.append(message)
        if not message.passes:
            self._unread.append(message)
        self._forget_oldest()
        self.changed.emit()
        return message

    def read(self, message: Message) -> None:
        """Somebody has closed this one."""
        self._unread = [one for one in self._unread if one is not message]
        self.changed.emit()

    def read_notices(self) -> None:
        """Another run begins: what was noticed of the one before is past."""
        self._unread = [
            one
            for one in self._unread
            if one.kind is Kind.ERROR and not one.until_next_run
        ]
        self.changed.emit()

    def read_about(self, about: str) -> None:
        """What was said of this is no longer so."""
        self._unread = [one for one in self._unread if one.about != about]
        self.changed.emit()

    def read_all(self) -> None:
        """Somebody has seen the whole list."""
        self._unread = []
        self.changed.emit()

    def _forget_oldest(self) -> None:
        while len(self._messages) > MOST_KEPT:
            read = (m for m in self._messages if all(m is not u for u in self._unread))
            oldest = next(read, self._messages[0])
            self._messages = [m for m in self._messages if m is not oldest]
            self._unread = [m for m in self._unread if m is not oldest]
