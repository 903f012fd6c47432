"""The fenced blocks of a step: question, turn and show."""

import difflib
from typing import Final

from core.lessons.actions import parse_action
from core.lessons.expressions.parse import parse_condition, parse_value
from core.lessons.model import Answer, LiveText, Question, Show, Turn
from core.lessons.places import CONTROLS, FIELD
from core.lessons.reading.fields import Fields
from core.lessons.reading.live_text import line_of_text
from core.values.words import tr

MOST_ANSWERS: Final = 4


def question_of(fields: Fields) -> Question:
    """Read a question.

    Raises:
        LessonError: names the line.
    """
    ask = _live(fields, "ask")
    question = _typed(fields, ask) if fields.has("number") else _chosen(fields, ask)
    fields.finish()
    return question


def _typed(fields: Fields, ask: LiveText) -> Question:
    text = _number_text(fields)
    number = fields.read("number", lambda: parse_value(text))
    within = fields.number("within")
    reveal = _live(fields, "reveal")
    return Question(ask, number=number, within=within, reveal=reveal)


def _number_text(fields: Fields) -> str:
    raw = fields.raw("number")
    is_number = isinstance(raw, int | float) and not isinstance(raw, bool)
    if not is_number:
        return fields.text("number")
    return repr(fields.number("number")).replace("-", "0 - ", 1)


def _chosen(fields: Fields, ask: LiveText) -> Question:
    texts, reveals = fields.texts("answers"), fields.texts("reveal")
    if not 2 <= len(texts) <= MOST_ANSWERS:
        place = fields.place_of("answers")
        place.refuse(
            tr(
                "answers: expected 2 to {most_answers}, or a number to be typed",
                most_answers=MOST_ANSWERS,
            )
        )
    if len(reveals) != len(texts):
        text = tr(
            "reveal: {reveals} for {texts} answers; each has its own",
            reveals=len(reveals),
            texts=len(texts),
        )
        fields.place_of("reveal").refuse(text)
    right = fields.whole("right")
    if not 1 <= right <= len(texts):
        text = tr("right: {right} is no answer; they are counted from 1", right=right)
        fields.place_of("right").refuse(text)
    place = fields.place_of("answers")
    answers = tuple(
        Answer(line_of_text(a, place), line_of_text(r, fields.place_of("reveal")))
        for a, r in zip(texts, reveals, strict=True)
    )
    return Question(ask, answers, right - 1, reveal=answers[right - 1].reveal)


def turn_of(fields: Fields) -> Turn:
    """Read a task.

    Raises:
        LessonError: names the line.
    """
    task = _live(fields, "task")
    until = fields.read("until", lambda: parse_condition(fields.text("until")))
    hint = _live(fields, "hint", "")
    turn = Turn(task, until, hint, _controls(fields))
    fields.finish()
    return turn


def show_of(fields: Fields) -> Show:
    """Read what "Show me" points at.

    Raises:
        LessonError: names the line.
    """
    controls = _controls(fields)
    actions = tuple(
        fields.read("do", lambda text=text: parse_action(text))  # type: ignore[misc]
        for text in fields.texts("do")
    )
    fields.finish()
    return Show(controls, actions)


def _controls(fields: Fields) -> tuple[str, ...]:
    controls = fields.texts("controls")
    for control in controls:
        if control not in CONTROLS and not control.startswith(FIELD):
            like = difflib.get_close_matches(control, CONTROLS, n=1)
            meant = tr("; did you mean {like!r}?", like=like[0]) if like else ""
            choice = ", ".join(CONTROLS)
            text = tr(
                "unknown control {control!r}{meant} (choose from {choice})",
                control=control,
                meant=meant,
                choice=choice,
            )
            fields.place_of("controls").refuse(text)
    return controls


def _live(fields: Fields, key: str, default: str | None = None) -> LiveText:
    return line_of_text(fields.text(key, default), fields.place_of(key))
