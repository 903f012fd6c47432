"""Texts of formulas have true minus signs, wherever they are shown."""

import dataclasses
import re
from collections.abc import Iterator, Mapping

import pytest

from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.schedules import SCHEDULES
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES
from tests.translations.marked import marked_texts

HYPHEN_AS_MINUS = re.compile(r"(?<![^\W\d_])-(?=\s|\d|[a-zA-Zρ]\b)|(?<=\s)-(?=\S)")
NO_MINUS = re.compile(r"--[\w-]+|\+ - \*")
"""Options, and the signs that may be typed."""
TYPED = frozenset(
    {
        "core/experiment/rules.py",
        "gui/__main__.py",
        "gui/launch/command_line.py",
        "gui/launch/display.py",
    }
)
"""Texts that tell what to type, and those of the command line."""


def texts_of(record: object) -> Iterator[tuple[str, str]]:
    """The texts of a description that people read, with those of its states."""
    assert dataclasses.is_dataclass(record)
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if (
            isinstance(value, str)
            and field.name != "name"
            and "latex" not in field.name
        ):
            yield field.name, value
        for state in value if isinstance(value, tuple) else ():
            if dataclasses.is_dataclass(state):
                yield from texts_of(state)


@pytest.mark.parametrize(
    "table", [OPTIMIZERS, SCHEDULES, ACTIVATIONS, LOSSES], ids=lambda t: next(iter(t))
)
def test_no_formula_has_a_hyphen_as_its_minus(table: Mapping[str, object]) -> None:
    found = [
        f"{key}.{name}: {text}"
        for key, record in table.items()
        for name, text in texts_of(record)
        if HYPHEN_AS_MINUS.search(text)
    ]
    assert not found, "\n".join(found)


def test_no_text_of_the_window_has_a_hyphen_as_its_minus() -> None:
    found = [
        f"{text.file}:{text.line}: {text.source}"
        for text in marked_texts()
        if HYPHEN_AS_MINUS.search(NO_MINUS.sub("", text.source))
        and not text.file.startswith("core/cli/")
        and text.file not in TYPED
    ]
    assert not found, "\n".join(found)
