"""A reference to one weight or bias of a network, and a new value for it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; layer 0 is the input."""

    layer: int
    unit: int


@dataclass(frozen=True, slots=True)
class Parameter:
    """One weight, or with `source` None one bias; layers are counted from 1."""

    layer: int
    unit: int
    source: int | None = None

    def __str__(self) -> str:
        if self.source is None:
            return f"bias of layer {self.layer}, unit {self.unit}"
        return f"weight of layer {self.layer}, unit {self.unit} from {self.source}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value of a parameter, set by the user."""

    parameter: Parameter
    value: float


def exists(parameter: Parameter, layer_sizes: tuple[int, ...]) -> bool:
    """Whether a network of these sizes, input first, has this parameter."""
    layer, source = parameter.layer, parameter.source
    if not 1 <= layer < len(layer_sizes):
        return False
    has_source = source is None or 0 <= source < layer_sizes[layer - 1]
    return has_source and 0 <= parameter.unit < layer_sizes[layer]


def outgoing_weights(unit: Unit, layer_sizes: tuple[int, ...]) -> tuple[Parameter, ...]:
    """The weights that lead from a unit to the next layer; none from an output."""
    if unit.layer + 1 >= len(layer_sizes):
        return ()
    targets = range(layer_sizes[unit.layer + 1])
    return tuple(Parameter(unit.layer + 1, target, unit.unit) for target in targets)
