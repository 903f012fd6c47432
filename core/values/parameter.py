"""One unit, weight or bias of a network, named by its place, and a new value for it.

Whoever speaks of a unit or a parameter, in a signal, a request or a file, speaks of it
by one of these: where it is in params and in the flat numbering is said here alone.
"""

from dataclasses import dataclass

from core.arrays import RealArray, RealParams
from core.values.network_spec import NetworkSpec, flat_blocks


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """One unit; layer 0 is the input."""

    layer: int
    unit: int

    def is_in(self, spec: NetworkSpec) -> bool:
        """Whether a network has this unit."""
        sizes = spec.layer_sizes
        return 0 <= self.layer < len(sizes) and 0 <= self.unit < sizes[self.layer]

    def outgoing_weights(self, spec: NetworkSpec) -> tuple["Parameter", ...]:
        """The weights that lead from it to the next layer; none from an output."""
        if self.layer >= spec.n_layers:
            return ()
        targets = range(spec.layer_sizes[self.layer + 1])
        return tuple(Parameter(self.layer + 1, target, self.unit) for target in targets)


@dataclass(frozen=True, slots=True)
class Parameter:
    """One weight, or with `source` None one bias; layers are counted from 1.

    Attributes:
        layer: 1 to n_layers, the layer whose sum it is part of.
        unit: the unit of that layer.
        source: for a weight, the unit of the layer before that it comes from.
    """

    layer: int
    unit: int
    source: int | None = None

    @classmethod
    def at_flat_index(cls, spec: NetworkSpec, index: int) -> "Parameter":
        """The one with this place in the numbering of `flat_blocks`.

        Raises:
            IndexError: the network has fewer parameters.
        """
        for layer, is_bias, start, stop in flat_blocks(spec):
            if start <= index < stop:
                if is_bias:
                    return cls(layer, index - start)
                n_in = spec.layer_sizes[layer - 1]
                return cls(layer, *divmod(index - start, n_in))
        msg = f"parameter {index} is not in 0 to {spec.parameter_count - 1}"
        raise IndexError(msg)

    @property
    def is_bias(self) -> bool:
        return self.source is None

    @property
    def symbol(self) -> str:
        """What formulas call it: w or b."""
        return "b" if self.source is None else "w"

    @property
    def owner(self) -> Unit:
        """The unit whose sum it is part of."""
        return Unit(self.layer, self.unit)

    @property
    def origin(self) -> Unit | None:
        """The unit that a weight comes from, None for a bias."""
        return None if self.source is None else Unit(self.layer - 1, self.source)

    @property
    def place(self) -> tuple[int, ...]:
        """Where it stands in its layer's weights, or in its biases."""
        return (self.unit,) if self.source is None else (self.unit, self.source)

    @property
    def order(self) -> tuple[int, int, int]:
        """To sort by: layer by layer, unit by unit, the bias before the weights."""
        return self.layer, self.unit, -1 if self.source is None else self.source

    def is_in(self, spec: NetworkSpec) -> bool:
        """Whether a network has this parameter."""
        if self.layer < 1 or not self.owner.is_in(spec):
            return False
        if self.origin is None:
            return spec.has_bias(self.layer)
        return self.origin.is_in(spec)

    def array_in(self, params: RealParams) -> RealArray:
        """The weights or the biases of its layer, without a copy."""
        return params[self.layer - 1][self.is_bias]

    def value_in(self, params: RealParams) -> float:
        """Its value, or its part of anything else that is shaped like params."""
        return float(self.array_in(params)[self.place])

    def flat_index(self, spec: NetworkSpec) -> int:
        """Its place in the numbering of `flat_blocks`, which tables and files use.

        Raises:
            IndexError: the network has no such parameter.
        """
        if not self.is_in(spec):
            msg = f"The network {spec} has no {self}."
            raise IndexError(msg)
        start = next(
            start
            for layer, is_bias, start, _stop in flat_blocks(spec)
            if (layer, is_bias) == (self.layer, self.is_bias)
        )
        if self.source is None:
            return start + self.unit
        return start + self.unit * spec.layer_sizes[self.layer - 1] + self.source

    def __str__(self) -> str:
        if self.source is None:
            return f"bias of layer {self.layer}, unit {self.unit}"
        return f"weight of layer {self.layer}, unit {self.unit} from {self.source}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value of a parameter, set by the user."""

    parameter: Parameter
    value: float
