"""A folder with a lesson, read and checked; every error names file and line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from markdown_it.token import Token

from core.experiment.presets import decoded
from core.lessons.errors import LessonError, Place
from core.lessons.folders import FENCE, FILE_NAME
from core.lessons.model import Lesson, LessonStep, Question, Scene, Show, Turn
from core.lessons.reading import blocks
from core.lessons.reading.fields import Fields, fields_of
from core.lessons.reading.live_text import Gaps, markdown, rendered
from core.lessons.reading.scene_block import merged, scene_of
from core.platform.ordinary_files import read_bytes
from core.values.plain_text import shown
from core.values.words import tr

BLOCKS: Final = ("scene", "question", "turn", "show")
MOST_BYTES: Final = 2**20
_KEY: Final = re.compile(r"[a-z0-9][a-z0-9-]*$")


@dataclass(slots=True)
class _Part:
    """What stands under one heading."""

    title: str
    line: int
    prose: list[Token] = field(default_factory=list)
    fences: list[Token] = field(default_factory=list)


def read_lesson(folder: Path) -> Lesson:
    """Read the lesson in a folder.

    Raises:
        LessonError: names the file and the line.
    """
    return read_lesson_text(folder / FILE_NAME)


def read_lesson_text(file: Path) -> Lesson:
    """Read a lesson by its text, whatever that is called.

    The key of a lesson is the name of its folder, or of a text that is not lesson.md.

    Raises:
        LessonError: names the file and the line.
    """
    folder = file.parent
    lines = _text_of(file).splitlines()
    front, body_at = _front_matter(lines, file)
    is_plain = file.name != FILE_NAME
    key = file.stem if is_plain else folder.resolve().name
    if not _KEY.match(key):
        what = tr("file") if is_plain else tr("folder")
        text = tr(
            "the name {key!r} of the {what} is the lesson's key: a to z, 0 to 9 and "
            "hyphens",
            key=key,
            what=what,
        )
        Place(file, 1).refuse(text)
    title, minutes = front.text("title"), front.whole("minutes")
    courses = _courses(front)
    defaults = front.table("scene")
    front.finish()
    steps = tuple(_steps(lines[body_at:], Place(file, body_at + 1), front, defaults))
    if not steps:
        Place(file, len(lines)).refuse(
            tr("a lesson has at least one step: `## Heading`")
        )
    if steps[0].scene is None:
        Place(file, steps[0].line).refuse(tr("the first step has no scene"))
    return Lesson(key, folder, title, courses, minutes, steps)


def _text_of(file: Path) -> str:
    try:
        return decoded(read_bytes(file, MOST_BYTES))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Place(file, line).refuse(tr("not a text in UTF-8"))
    except OSError as error:
        msg = f"{file}: {error.strerror or error}"
        raise LessonError(msg) from None


def _front_matter(lines: Sequence[str], file: Path) -> tuple[Fields, int]:
    """The front matter, and the place of the line after it, counted from 0."""
    if not lines or lines[0].strip() != FENCE:
        Place(file, 1).refuse(tr("a lesson begins with a line {fence}", fence=FENCE))
    ends = (k for k, line in enumerate(lines) if k and line.strip() == FENCE)
    end = next(ends, None)
    if end is None:
        return Place(file, 1).refuse(
            tr("the front matter has no second line {fence}", fence=FENCE)
        )
    text = "\n".join(lines[1:end])
    return fields_of(text, Place(file, 2)), end + 1


def _courses(front: Fields) -> dict[str, int]:
    courses = front.table("courses")
    for name, place in courses.items():
        if not isinstance(place, int) or isinstance(place, bool):
            text = tr(
                "courses: {shown} is not the lesson's place in {name!r}",
                shown=shown(place),
                name=name,
            )
            front.place_of(name).refuse(text)
    return {name: place for name, place in courses.items() if isinstance(place, int)}


def _steps(
    lines: Sequence[str], place: Place, front: Fields, defaults: dict[str, object]
) -> Iterator[LessonStep]:
    gaps = Gaps()
    tokens = markdown().parse(gaps.outside_blocks(lines, place))
    for part in _parts(tokens, place):
        yield _step(part, place, gaps, front, defaults)


def _parts(tokens: Sequence[Token], place: Place) -> Iterator[_Part]:
    part: _Part | None = None
    waiting = iter(tokens)
    for token in waiting:
        line = place.down(token.map[0] if token.map else 0)
        if token.type == "heading_open":
            if token.tag != "h2":
                line.refuse(tr("a heading of a step has two signs: `## Heading`"))
            if part is not None:
                yield part
            part = _Part(next(waiting).content, line.line)
            next(waiting)
        elif part is None:
            line.refuse(tr("text before the first heading `## …`"))
        elif token.type == "fence":
            part.fences.append(token)
        else:
            part.prose.append(token)
    if part is not None:
        yield part


def _step(
    part: _Part, place: Place, gaps: Gaps, front: Fields, defaults: dict[str, object]
) -> LessonStep:
    step = LessonStep(part.title, part.line, rendered(part.prose, gaps))
    scene: Scene | None = None
    question: Question | None = None
    show: Show | None = None
    turns: list[Turn] = []
    for token in part.fences:
        assert token.map is not None
        kind, at = token.info.strip(), place.down(token.map[0])
        fields = fields_of(gaps.put_back(token.content), at.down(1))
        if kind == "turn":
            turns.append(blocks.turn_of(fields))
        elif kind == "scene" and scene is None:
            scene = _scene(fields, gaps.put_back(token.content), front, defaults)
        elif kind == "question" and question is None:
            question = blocks.question_of(fields)
        elif kind == "show" and show is None:
            show = blocks.show_of(fields)
        elif kind in BLOCKS:
            at.refuse(tr("a step has one {kind} at the most", kind=kind))
        else:
            at.refuse(
                tr(
                    "unknown block {kind!r} (choose from {blocks})",
                    kind=kind,
                    blocks=", ".join(BLOCKS),
                )
            )
    return replace(
        step, scene=scene, question=question, turns=tuple(turns), show=show or Show()
    )


def _scene(
    own: Fields, content: str, front: Fields, defaults: dict[str, object]
) -> Scene:
    table = merged(defaults, own.all())
    return scene_of(Fields(table, content, own.place, front), own.place.file.parent)
