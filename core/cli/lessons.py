"""`glassbox lessons`: the lessons that there are, or a check of one."""

import argparse
from collections.abc import Iterable

from core.cli.error_boundary import OK
from core.cli.output import STANDARD_OUTPUT, write_json, write_line
from core.lessons.library import Entry, all_lessons, by_course
from core.lessons.reading.lesson_file import read_lesson
from core.values.counts import counted
from core.values.words import tr


def run(args: argparse.Namespace) -> int:
    """List the lessons, or check the one in a folder; returns the exit code."""
    if args.check is not None:
        lesson = read_lesson(args.check)
        write_line(
            tr(
                "{lesson}: {title_lesson}, {steps}",
                lesson=lesson.key,
                title_lesson=lesson.title,
                steps=counted(len(lesson.steps), "step"),
            )
        )
        return OK
    entries = all_lessons()
    if args.json is not None:
        write_json(args.json, {"lessons": [_report(entry) for entry in entries]})
    if args.json != STANDARD_OUTPUT:
        for line in _lines(entries):
            write_line(line)
    return OK


def _report(entry: Entry) -> dict[str, object]:
    lesson = entry.lesson
    return {
        "key": entry.key,
        "title": entry.title,
        "course": next(iter(entry.courses)),
        "courses": entry.courses,
        "minutes": None if lesson is None else lesson.minutes,
        "steps": None if lesson is None else len(lesson.steps),
        "own": entry.is_own,
        "problem": entry.problem or None,
    }


def _lines(entries: Iterable[Entry]) -> Iterable[str]:
    rows = [("KEY", "MINUTES", "TITLE")]
    groups = by_course(entries)
    for course, members in groups.items():
        rows.append((f"\n{course}", "", ""))
        rows += [(e.key, _minutes(e), e.problem or e.title) for e in members]
    widths = [max(len(row[k]) for row in rows if row[2]) for k in (0, 1)]
    for key, minutes, title in rows:
        if not title:
            yield ""
            yield key.strip()
        else:
            cells = (key.ljust(widths[0]), minutes.rjust(widths[1]), title)
            yield "  ".join(cells)


def _minutes(entry: Entry) -> str:
    return "" if entry.lesson is None else str(entry.lesson.minutes)
