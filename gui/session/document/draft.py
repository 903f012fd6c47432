"""An experiment being edited: the valid one in force, and edits that wait."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Final

from core.experiment.model import Experiment, NetworkSettings
from core.values.errors import ExperimentError

MEMORY: Final = "memory"
"""The key under which the problem of a valid but too large experiment is shown."""

LAYER_KEYS: Final = ("network.hidden", "network.activation")

Refuse = Callable[[Experiment], str | None]


class Draft:
    """Applies edits key by key; an invalid one stays pending with its reason.

    A pending edit is tried again with the next ones, so that two keys that only go
    together (an output and its loss) can be changed one after the other. A refused one
    was possible by the rules, but could not be had (data that are not there); it is
    shown while the user is at it. What is put back is shown no more: the field shows
    what runs, and only the reason stays, until the key is edited.
    """

    def __init__(self, experiment: Experiment, refuse: Refuse) -> None:
        self._refuse = refuse
        self.in_force = experiment
        self.pending: dict[str, object] = {}
        self.refused: dict[str, object] = {}
        self._put_back: set[str] = set()
        self.problems: dict[str, str] = {}

    def replace(self, experiment: Experiment) -> None:
        """Put another experiment in force and forget what was not possible."""
        self.in_force = experiment
        self.pending, self.refused, self._put_back = {}, {}, set()
        self.problems = {}

    def refuse(self, experiment: Experiment, key: str, reason: str) -> None:
        """Show the value of an experiment that could not be had, with the reason."""
        values = values_of(experiment)
        # Units and activations of the layers make sense only together.
        keys = LAYER_KEYS if key in LAYER_KEYS else (key,)
        self.refused = {refused: values[refused] for refused in keys}
        self.problems[key] = reason

    def put_back(self, keys: Iterable[str]) -> bool:
        """Show what runs in place of values that are not possible, but say why not.

        Returns:
            Whether any of them was shown.
        """
        shown = (self.pending.keys() | self.refused.keys()) & set(keys)
        for key in shown:
            self.pending.pop(key, None)
            self.refused.pop(key, None)
        self._put_back |= shown
        return bool(shown)

    def edit(self, values: Mapping[str, object]) -> bool:
        """Change some dotted keys.

        Returns:
            Whether the experiment in force has changed.
        """
        before = self.in_force
        for key in values:
            self.pending.pop(key, None)
            self.refused.pop(key, None)
            self._put_back.discard(key)
            self.problems.pop(key, None)
        everything = {**self.pending, **values}
        problem = self._try(everything)
        if problem is None:
            self.pending = {}
            told = self.problems
            kept = self.refused.keys() | self._put_back
            self.problems = {key: told[key] for key in kept if key in told}
        elif self.pending:
            problem = self._try(values)
        if problem is not None:
            place, reason = problem
            self.problems[place or next(iter(values))] = reason
            self.pending = everything
        return self.in_force != before

    def value(self, key: str) -> object:
        """What the field of a key shows: a value not possible, else that in force."""
        for impossible in (self.pending, self.refused):
            if key in impossible:
                return impossible[key]
        return values_of(self.in_force)[key]

    def refusal_of(self, key: str) -> str:
        """Why what the field of a key shows is not possible; "" where it runs."""
        if key in self._put_back:
            return ""
        if key in self.problems:
            return self.problems[key]
        return self.problems.get(MEMORY, "") if key in self.pending else ""

    @property
    def layers(self) -> NetworkSettings:
        """The layers that the fields show."""
        hidden, activation = (
            self.value(f"network.{name}") for name in ("hidden", "activation")
        )
        return NetworkSettings(
            hidden=tuple(hidden),  # type: ignore[arg-type]
            activation=activation if isinstance(activation, str) else tuple(activation),  # type: ignore[arg-type]
            output=str(self.value("network.output")),
        )

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


def changed_keys(old: Experiment, new: Experiment) -> tuple[str, ...]:
    """The dotted keys whose values differ."""
    before, after = values_of(old), values_of(new)
    return tuple(key for key in after if after[key] != before[key])
