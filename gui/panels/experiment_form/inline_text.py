"""Examples that are written in the experiment, as lines of text: pure functions.

A line is an example: its inputs, an arrow, and its target or the name of its class,
such as "0.5, 0.51 -> 0.1" or "0, 1 -> class yes".
"""

import re
from collections.abc import Mapping
from typing import Final

from core.experiment.inline import InlineExamples
from core.experiment.rows import Row
from core.values.words import tr
from gui.style.notation import USUAL as WITH_POINT
from gui.style.number_format import editable_with_point, true_minus
from gui.style.number_input import NumberTextError, parse_number

ARROW: Final = "\N{RIGHTWARDS ARROW}"
_ARROWS: Final = re.compile(r"->|=>|\N{RIGHTWARDS ARROW}")
_CLASS: Final = tr("class ")
_SEPARATORS: Final = re.compile(r"[;\s]+|,(?=\s|$)")
_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")


class UnreadableLineError(ValueError):
    """Tells which line is not an example, and why."""


def text_of(examples: InlineExamples) -> str:
    """The training examples, one per line."""
    names = examples.names
    if examples.targets is not None:
        answers = [_row_text(row) for row in examples.targets]
    else:
        answers = [f"{_CLASS}{names[label]}" for label in examples.labels or ()]
    pairs = zip(examples.inputs, answers, strict=True)
    return "\n".join(f"{_row_text(row)} {ARROW} {answer}" for row, answer in pairs)


def values_of_text(text: str, before: InlineExamples) -> Mapping[str, object]:
    """The keys of the experiment that the text changes.

    Test examples stay where they still fit the others. Classes keep their order,
    new ones follow, and those without an example go unless a test example has one.

    Raises:
        UnreadableLineError: a line is not an example.
    """
    lines = [(k, line) for k, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        msg = tr(
            "no examples; write one per line, such as 0.5, 0.51 {arrow} 0.1",
            arrow=ARROW,
        )
        raise UnreadableLineError(msg)
    inputs, answers = zip(*(_parts(k, line) for k, line in lines), strict=True)
    values: dict[str, object] = {"data.inputs": inputs}
    named = [answer for answer in answers if isinstance(answer, str)]
    if named and len(named) < len(answers):
        msg = tr(
            "some lines end with a class and some with numbers; use only one of the two"
        )
        raise UnreadableLineError(msg)
    if named:
        names = _class_names(named, before)
        labels = [names.index(name) for name in named]
        values |= {"data.targets": None, "data.labels": labels}
        values["data.class_names"] = names
    else:
        values |= {"data.targets": answers, "data.labels": None}
        values["data.class_names"] = None
    if not _test_examples_fit(values, before):
        for key in ("inputs", "targets", "labels"):
            values[f"data.test_{key}"] = None
    return values


def _class_names(named: list[str], before: InlineExamples) -> list[str]:
    names = list(dict.fromkeys((*before.names, *named)))
    used = [name for name in names if name in named]
    # The labels of test examples count from the first name.
    return names if before.test_labels is not None or len(used) < 2 else used


def _row_text(row: Row) -> str:
    return ", ".join(
        editable_with_point(value) if _is_short(value) else true_minus(repr(value))
        for value in row
    )


def _is_short(value: float) -> bool:
    return float(f"{value:.9g}") == value


def _parts(number: int, line: str) -> tuple[Row, Row | str]:
    pieces = _ARROWS.split(line)
    if len(pieces) != 2:
        msg = tr(
            "line {number}: an example has one arrow, such as 0.5, 0.51 {arrow} 0.1",
            number=number,
            arrow=ARROW,
        )
        raise UnreadableLineError(msg)
    left, right = pieces[0].strip(), pieces[1].strip()
    if right.startswith(_CLASS) and right[len(_CLASS) :].strip():
        return _row(number, left), right[len(_CLASS) :].strip()
    return _row(number, left), _row(number, right)


def _row(number: int, text: str) -> Row:
    try:
        row = tuple(v for word in _SEPARATORS.split(text) for v in _values(word))
    except NumberTextError as error:
        msg = tr(
            "line {number}: {error}; after the arrow also a class: {value}yes",
            number=number,
            error=error,
            value=_CLASS,
        )
        raise UnreadableLineError(msg) from None
    if not row:
        msg = tr(
            "line {number}: there are no numbers on one side of the arrow",
            number=number,
        )
        raise UnreadableLineError(msg)
    return row


def _values(word: str) -> Row:
    """The numbers of a word: one, or several that commas alone keep apart."""
    parts = word.split(",")
    if len(parts) > 1 and all("." in part for part in parts):
        return tuple(
            parse_number(part, notation=WITH_POINT, among_others=True) for part in parts
        )
    try:
        return (
            (parse_number(word, notation=WITH_POINT, among_others=True),)
            if word
            else ()
        )
    except NumberTextError as error:
        if len(parts) == 1 or not all(parts):
            raise
        ways = [
            tr(
                "{parts} for {n_parts} numbers",
                parts=", ".join(parts),
                n_parts=len(parts),
            )
        ]
        if _THOUSANDS.fullmatch(word):
            ways.insert(0, word.replace(",", ""))
        elif len(parts) == 2:
            ways.insert(0, word.replace(",", "."))
        msg = tr("{error}: write {ways}", error=error, ways=tr(", or ").join(ways))
        raise NumberTextError(msg) from None


def _test_examples_fit(values: Mapping[str, object], before: InlineExamples) -> bool:
    if before.test_inputs is None:
        return True
    inputs, targets = values["data.inputs"], values["data.targets"]
    if (targets is None) != (before.targets is None):
        return False
    assert isinstance(inputs, tuple)
    return len(inputs[0]) == len(before.inputs[0])
