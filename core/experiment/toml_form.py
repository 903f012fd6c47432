"""Experiments in and out of TOML text."""

import dataclasses
import tomllib

import tomli_w

from core.experiment import rules
from core.experiment.model import Experiment
from core.values.errors import ExperimentError


def loads(text: str) -> Experiment:
    """Read an experiment; missing keys keep their defaults.

    Raises:
        ExperimentError: not TOML, unknown key, wrong type or invalid value.
    """
    try:
        tables = tomllib.loads(text)
    except RecursionError:
        msg = "not an experiment: lists stand in lists too deeply to be read"
        raise ExperimentError(msg) from None
    except ValueError as error:
        # TOMLDecodeError, and what Python says of a number of over 4,300 digits.
        msg = f"not a TOML file: {error}"
        raise ExperimentError(msg) from None
    return from_tables(tables)


def from_tables(tables: dict[str, object]) -> Experiment:
    """Build an experiment from parsed TOML tables (see `loads`)."""
    values: dict[str, object] = {}
    for section, table in tables.items():
        if section not in rules.SECTIONS or not isinstance(table, dict):
            msg = f"unknown table {section!r}; expected one of " + ", ".join(
                rules.SECTIONS
            )
            raise ExperimentError(msg)
        values.update({f"{section}.{name}": value for name, value in table.items()})
    return Experiment().with_values(values)


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
