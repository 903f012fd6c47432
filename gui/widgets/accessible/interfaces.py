"""A picture's description as Qt's accessibility tree.

The children of a picture are no widgets: each is a path into the description, which is
asked for anew with every question. So nothing goes stale, nothing has to be told of a
change, and a path that leads nowhere any more is simply not valid.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar, cast

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QAccessibleWidget, QWidget
from shiboken6 import isValid

from core.values.words import tr
from gui.widgets.accessible.parts import Described, Part, Path, Role, found

_LOG: Final = logging.getLogger(__name__)
_TEXT = QAccessible.Text

_Override = TypeVar("_Override", bound=Callable[..., object])

_NO_INTERFACE: Final = cast("QAccessibleInterface", None)
"""Qt takes None for it, of which its stubs know nothing."""


def _never_raises(otherwise: Callable[[], object]) -> Callable[[_Override], _Override]:
    """Answer this where a description fails.

    Qt asks in the middle of its own work: an exception would be left pending there.
    """

    def decorate(ask: _Override) -> _Override:
        @wraps(ask)
        def safe(*args: object) -> object:
            try:
                return ask(*args)
            except Exception:  # noqa: BLE001 - the border to assistive technology
                _LOG.exception(tr("A picture could not be described"))
                return otherwise()

        return cast("_Override", safe)

    return decorate


def _no_interface() -> QAccessibleInterface:
    return _NO_INTERFACE


def _is_control(child: QWidget) -> bool:
    """Whether a widget in a picture is anything but a part of its painting."""
    is_painting = child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return child.isVisible() and not child.isWindow() and not is_painting


class PictureInterface(QAccessibleWidget):
    """A widget whose children are the parts of its description, then its widgets."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, Role.Graphic)
        self._picture = widget
        self._parts: dict[Path, PartInterface] = {}
        self._ids: list[int] = []

    def forget_parts(self) -> None:
        """Qt keeps what it has been told of until it is told otherwise."""
        for part_id in self._ids:
            QAccessible.deleteAccessibleInterface(part_id)
        self._ids.clear()
        self._parts.clear()

    def part(self, path: Path) -> Part | None:
        """What is at a path now."""
        if not isValid(self._picture) or not isinstance(self._picture, Described):
            return None
        return found(self._picture.described(), path)

    def interface(self, path: Path) -> QAccessibleInterface:
        """Always the same one for a path."""
        if not path:
            return self
        known = self._parts.get(path)
        if known is None:
            known = self._parts[path] = PartInterface(self, path)
            self._ids.append(QAccessible.registerAccessibleInterface(known))
        return known

    def part_state(self, path: Path) -> QAccessible.State:
        """Whether it can be seen, and whether the keys have reached it."""
        state = QAccessible.State()
        root = self.part(())
        part = None if root is None else found(root, path)
        if root is None or part is None:
            state.invalid = True
            return state
        if part.is_on is not None:
            state.checkable, state.checked = True, part.is_on
        state.readOnly = True
        state.invisible = not self._picture.isVisible()
        state.selectable = bool(root.current)
        if root.current and path == root.current:
            state.selected = True
            state.focusable = True
            state.focused = self._picture.hasFocus()
        return state

    def on_screen(self, path: Path) -> QRect:
        """The rectangle of a part, or of what it belongs to."""
        for k in range(len(path), 0, -1):
            part = self.part(path[:k])
            if part is not None and part.box is not None:
                return self._to_screen(part.box)
        return self.rect()

    def _to_screen(self, box: QRectF) -> QRect:
        area, whole = self._picture, box.toAlignedRect()
        if isinstance(area, QAbstractScrollArea):
            area = area.viewport()
        return QRect(area.mapToGlobal(whole.topLeft()), whole.size())

    def _widgets(self) -> list[QWidget]:
        """Controls that lie in the picture."""
        if isinstance(self._picture, QAbstractScrollArea):
            return []
        return [
            child
            for child in self._picture.children()
            if isinstance(child, QWidget) and _is_control(child)
        ]

    @_never_raises(lambda: None)
    def current(self) -> "PartInterface | None":
        """The part that the keys have reached."""
        root = self.part(())
        if root is None or not root.current or found(root, root.current) is None:
            return None
        return cast("PartInterface", self.interface(root.current))

    @_never_raises(lambda: Role.Graphic)
    def role(self) -> QAccessible.Role:
        root = self.part(())
        return Role.Graphic if root is None else root.role

    @_never_raises(str)
    def text(self, kind: QAccessible.Text) -> str:
        root = self.part(())
        if root is None:
            return ""
        if kind == _TEXT.Name:
            return root.name or self._picture.accessibleName()
        if kind == _TEXT.Value:
            return root.value
        if kind == _TEXT.Description:
            told: str = super().text(kind)
            return told or root.value
        return super().text(kind)

    @_never_raises(int)
    def childCount(self) -> int:  # noqa: N802
        root = self.part(())
        return 0 if root is None else len(root.parts) + len(self._widgets())

    @_never_raises(_no_interface)
    def child(self, index: int) -> QAccessibleInterface:
        root = self.part(())
        if root is None or index < 0:
            return _NO_INTERFACE
        if index < len(root.parts):
            return self.interface((index,))
        widgets = self._widgets()
        place = index - len(root.parts)
        if place >= len(widgets):
            return _NO_INTERFACE
        return QAccessible.queryAccessibleInterface(widgets[place])

    @_never_raises(lambda: -1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        if isinstance(child, PartInterface):
            return child.path[-1] if child.owner is self else -1
        root, widgets = self.part(()), self._widgets()
        widget = child.object()
        if root is None or widget not in widgets:
            return -1
        return len(root.parts) + widgets.index(widget)

    @_never_raises(_no_interface)
    def childAt(self, x: int, y: int) -> QAccessibleInterface:  # noqa: N802
        """The smallest part there, as a finger on a screen asks for it."""
        for widget in self._widgets():
            if widget.rect().contains(widget.mapFromGlobal(QPoint(x, y))):
                return QAccessible.queryAccessibleInterface(widget)
        path: Path = ()
        here = self.part(path)
        while here is not None:
            inner = self._place_at(here, QPoint(x, y))
            if inner is None:
                break
            path = (*path, inner)
            here = here.parts[inner]
        return self.interface(path) if path else _NO_INTERFACE

    def _place_at(self, part: Part, at: QPoint) -> int | None:
        for place, child in enumerate(part.parts):
            if child.box is not None and self._to_screen(child.box).contains(at):
                return place
        return None

    @_never_raises(_no_interface)
    def focusChild(self) -> QAccessibleInterface:  # noqa: N802
        if not self._picture.hasFocus():
            return super().focusChild()
        return self.current() or self


class PartInterface(QAccessibleInterface):
    """What stands at one path of a picture."""

    def __init__(self, owner: PictureInterface, path: Path) -> None:
        super().__init__()
        self.owner = owner
        self.path = path

    @_never_raises(lambda: None)
    def _part(self) -> Part | None:
        return self.owner.part(self.path) if isValid(self.owner) else None

    def isValid(self) -> bool:  # noqa: N802
        return self._part() is not None

    def object(self) -> QObject:
        return cast("QObject", None)

    @_never_raises(lambda: None)
    def window(self) -> QWindow:
        return self.owner.window() if isValid(self.owner) else cast("QWindow", None)

    @_never_raises(_no_interface)
    def parent(self) -> QAccessibleInterface:
        if not isValid(self.owner):
            return _NO_INTERFACE
        return self.owner.interface(self.path[:-1])

    @_never_raises(int)
    def childCount(self) -> int:  # noqa: N802
        part = self._part()
        return 0 if part is None else len(part.parts)

    @_never_raises(_no_interface)
    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < self.childCount():
            return _NO_INTERFACE
        return self.owner.interface((*self.path, index))

    @_never_raises(lambda: -1)
    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802
        return child.path[-1] if isinstance(child, PartInterface) else -1

    @_never_raises(_no_interface)
    def childAt(self, x: int, y: int) -> QAccessibleInterface:  # noqa: N802
        found_there = self.owner.childAt(x, y)
        is_inside = isinstance(found_there, PartInterface) and (
            found_there.path[: len(self.path)] == self.path
        )
        return found_there if is_inside and found_there is not self else _NO_INTERFACE

    @_never_raises(str)
    def text(self, kind: QAccessible.Text) -> str:
        part = self._part()
        if part is None:
            return ""
        if kind == _TEXT.Name:
            return part.text
        return part.value if kind == _TEXT.Value else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802
        """Nothing can be typed here."""

    @_never_raises(QRect)
    def rect(self) -> QRect:
        return self.owner.on_screen(self.path) if isValid(self.owner) else QRect()

    @_never_raises(lambda: Role.StaticText)
    def role(self) -> QAccessible.Role:
        part = self._part()
        return Role.StaticText if part is None else part.role

    @_never_raises(QAccessible.State)
    def state(self) -> QAccessible.State:
        if isValid(self.owner):
            return self.owner.part_state(self.path)
        gone = QAccessible.State()
        gone.invalid = True
        return gone
