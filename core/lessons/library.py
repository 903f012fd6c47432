"""All lessons: those that ship with Glassbox, and the user's own beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.lessons.errors import LessonError
from core.lessons.folders import lessons_in, own_folder, shipped_folder
from core.lessons.model import Lesson
from core.lessons.reading.lesson_file import read_lesson
from core.values.words import tr

OWN: Final = "Your own lessons"
"""The course of lessons that name none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson in the list, whether or not it can be read.

    Attributes:
        lesson: None where it cannot.
        problem: why not, else empty.
        is_own: whether it is in the user's folder.
    """

    key: str
    lesson: Lesson | None = None
    problem: str = ""
    is_own: bool = False

    @property
    def title(self) -> str:
        return self.key if self.lesson is None else self.lesson.title

    @property
    def courses(self) -> dict[str, int]:
        """Where it stands in which course."""
        if self.lesson is None or not self.lesson.courses:
            return {OWN: 0}
        return dict(self.lesson.courses)


def all_lessons() -> tuple[Entry, ...]:
    """Every lesson by its key; one of the user's hides ours of the same key."""
    ours = _entries(shipped_folder(), is_own=False)
    folder = own_folder()
    own = () if folder is None else _entries(folder, is_own=True)
    found = {entry.key: entry for entry in (*ours, *own)}
    return tuple(found[key] for key in sorted(found))


def lesson_of(key: str) -> Lesson:
    """The lesson of a key.

    Raises:
        LessonError: there is none, or it cannot be read.
    """
    entries = {entry.key: entry for entry in all_lessons()}
    entry = entries.get(key)
    if entry is None:
        msg = tr(
            "unknown lesson {key!r} (choose from {entries})",
            key=key,
            entries=", ".join(entries),
        )
        raise LessonError(msg)
    if entry.lesson is None:
        raise LessonError(entry.problem)
    return entry.lesson


def by_course(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """The lessons of each course in their order; the longest course first."""
    places: dict[str, list[tuple[int, str, Entry]]] = {}
    for entry in entries:
        for course, place in entry.courses.items():
            places.setdefault(course, []).append((place, entry.key, entry))
    order = sorted(places, key=lambda course: (course == OWN, -len(places[course])))
    ordered = ((c, sorted(places[c], key=lambda row: row[:2])) for c in order)
    return {course: tuple(row[2] for row in rows) for course, rows in ordered}


def _entries(folder: Path, *, is_own: bool) -> tuple[Entry, ...]:
    return tuple(_entry(place, is_own=is_own) for place in lessons_in(folder))


def _entry(folder: Path, *, is_own: bool) -> Entry:
    try:
        return Entry(folder.name, read_lesson(folder), is_own=is_own)
    except LessonError as error:
        return Entry(folder.name, problem=str(error), is_own=is_own)
