"""The description of a picture: a frozen tree of names, values and places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, overload, runtime_checkable

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QAccessible

Role = QAccessible.Role
Path = tuple[int, ...]
"""Places of children, from the picture down."""

AND: Final = ", "


@dataclass(frozen=True, slots=True)
class Part:
    """A picture, or something in it.

    Attributes:
        name: what it is.
        value: what it shows, the same text as in the picture.
        role: what kind of thing it is.
        box: its rectangle in the widget, in a scrolled one in its viewport; None where
            it has none of its own.
        parts: what it consists of, in reading order.
        current: in a picture, the way to the part that the keys have reached.
        is_on: of a switch, whether it is on.
    """

    name: str
    value: str = ""
    role: Role = Role.StaticText
    box: QRectF | None = None
    parts: Sequence["Part"] = ()
    current: Path = ()
    is_on: bool | None = None

    @property
    def text(self) -> str:
        """Name and value, as they are read out."""
        return AND.join(text for text in (self.name, self.value) if text)


@runtime_checkable
class Described(Protocol):
    """A widget that paints what it shows."""

    def described(self) -> Part:
        """What it shows now; asked for by assistive technology alone."""


class LazyParts(Sequence[Part]):
    """Parts that are made when they are asked for: a layer may have thousands."""

    def __init__(self, count: int, make: Callable[[int], Part]) -> None:
        self._count = count
        self._make = make

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Part: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Part]: ...
    def __getitem__(self, place: int | slice) -> Part | Sequence[Part]:
        if isinstance(place, slice):
            return [self._make(k) for k in range(*place.indices(self._count))]
        if not 0 <= place < self._count:
            raise IndexError(place)
        return self._make(place)


def found(root: Part, path: Path) -> Part | None:
    """The part that a path leads to, if there is one."""
    part = root
    for place in path:
        if not 0 <= place < len(part.parts):
            return None
        part = part.parts[place]
    return part


def texts(*texts: str) -> tuple[Part, ...]:
    """A part for each text that is not empty."""
    return tuple(Part(text) for text in texts if text)


def table_row(
    name: str, cells: Sequence[tuple[str, str]], box: QRectF | None = None
) -> Part:
    """A row of a table: a title and a text for each cell; empty ones are left out."""
    shown = [(title, text) for title, text in cells if text]
    value = AND.join(f"{title} {text}".strip() for title, text in shown)
    parts = tuple(Part(title, text, Role.Cell) for title, text in shown)
    return Part(name, value, Role.Row, box, parts)


def box_of(rect: QRect) -> QRectF:
    """A rectangle of whole pixels as a part's."""
    return QRectF(rect)
