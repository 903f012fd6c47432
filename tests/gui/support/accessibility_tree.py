"""The window as assistive technology is told of it: names, values, roles, children."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
_TEXT = QAccessible.Text

CONTROLS = frozenset(
    {
        Role.Button,
        Role.ButtonMenu,
        Role.CheckBox,
        Role.RadioButton,
        Role.ComboBox,
        Role.SpinBox,
        Role.Slider,
        Role.EditableText,
        Role.PageTab,
    }
)


@dataclass(frozen=True)
class Told:
    """One object of the tree."""

    interface: QAccessibleInterface

    @property
    def name(self) -> str:
        return self.interface.text(_TEXT.Name)

    @property
    def value(self) -> str:
        return self.interface.text(_TEXT.Value)

    @property
    def description(self) -> str:
        return self.interface.text(_TEXT.Description)

    @property
    def role(self) -> QAccessible.Role:
        return self.interface.role()

    @property
    def rect(self) -> QRect:
        return self.interface.rect()

    @property
    def is_seen(self) -> bool:
        return not self.interface.state().invisible

    @property
    def is_reached(self) -> bool:
        """Whether it can have the focus."""
        return bool(self.interface.state().focusable)

    @property
    def widget(self) -> QObject | None:
        return self.interface.object()

    def children(self, most: int = 10**6) -> "list[Told]":
        """The first ones, and the last one."""
        count = self.interface.childCount()
        places = list(range(min(count, most)))
        if count > most:
            places.append(count - 1)
        found = [self.interface.child(place) for place in places]
        return [Told(child) for child in found if child is not None]

    def all(self, most: int = 10**6) -> "Iterator[Told]":
        """It, and all that can be seen in it."""
        if not self.is_seen:
            return
        yield self
        for child in self.children(most):
            yield from child.all(most)

    def find(self, *starts: str) -> "Told":
        """The nearest one below whose name begins so, then so within that."""
        here = self
        for start in starts:
            here = here._nearest(start)
        return here

    def _nearest(self, start: str) -> "Told":
        """Level by level: the first unit has a thousand edges, the last one too."""
        level = [self]
        while level:
            level = [c for one in level for c in one.children() if c.is_seen]
            for one in level:
                if one.name.startswith(start):
                    return one
        raise AssertionError(f"nothing is called {start!r} in {self.name!r}")


def told(widget: QWidget) -> Told:
    """What is told of a widget."""
    return Told(QAccessible.queryAccessibleInterface(widget))
