"""An experiment being edited: the valid one in force, and edits that wait."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Final

from core.experiment.model import Experiment
from core.values.errors import ExperimentError

MEMORY: Final = "memory"
"""The key under which the problem of a valid but too large experiment is shown."""

Refuse = Callable[[Experiment], str | None]


class Draft:
    """Applies edits key by key; an invalid one stays pending with its reason.

    A pending edit is tried again with the next ones, so that two keys that only go
    together (an output and its loss) can be changed one after the other.
    """

    def __init__(self, experiment: Experiment, refuse: Refuse) -> None:
        self._refuse = refuse
        self.in_force = experiment
        self.pending: dict[str, object] = {}
        self.problems: dict[str, str] = {}

    def replace(self, experiment: Experiment) -> None:
        """Put another experiment in force and forget what was pending."""
        self.in_force = experiment
        self.pending = {}
        self.problems = {}

    def edit(self, values: Mapping[str, object]) -> bool:
        """Change some dotted keys.

        Returns:
            Whether the experiment in force has changed.
        """
        before = self.in_force
        for key in values:
            self.pending.pop(key, None)
            self.problems.pop(key, None)
        everything = {**self.pending, **values}
        problem = self._try(everything)
        if problem is None:
            self.pending, self.problems = {}, {}
        elif self.pending:
            problem = self._try(values)
        if problem is not None:
            place, reason = problem
            self.problems[place or next(iter(values))] = reason
            self.pending = everything
        return self.in_force != before

    def value(self, key: str) -> object:
        """What the field of a key shows: the pending value or the one in force."""
        if key in self.pending:
            return self.pending[key]
        return values_of(self.in_force)[key]

    def _try(self, values: Mapping[str, object]) -> tuple[str, str] | None:
        """Put the values in force, or return the key and text of the problem."""
        try:
            requested = self.in_force.with_values(values)
        except ExperimentError as error:
            return "", str(error)
        reason = None if requested == self.in_force else self._refuse(requested)
        if reason is not None:
            return MEMORY, reason
        self.problems.pop(MEMORY, None)
        self.in_force = requested
        return None


def values_of(experiment: Experiment) -> dict[str, object]:
    """Every dotted key with its value."""
    return {
        f"{section.name}.{field.name}": getattr(
            getattr(experiment, section.name), field.name
        )
        for section in fields(experiment)
        for field in fields(getattr(experiment, section.name))
    }
