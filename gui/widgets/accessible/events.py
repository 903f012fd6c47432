"""Saying to assistive technology what has changed; nothing is done without any."""

from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleValueChangeEvent,
)
from PySide6.QtWidgets import QWidget

from gui.widgets.accessible.interfaces import PictureInterface

_EVENT = QAccessible.Event


def is_listened_to() -> bool:
    """Whether there is a screen reader, or something of the kind."""
    return QAccessible.isActive()


def announce(of: QWidget, text: str) -> None:
    """Have a text read out when nothing else is being said."""
    if is_listened_to() and text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(of, text))


def warn(of: QWidget) -> None:
    """A widget has something to say that must not be missed."""
    if is_listened_to():
        QAccessible.updateAccessibility(QAccessibleEvent(of, _EVENT.Alert))


def tell_value(of: QWidget, value: object) -> None:
    """What a widget shows has another value."""
    if is_listened_to():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(of, value))


def tell_current(picture: QWidget) -> None:
    """The keys have reached another part of a picture: it is read out."""
    if not is_listened_to() or not picture.hasFocus():
        return
    interface = QAccessible.queryAccessibleInterface(picture)
    if not isinstance(interface, PictureInterface):
        return
    current = interface.current()
    if current is not None:
        QAccessible.updateAccessibility(QAccessibleEvent(current, _EVENT.Focus))
