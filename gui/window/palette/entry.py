"""What the command palette finds: frozen values, made anew each time it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from core.values.words import tr


class Group(Enum):
    """The groups of rows, in their order; the value is their heading."""

    SET = tr("Set")
    LOOK = tr("Look at")
    DO = tr("Do")


class Option(NamedTuple):
    """A value that something may have, and what it is called."""

    value: object
    title: str


@dataclass(frozen=True, slots=True)
class Change:
    """How the value of a row is changed in the row.

    Attributes:
        text: the value in force, as a field shows it.
        put: puts another value in force; returns why it cannot be had, or "".
        options: what it may be; none where it is typed.
    """

    text: str
    put: Callable[[object], str]
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One row.

    Attributes:
        key: what it is, the same each time.
        title: what is found first.
        remark: beside the title; searched, too.
        icon: a file in assets/icons.
        run: does it; None for what is only changed.
        change: how its value is changed, if it has one.
        keys: that do the same.
        problem: why it cannot be done or changed now, or empty.
        meaning: a sentence that is searched, too, and shown where it was found.
        also: further words by which it is found.
        quoted: the end of the title that names another thing: who types that thing's
            name means it, not this.
    """

    key: str
    group: Group
    title: str
    remark: str = ""
    icon: str = ""
    run: Callable[[], object] | None = None
    change: Change | None = None
    keys: str = ""
    problem: str = ""
    meaning: str = ""
    also: str = ""
    quoted: str = ""
