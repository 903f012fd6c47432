"""The tensors of Glassbox's own files: "layers.0.weight", "layers.0.bias" and so on."""

from collections.abc import Mapping

import numpy as np

from core.arrays import FloatArray, HostParams
from core.files.foreign.names import natural
from core.files.tensors import UnreadableError
from core.values.network_spec import NetworkSpec, flat_blocks
from core.values.words import tr


def tensor_names(layer_index: int) -> tuple[str, str]:
    """Names of the weights and the biases of computed layer 0, 1 and so on."""
    return f"layers.{layer_index}.weight", f"layers.{layer_index}.bias"


def named_tensors(spec: NetworkSpec, params: HostParams) -> dict[str, FloatArray]:
    """All parameters under the names that Glassbox gives them.

    A layer without biases has no tensor for them, as in PyTorch.
    """
    return {
        tensor_names(layer - 1)[is_bias]: params[layer - 1][is_bias]
        for layer, is_bias, _start, _stop in flat_blocks(spec)
    }


def own_params(tensors: Mapping[str, FloatArray], spec: NetworkSpec) -> HostParams:
    """The layers of a Glassbox file, which must match exactly.

    Raises:
        UnreadableError: a tensor is missing, superfluous, or has another shape.
    """
    blocks = list(flat_blocks(spec))
    wanted = {tensor_names(layer - 1)[is_bias] for layer, is_bias, _, _ in blocks}
    if missing := sorted(wanted - set(tensors), key=natural):
        msg = tr("tensor {missing} is missing", missing=missing[0])
        raise UnreadableError(msg)
    if extra := sorted(set(tensors) - wanted, key=natural):
        msg = tr(
            "tensor {extra} does not belong to the network of the metadata",
            extra=extra[0],
        )
        raise UnreadableError(msg)
    params = []
    for k, (n_out, n_in) in enumerate(spec.weight_shapes):
        weight, bias = tensor_names(k)
        # Before room is made for zeros: the sizes are the metadata's own.
        _check_shape(weight, tensors[weight], (n_out, n_in))
        biases = tensors[bias] if spec.biases[k] else _zeros(n_out)
        _check_shape(bias, biases, (n_out,))
        params.append((tensors[weight], biases))
    return tuple(params)


def _zeros(count: int) -> FloatArray:
    values = np.zeros(count, np.float32)
    values.setflags(write=False)
    return values


def _check_shape(name: str, values: FloatArray, shape: tuple[int, ...]) -> None:
    if values.shape != shape:
        msg = tr(
            "tensor {name} has the shape {shape}; expected {shape_2}",
            name=name,
            shape=values.shape,
            shape_2=shape,
        )
        raise UnreadableError(msg)
