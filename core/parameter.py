"""One weight or bias of a network, named by its place, and a new value for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """One weight, or with `source` None one bias; layers are counted from 1."""

    layer: int
    unit: int
    source: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A value that the user gives a parameter."""

    parameter: Parameter
    value: float
