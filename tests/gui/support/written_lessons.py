"""Lessons that a test writes for itself."""

from pathlib import Path

from core.lessons.model import Lesson
from core.lessons.reading.lesson_file import read_lesson


def written(folder: Path, text: str) -> Lesson:
    """Write a lesson into a new folder, and read it."""
    folder.mkdir()
    (folder / "lesson.md").write_text(text, encoding="utf-8")
    return read_lesson(folder)
