"""The shape of a fully connected network: sizes, activations, parameter count.

Layer 0 is the input. Computed layers are numbered 1 to n_layers; layer k has the
weights `params[k - 1][0]` of shape (n_out, n_in) and the biases `params[k - 1][1]`
of shape (n_out,). A layer without biases has zeros there, which are not parameters.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray, HostParams
from core.values.words import tr

INITIALIZERS: Final = ("he", "glorot", "lecun", "normal", "zeros")


@dataclass(frozen=True, slots=True)
class NetworkSpec:
    """A fully connected network.

    Attributes:
        layer_sizes: units of every layer, input first, e.g. (784, 16, 16, 10).
        activations: one for each computed layer; the last one is the output's.
        initializer: one of INITIALIZERS.
        biases: whether each computed layer has biases; empty is all of them.
    """

    layer_sizes: tuple[int, ...]
    activations: tuple[str, ...]
    initializer: str = "he"
    biases: tuple[bool, ...] = ()

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
        if not self.biases:
            object.__setattr__(self, "biases", (True,) * self.n_layers)
        if len(self.biases) != self.n_layers:
            msg = f"{self.n_layers} computed layers need as many biases, got "
            raise ValueError(msg + str(self.biases))

    @property
    def n_layers(self) -> int:
        """Number of computed layers, without the input."""
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
        return sum(
            n_out * n_in + n_out * has_bias
            for (n_out, n_in), has_bias in zip(
                self.weight_shapes, self.biases, strict=True
            )
        )

    def has_bias(self, layer: int) -> bool:
        """Whether the units of a computed layer have biases."""
        return self.biases[layer - 1]

    def layer_name(self, layer: int) -> str:
        """The name of layer 0 to n_layers: input, hidden 1, …, output."""
        if layer == 0:
            return tr("input")
        if layer == self.n_layers:
            return tr("output")
        return tr("hidden {layer}", layer=layer)

    def __str__(self) -> str:
        return "-".join(str(n) for n in self.layer_sizes)


def flat_blocks(spec: NetworkSpec) -> Iterator[tuple[int, bool, int, int]]:
    """The blocks of the flat numbering of all parameters, as in tables and files.

    Layer after layer: the weights row by row, then the biases where it has some.

    Yields:
        (layer, is_bias, start, stop): the half-open range of flat indices.
    """
    start = 0
    for k, (n_out, n_in) in enumerate(spec.weight_shapes):
        yield k + 1, False, start, start + n_out * n_in
        start += n_out * n_in
        if spec.biases[k]:
            yield k + 1, True, start, start + n_out
            start += n_out


def flat_parts(spec: NetworkSpec, params: HostParams) -> tuple[FloatArray, ...]:
    """The blocks of `flat_blocks` as vectors, without a copy."""
    return tuple(
        params[layer - 1][is_bias].reshape(-1)
        for layer, is_bias, _start, _stop in flat_blocks(spec)
    )


def flatten(params: HostParams) -> FloatArray:
    """All arrays in one vector; where every layer has biases, as in `flat_blocks`."""
    return np.concatenate([part.ravel() for layer in params for part in layer])
