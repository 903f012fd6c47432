"""The health of a network, layer by layer: frozen host-side values, no JAX arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from core.network.numpy.activations.table import ACTIVATIONS

Spacing = Literal["signed", "unit", "symmetric", "decades"]
Counts = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

BINS: Final = 128
"""A power of two, so that the bins of twice the reach are pairs of these."""
LOWEST_DECADE: Final = -12.0
HIGHEST_DECADE: Final = 2.0

HEALTHY_RATIO: Final = 1e-3
"""Rule of thumb: a step changes the weights by about a thousandth of their size."""
SATURATED_SLOPE: Final = 0.05
"""An activation is saturated where its slope is below this share of the largest."""
SATURATED_SHARE: Final = 0.9
"""A unit is saturated when its activation is for this share of the examples."""


@dataclass(frozen=True, slots=True, eq=False)
class Histogram:
    """How many values lie in each of BINS bins; the outer bins include values beyond.

    Attributes:
        spacing: "signed": even from minus `reach` to `reach`; "unit": from 0 to 1;
            "symmetric": from -1 to 1; "decades": even in the logarithm of the size.
        counts: (BINS,).
        zeros: values in no bin: exact zeros of "signed", and of "decades" values
            below the lowest bin.
        reach: of "signed", a power of two.
    """

    spacing: Spacing
    counts: Counts
    zeros: int = 0
    reach: float = 1.0

    def counts_within(self, reach: float) -> Counts:
        """(BINS,) counts of "signed" in the bins of a larger reach."""
        pairs = round(np.log2(reach / self.reach)) if reach > self.reach else 0
        counts = self.counts
        for _ in range(min(pairs, BINS.bit_length() - 2)):
            rest = BINS // 4
            merged = counts.reshape(-1, 2).sum(axis=1, dtype=np.int32)
            counts = np.pad(merged, rest)
        return counts


def edges_of(spacing: Spacing, reach: float = 1.0) -> npt.NDArray[np.float64]:
    """(BINS + 1,) edges of the bins; for decades the values themselves."""
    even = np.linspace(0.0, 1.0, BINS + 1)
    if spacing == "unit":
        return even
    if spacing == "symmetric":
        return 2 * even - 1  # -1 to 1
    if spacing == "decades":
        span = HIGHEST_DECADE - LOWEST_DECADE
        return np.asarray(10.0 ** (LOWEST_DECADE + span * even))
    return reach * (2 * even - 1)


def activation_spacing(name: str) -> Spacing:
    """Bins that suit the range of an activation function."""
    found: Mapping[tuple[float, float], Spacing]
    found = {(0.0, 1.0): "unit", (-1.0, 1.0): "symmetric"}
    return found.get(ACTIVATIONS[name].range, "signed")


@dataclass(frozen=True, slots=True, eq=False)
class LayerHealth:
    """One computed layer; norms are Euclidean, over weights and biases.

    Attributes:
        gradient_norm: of the batch's gradient before the step, penalties included.
        weight_norm: of the parameters before the step.
        update_norm: of the change of the step, None before the step.
        dead: (n_out,) units that are 0 for every example of the sample; None where
            the activation cannot die.
        saturated: (n_out,) see SATURATED_SHARE; None where it cannot saturate.
        saturated_share: of all activations of the layer in the sample.
    """

    gradient_norm: float
    weight_norm: float
    update_norm: float | None
    dead: Flags | None
    saturated: Flags | None
    saturated_share: float | None
    weights: Histogram
    activations: Histogram
    gradients: Histogram

    @property
    def ratio(self) -> float | None:
        """Update over weights, None before the step or where all weights are 0."""
        if self.update_norm is None or self.weight_norm == 0:
            return None
        return self.update_norm / self.weight_norm

    def flag_of(self, unit: int) -> Literal["dead", "saturated"] | None:
        """Whether a unit is dead or saturated."""
        if self.dead is not None and self.dead[unit]:
            return "dead"
        if self.saturated is not None and self.saturated[unit]:
            return "saturated"
        return None


@dataclass(frozen=True, slots=True, eq=False)
class HealthRecord:
    """All layers at one step.

    Attributes:
        step: steps taken.
        examples: training examples in the sample for activations, spread evenly.
        layers: layer k is at index k - 1.
    """

    step: int
    examples: int
    layers: tuple[LayerHealth, ...]

    def layer(self, layer: int) -> LayerHealth:
        return self.layers[layer - 1]
