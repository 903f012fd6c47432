"""The selection: a unit, a weight or a bias, the same in every panel."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Selection:
    """One unit, weight or bias of the network.

    Attributes:
        layer: 0 is the input (then only kind "unit"), 1 to n_layers are computed.
        unit: index inside the layer; for a weight the unit it leads to.
        source: for a weight, the unit of layer - 1 that it comes from, else None.
        kind: unit, weight or bias.
    """

    layer: int
    unit: int
    source: int | None = None
    kind: Literal["unit", "weight", "bias"] = "unit"

    @classmethod
    def of_weight(cls, layer: int, unit: int, source: int) -> "Selection":
        return cls(layer, unit, source, "weight")

    @classmethod
    def of_bias(cls, layer: int, unit: int) -> "Selection":
        return cls(layer, unit, None, "bias")
