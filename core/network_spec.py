"""The shape of a fully connected network: sizes, activations, parameter count.

Layer 0 is the input. Computed layers are numbered 1 to n_layers; layer k has the
weights `params[k - 1][0]` of shape (n_out, n_in) and the biases `params[k - 1][1]`
of shape (n_out,).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
HostParams = tuple[tuple[FloatArray, FloatArray], ...]
"""Params as NumPy arrays: one (weights (n_out, n_in), biases (n_out,)) a layer."""

HIDDEN_ACTIVATIONS: Final = ("relu", "sigmoid", "tanh", "leaky-relu", "identity")
OUTPUT_ACTIVATIONS: Final = ("softmax", "sigmoid", "tanh", "identity")
INITIALIZERS: Final = ("he", "glorot", "lecun", "normal", "zeros")


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A fully connected network.

    Attributes:
        layer_sizes: units of every layer, input first, e.g. (784, 16, 16, 10).
        activations: one for each computed layer; the last one is the output's.
        initializer: one of INITIALIZERS.
    """

    layer_sizes: tuple[int, ...]
    activations: tuple[str, ...]
    initializer: str = "he"

    def __post_init__(self) -> None:
        if len(self.layer_sizes) < 2:
            msg = f"layer_sizes needs at least 2 entries, got {self.layer_sizes}"
            raise ValueError(msg)
        if len(self.activations) != len(self.layer_sizes) - 1:
            msg = (
                f"{len(self.layer_sizes) - 1} computed layers need as many "
                f"activations, got {self.activations}"
            )
            raise ValueError(msg)

    @property
    def n_layers(self) -> int:
        """Number of computed layers, the input not counted."""
        return len(self.layer_sizes) - 1

    @property
    def n_inputs(self) -> int:
        return self.layer_sizes[0]

    @property
    def n_outputs(self) -> int:
        return self.layer_sizes[-1]

    @property
    def weight_shapes(self) -> tuple[tuple[int, int], ...]:
        """(n_out, n_in) of each computed layer."""
        sizes = self.layer_sizes
        return tuple((sizes[k + 1], sizes[k]) for k in range(self.n_layers))

    @property
    def parameter_count(self) -> int:
        """All weights and biases: 13,002 for 784-16-16-10."""
        return sum(n_out * n_in + n_out for n_out, n_in in self.weight_shapes)

    def layer_name(self, layer: int) -> str:
        """What layer 0 to n_layers is called: input, hidden 1, ..., output."""
        if layer == 0:
            return "input"
        return "output" if layer == self.n_layers else f"hidden {layer}"

    def __str__(self) -> str:
        return "-".join(str(n) for n in self.layer_sizes)


def flat_blocks(spec: NetworkSpec) -> Iterator[tuple[int, bool, int, int]]:
    """Walk the one flat numbering of all parameters that tables and files use.

    Layer after layer: the weights row by row, then the biases.

    Yields:
        (layer, is_bias, start, stop): the half-open range of flat indices.
    """
    start = 0
    for k, (n_out, n_in) in enumerate(spec.weight_shapes):
        yield k + 1, False, start, start + n_out * n_in
        start += n_out * n_in
        yield k + 1, True, start, start + n_out
        start += n_out


def flatten(params: HostParams) -> FloatArray:
    """All parameters in one vector, in the order of `flat_blocks`."""
    return np.concatenate([part.ravel() for layer in params for part in layer])
