"""The texts of a lesson with the values of now put in."""

import math
import re
from html import escape
from typing import Final

from core.lessons.expressions.evaluate import LiveValues, as_read, evaluate
from core.lessons.expressions.names import BY_HAND, NAMES, Form, Name
from core.lessons.expressions.nodes import (
    Apply,
    At,
    Counted,
    Expression,
    Negated,
    Read,
    reads_now,
)
from core.lessons.model import LiveText
from core.lessons.reading.live_text import NO_BREAK
from core.values.words import tr
from gui.style.number_format import (
    NO_VALUE,
    count,
    epoch_number,
    grouped,
    loss_text,
    numbers_in_html,
    percent,
    plain,
    short,
)

_SMALL: Final = 0.01
TO_COME: Final = "…"
"""In place of a value while the scene is being set: a dash would be read as one."""
_NOW: Final = re.compile(r"\bnow\b")
STRONG: Final = "<span style='font-weight:600'>"
STRONG_END: Final = "</span>"
CHOSEN: Final = ("rate", "setting")
"""Values that somebody chose are printed as they were typed."""


def told_of_then(text: LiveText, values: LiveValues | None) -> str:
    """A text whose values were kept from an earlier moment, and that says so.

    Where it says "now" it says "then"; where it does not, it says at which step.
    """
    if not text.values:
        return filled(text, values)
    parts = tuple(_NOW.sub(tr("then"), part) for part in text.parts)
    html = filled(LiveText(parts, text.values), values)
    names = {read.name for value in text.values for read in reads_now(value)}
    has_moment = parts != text.parts or "step" in names
    step = None if values is None else values.read("step", ())
    if has_moment or step is None:
        return html
    return tr("{text} (at step {step})", text=html, step=count(round(step)))


def is_to_come(text: LiveText, values: LiveValues | None) -> bool:
    """Whether a number of a text is still being computed.

    What the reader is to select or to train, and an earlier step that nobody saw, are
    not: those are a dash.
    """
    if values is None:
        return bool(text.values)
    known = as_read(values, text.values)
    reads = {read for value in text.values for read in reads_now(value)}
    return any(
        read.name not in BY_HAND and known.read(read.name, read.arguments) is None
        for read in reads
    )


def filled(text: LiveText, values: LiveValues | None) -> str:
    """HTML; what is not known now is a dash, and what is to come three dots."""
    authored = [numbers_in_html(part) for part in text.parts]
    parts = [authored[0]]
    values = None if values is None else as_read(values, text.values)
    for expression, part in zip(text.values, authored[1:], strict=True):
        found = None if values is None else evaluate(expression, values)
        missing = TO_COME if values is None else NO_VALUE
        parts += [escape(printed(expression, found, missing)), part]
    html = "".join(parts)
    # Of the bundled font there is no bolder one: Qt would thicken it by itself.
    return html.replace("<strong>", STRONG).replace("</strong>", STRONG_END)


def strong(html: str) -> str:
    """In the weight of what is read first."""
    return f"{STRONG}{html}{STRONG_END}"


def printed(
    expression: Expression, value: float | bool | None, missing: str = NO_VALUE
) -> str:
    """A value as the window prints such values."""
    if isinstance(expression, Counted):
        is_one = value is not None and value == 1
        word = expression.one if is_one else expression.many
        return f"{printed(expression.inner, value, missing)}{NO_BREAK}{word}"
    if value is None:
        return missing
    if not math.isfinite(value):
        return plain(value)
    form, name = _form(expression)
    if form == "count":
        return count(round(value))
    if form == "share":
        return percent(value, 1).replace(" ", NO_BREAK)
    if form == "loss":
        return loss_text(value)
    if name in CHOSEN:
        return grouped(value)
    if name == "epoch":
        return epoch_number(value)
    # Four decimals of a small difference would leave one digit to divide by.
    return short(value) if 0 < abs(value) < _SMALL else plain(value)


def _form(expression: Expression) -> tuple[Form, str]:
    if isinstance(expression, At | Negated):
        return _form(expression.inner)
    if isinstance(expression, Apply):
        # The smallest of several accuracies is one of them.
        return _form(expression.arguments[0])
    if isinstance(expression, Read) and expression.name == "member":
        # As the same measure of the run itself.
        measure = str(expression.arguments[1])
        return NAMES.get(measure, Name(form="loss")).form, measure
    if isinstance(expression, Read):
        return NAMES[expression.name].form, expression.name
    return "number", ""
