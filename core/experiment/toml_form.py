"""Experiments in and out of TOML text."""

import dataclasses
import difflib
import re
from typing import Final

import tomli_w

from core.experiment import rules
from core.experiment.model import Experiment
from core.values.errors import ExperimentError
from core.values.plain_text import shown
from core.values.toml_text import TomlError, tables_of
from core.values.words import tr

_TOLD: Final = re.compile(r"unknown (?:key|table) '([^']*)'|(\w+(?:\.\w+)?): ")
LEAD: Final = "preset"
"""The table in which a preset says what the window shows of it."""
_TABLES: Final = ", ".join(rules.SECTIONS)


def loads(text: str) -> Experiment:
    """Read an experiment; missing keys keep their defaults.

    Raises:
        ExperimentError: not TOML, unknown key, wrong type or invalid value.
    """
    try:
        tables = tables_of(text)
    except TomlError as error:
        msg = tr("not a TOML file: {error}", error=error)
        raise ExperimentError(msg) from None
    try:
        return from_tables(tables)
    except ExperimentError as error:
        line = line_of(str(error), text)
        if line is None:
            raise
        msg = f"line {line}: {error}"
        raise ExperimentError(msg) from None


def from_tables(tables: dict[str, object]) -> Experiment:
    """Build an experiment from parsed TOML tables (see `loads`).

    What a preset says beside its experiment is left.
    """
    values: dict[str, object] = {}
    for section, table in tables.items():
        if section == LEAD:
            continue
        if section in rules.SECTIONS and not isinstance(table, dict):
            msg = tr(
                "{section}: is {table}, and no table; write [{section}] on a line, and "
                "its keys below it",
                section=section,
                table=shown(table),
            )
            raise ExperimentError(msg)
        if section not in rules.SECTIONS or not isinstance(table, dict):
            like = difflib.get_close_matches(section, rules.SECTIONS, n=1)
            meant = f"; did you mean {like[0]}?" if like else ""
            msg = tr(
                "unknown table {section!r}{meant} (choose from {tables})",
                section=section,
                meant=meant,
                tables=_TABLES,
            )
            raise ExperimentError(msg)
        values.update({f"{section}.{name}": value for name, value in table.items()})
    return Experiment().with_values(values)


def line_of(message: str, text: str) -> int | None:
    """The line of the table or key that a message is about; None where it is not found.

    Args:
        message: of the error, which begins with the key, or with what is unknown.
        text: of the file.
    """
    told = _TOLD.match(message)
    if told is None:
        return None
    section, _, name = (told[1] or told[2]).partition(".")
    return _found_line(section, name, text)


def _found_line(section: str, name: str, text: str) -> int | None:
    inside = ""
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*(.+?)\s*\]", line)
        key = re.match(r"\s*([^=#]+?)\s*=", line)
        if header is not None:
            inside = header[1].replace('"', "").replace("'", "")
            if not name and inside == section:
                return number
        elif key is not None:
            bare = re.sub(r"[\s\"']", "", key[1])
            full = f"{inside}.{bare}" if inside else bare
            if full == (f"{section}.{name}" if name else section):
                return number
    return None


def dumps(experiment: Experiment) -> str:
    """Write every key, so that the file does not depend on later defaults."""
    tables = {
        section: {
            name: value
            for name, value in table.items()
            if value is not None and value != ""
        }
        for section, table in dataclasses.asdict(experiment).items()
    }
    return tomli_w.dumps(tables)
