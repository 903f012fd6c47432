"""The language of all texts that people read.

A text stands in the code in English, in a call that marks it: `tr`, or `plural` where
it counts something. What is said comes back as a plain string, so that messages of
errors, labels and pictures need not know of languages. Without `speak` it is English.
"""

import string
from collections.abc import Callable
from functools import lru_cache
from typing import Final, SupportsFloat

Translate = Callable[[str, int | None], str | None]
"""Gives a text in the language: for its English (of a plural, the form for many) and
the count that it depends on; None where the language has none."""

_FORMATTER: Final = string.Formatter()
_BROKEN: Final = 2
"""The whole number whose form a broken number takes; languages differ little there."""


class _Language:
    """Mutable: what is spoken from now on."""

    def __init__(self) -> None:
        self.translate: Translate | None = None
        self.known: dict[str, str] = {}


_LANGUAGE: Final = _Language()


def speak(translate: Translate | None) -> None:
    """Say all later texts in a language; None for English.

    Constants of modules are texts too: call it before what holds them is imported.
    """
    _LANGUAGE.translate = translate
    _LANGUAGE.known = {}


def tr(source: str, /, **arguments: object) -> str:
    """A text in the language of the user.

    Args:
        source: in English, as a literal: it is collected by reading the code. With
            arguments a format string, whose fields are their names.
        arguments: what is put in.
    """
    if _LANGUAGE.translate is not None:
        source = _LANGUAGE.known.get(source) or _translated(source)
    return source.format(**arguments) if arguments else source


def plural(number: SupportsFloat, one: str, many: str, /, **arguments: object) -> str:
    """A text about a number of things, in the form that the language has for it.

    Args:
        number: which the form depends on; to be printed, it is an argument too.
        one: in English for exactly one, as a literal.
        many: for all other numbers; translations are found by it.
        arguments: what is put in.
    """
    size = float(number)
    text = one if size == 1 else many
    if _LANGUAGE.translate is not None:
        whole = int(size) if size.is_integer() else _BROKEN
        found = _LANGUAGE.translate(many, whole)
        text = found if found and _fits(many, found) else text
    return text.format(**arguments) if arguments else text


def _translated(source: str) -> str:
    assert _LANGUAGE.translate is not None
    found = _LANGUAGE.translate(source, None)
    text = found if found and _fits(source, found) else source
    _LANGUAGE.known[source] = text
    return text


@lru_cache(maxsize=4096)
def _fits(source: str, found: str) -> bool:
    """Whether a translation has the fields of its source, and no others.

    A file of translations is data: it must neither end the program nor reach into what
    is put in.
    """
    if "{" not in source and "{" not in found:
        return True
    try:
        return fields_of(found) == fields_of(source)
    except ValueError:
        return False


def fields_of(text: str) -> frozenset[str]:
    """The names of a format string's fields, with what is read of them.

    Raises:
        ValueError: it is no format string.
    """
    found = set()
    for _, field, spec, _ in _FORMATTER.parse(text):
        if field is not None:
            found.add(field)
            found |= fields_of(spec or "")
    return frozenset(found)
