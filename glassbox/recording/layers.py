"""The layers of a model, whichever library it is of, as arrays of this process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
Pair = tuple[Array, Array | None]

UNKNOWN: Final = "unknown"
ACTIVATIONS: Final = (
    "identity",
    "relu",
    "leaky-relu",
    "tanh",
    "sigmoid",
    "gelu",
    "silu",
    "elu",
    "softplus",
    "step",
    "softmax",
)


class ModelError(ValueError):
    """A model that is no fully connected network, or of no library that is known."""


@dataclass(frozen=True)
class Model:
    """A model as the recorder sees it.

    Attributes:
        library: it is of, for people.
        read: gives weights (n_out, n_in) and biases (n_out,) of each layer as they are
            now, as fresh copies.
        activations: one for each layer, `UNKNOWN` where the model does not say.
        changes_in_place: whether `read` sees what training does to it.
    """

    library: str
    read: Callable[[], list[Pair]]
    activations: tuple[str, ...]
    changes_in_place: bool


def as_array(value: object) -> Array:
    """A tensor of any library as a float32 array of its own memory."""
    for step in ("detach", "cpu"):  # PyTorch's
        if hasattr(value, step):
            value = getattr(value, step)()
    if hasattr(value, "float") and hasattr(value, "dim"):
        value = value.float()  # bfloat16, which NumPy does not know
    if hasattr(value, "numpy") and not isinstance(value, np.ndarray):
        value = value.numpy()
    return np.array(value, dtype=np.float32, order="C", copy=True)


def as_number(value: object) -> float:
    """A number of any library, such as a loss that still hangs on its graph."""
    return float(value.detach() if hasattr(value, "detach") else value)  # type: ignore[arg-type]


def checked(pairs: Sequence[Pair], library: str) -> list[Pair]:
    """The layers, if each one fits the next.

    Raises:
        ModelError: names the layer that does not.
    """
    if not pairs:
        msg = f"no fully connected layer was found in this model of {library}"
        raise ModelError(msg)
    for k, (weight, bias) in enumerate(pairs, 1):
        if weight.ndim != 2:
            msg = f"the weights of layer {k} are of the shape {weight.shape}, no matrix"
            raise ModelError(msg)
        if bias is not None and bias.shape != weight.shape[:1]:
            msg = f"layer {k} has {weight.shape[0]} units and biases {bias.shape}"
            raise ModelError(msg)
        if k > 1 and weight.shape[1] != pairs[k - 2][0].shape[0]:
            msg = (
                f"layer {k} takes {weight.shape[1]} numbers and layer {k - 1} gives "
                f"{pairs[k - 2][0].shape[0]}; only layers one after the other are "
                "recorded"
            )
            raise ModelError(msg)
    return list(pairs)
