"""How far the reader has come in each lesson, in the user's state folder."""

import json
import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from core.platform import atomic
from core.platform.ordinary_files import read_bytes
from core.platform.user_folders import state_folder
from core.values.errors import FileError

logger = logging.getLogger(__name__)

FILE_NAME: Final = "lessons.json"
MOST_BYTES: Final = 2**20


@dataclass(slots=True)
class LessonProgress:
    """Mutable: of one lesson.

    Attributes:
        step: where the reader is, counted from 0.
        furthest: the last step that was reached.
        is_done: whether the last step was left by "Done".
        answers: the answer chosen in each step, or the typed number.
    """

    step: int = 0
    furthest: int = 0
    is_done: bool = False
    answers: dict[int, float] = field(default_factory=dict)


class Progress:
    """Mutable: of all lessons; a file that cannot be written is told of once."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = state_folder() / FILE_NAME if path is None else path
        self._lessons = _read(self._path)
        self._has_failed = False

    def of(self, key: str) -> LessonProgress:
        """Of the lesson with this key; changes are kept by `save`."""
        return self._lessons.setdefault(key, LessonProgress())

    def known(self, key: str) -> LessonProgress | None:
        """Of a lesson that was begun, else None."""
        return self._lessons.get(key)

    def save(self) -> None:
        """Write it, whole or not at all."""
        report = {
            key: {
                "step": found.step,
                "furthest": found.furthest,
                "done": found.is_done,
                "answers": {str(k): v for k, v in found.answers.items()},
            }
            for key, found in self._lessons.items()
        }
        text = json.dumps({"version": 1, "lessons": report}, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(self._path, text.encode())
        except (OSError, FileError) as error:
            if not self._has_failed:
                logger.warning("the progress of lessons is not kept: %s", error)
            self._has_failed = True


def _read(path: Path) -> dict[str, LessonProgress]:
    try:
        report = json.loads(read_bytes(path, MOST_BYTES))
        lessons = report["lessons"].items()
        return {str(key): _progress(found) for key, found in lessons}
    except FileNotFoundError:
        return {}
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OverflowError,
    ):
        logger.warning("%s: not the progress of lessons; it begins anew", path)
        return {}


def _progress(found: dict[str, object]) -> LessonProgress:
    answers = found["answers"]
    if not isinstance(answers, dict):
        raise TypeError
    return LessonProgress(
        _count(found["step"]),
        _count(found["furthest"]),
        found["done"] is True,
        {int(k): float(v) for k, v in answers.items()},
    )


def _count(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError
    return value
