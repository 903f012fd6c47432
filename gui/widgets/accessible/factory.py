"""Qt asks here for the interface of each widget that assistive technology comes to."""

from functools import cache, partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

from gui.widgets.accessible.interfaces import PictureInterface
from gui.widgets.accessible.parts import Described

_KEPT: Final[dict[int, PictureInterface]] = {}
"""Qt owns the interfaces, but does not keep their Python half alive."""


@cache
def describe_pictures() -> None:
    """From now on, pictures have an interface of their own."""
    QAccessible.installFactory(_interface_of)


def _interface_of(_class_name: str, asked: QObject) -> QAccessibleInterface | None:
    if not isinstance(asked, QWidget) or not isinstance(asked, Described):
        return None
    interface = PictureInterface(asked)
    _KEPT[id(interface)] = interface
    asked.destroyed.connect(partial(_forget, id(interface)))
    return interface


def _forget(key: int) -> None:
    interface = _KEPT.pop(key, None)
    if interface is not None:
        interface.forget_parts()
