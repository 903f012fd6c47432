"""What is wrong in a lesson, with the file and the line."""

from pathlib import Path
from typing import NamedTuple, NoReturn

from core.values.errors import GlassboxError


class LessonError(GlassboxError):
    """A lesson cannot be read; the message begins with the file and the line."""


class ExpressionError(GlassboxError):
    """An expression of a lesson is invalid; the message does not say where it is."""


class Place(NamedTuple):
    """A line of a file, counted from 1."""

    file: Path
    line: int

    def down(self, lines: int) -> "Place":
        """So many lines below."""
        return Place(self.file, self.line + lines)

    def refuse(self, text: str) -> NoReturn:
        """Raise the error for this line."""
        msg = f"{self.file}:{self.line}: {text}"
        raise LessonError(msg)
