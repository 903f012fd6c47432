"""What a foreign file says, before it is a network: frozen values, by NumPy alone.

A form's reader gives operations in their order, or named tensors that the builder puts
in order. What the file leaves open is open here too: an activation that is None, or
several candidates for one part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.arrays import DoubleArray, FloatArray
from core.values.network_spec import NetworkSpec


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """A matrix of weights (n_out, n_in), with biases or without."""

    name: str
    weight: FloatArray
    bias: FloatArray | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """Factor times x plus offset, each one number or one for each value.

    Attributes:
        what: its kind, for the user: "BatchNorm", "StandardScaler".
    """

    name: str
    factor: DoubleArray
    offset: DoubleArray
    what: str = ""


@dataclass(frozen=True, slots=True)
class Activate:
    """An activation; None where the file does not say which."""

    activation: str | None


Operation = Dense | Scale | Activate


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """A computed layer, with what was folded into it.

    Attributes:
        name: of its weights in the file.
        weight: (n_out, n_in), finite.
        bias: (n_out,); zeros where the file has none.
        has_bias: whether it has some.
        activation: None where the file does not say.
    """

    name: str
    weight: FloatArray
    bias: FloatArray
    has_bias: bool
    activation: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """One way to put a part together.

    Attributes:
        layers: in the order of use.
        what: how it differs from the others, for the user; empty for the only one.
        is_decoder: whether it ends an autoencoder, of which it is a half.
    """

    layers: tuple[Layer, ...]
    what: str = ""
    is_decoder: bool = False

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units of every layer, input first."""
        first = self.layers[0].weight.shape[1]
        return (first, *(len(layer.bias) for layer in self.layers))

    @property
    def gives_inputs(self) -> bool:
        """Whether its outputs are an autoencoder's: its inputs again, and no classes.

        That many classes would be a coincidence; data with classes tell of it.
        """
        return self.is_decoder or self.sizes[0] == self.sizes[-1]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A chain of dense layers in a file; often the whole network.

    Attributes:
        name: of its first layer, by which it is chosen.
        candidates: ways to put it together, the first belief first.
        inputs: the inputs that the file says it takes, "0..1" or "0..255"; None where
            it does not say.
        remarks: what was done to it, for the user.
    """

    name: str
    candidates: tuple[Candidate, ...]
    inputs: str | None = None
    remarks: tuple[str, ...] = ()

    @property
    def parent(self) -> str:
        """Of its first layer: "encoder" of "encoder.0"; empty without one."""
        return self.name.rpartition(".")[0]

    @property
    def title(self) -> str:
        """Its layers and sizes: "fc1 → fc2 (200-24-10)"."""
        names = [layer.name for layer in self.candidates[0].layers]
        ends = names if len(names) < 3 else [names[0], "…", names[-1]]
        sizes = "-".join(map(str, self.candidates[0].sizes))
        return f"{' → '.join(ends)} ({sizes})"


@dataclass(frozen=True, slots=True, eq=False)
class ForeignFile:
    """What a file of another program holds.

    Attributes:
        form: of the file: "PyTorch state_dict".
        parts: chains of dense layers.
        reason: why it is no fully connected network as a whole; empty where its one
            part is all of it.
        remarks: what was left out, for the user.
    """

    form: str
    parts: tuple[Part, ...]
    reason: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ForeignNetwork:
    """The chosen part of a file, with what the file leaves open.

    Attributes:
        form: of the file.
        part: what was chosen.
        parts: all parts of the file; the first is the whole network where it is one.
        remarks: what was left out of the file, for the user.
    """

    form: str
    part: Part
    parts: tuple[Part, ...] = ()
    remarks: tuple[str, ...] = ()


def assumed_spec(candidate: Candidate) -> NetworkSpec:
    """The network where nothing is tried: ReLU, and softmax or one sigmoid.

    What gives its inputs again is no classifier: its outputs are taken as they are.
    """
    activations = [layer.activation or "relu" for layer in candidate.layers[:-1]]
    output = candidate.layers[-1].activation
    if output is None:
        usual = usual_output(candidate.sizes[-1])
        output = "identity" if candidate.gives_inputs else usual
    return NetworkSpec(candidate.sizes, (*activations, output))


def usual_output(n_outputs: int) -> str:
    """Of a classifier: one class of two has one sigmoid, several share a softmax."""
    return "softmax" if n_outputs > 1 else "sigmoid"


def vector(values: float | Sequence[float] | np.ndarray) -> DoubleArray:
    """Numbers for a Scale: one for all, or a row of them."""
    array = np.asarray(values, np.float64).reshape(-1)
    array.setflags(write=False)
    return array
