"""Finds the layers of a fully connected network among named tensors.

Glassbox's own files name them "layers.0.weight" and "layers.0.bias"; other programs'
files are accepted when their tensors, in natural order of the names, form one chain.
"""

import itertools
import re
from collections.abc import Mapping, Sequence

import numpy as np

from core.arrays import FloatArray, HostParams
from core.experiment.rules import MAX_LAYERS
from core.files.tensors import UnreadableError
from core.values.network_spec import NetworkSpec, flat_blocks

_Named = tuple[str, FloatArray]


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
    if missing := sorted(wanted - set(tensors), key=_natural):
        msg = f"tensor {missing[0]} is missing"
        raise UnreadableError(msg)
    if extra := sorted(set(tensors) - wanted, key=_natural):
        msg = f"tensor {extra[0]} does not belong to the network of the metadata"
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


def foreign_params(
    tensors: Mapping[str, FloatArray],
) -> tuple[HostParams, tuple[str, ...]]:
    """The layers of another program's file, and the assumptions about them.

    Weights are matrices, biases are vectors; there is one vector for each matrix, or
    none at all. A chain of (n_in, n_out) matrices, as in Keras, is transposed.

    Raises:
        UnreadableError: they do not form a chain.
    """
    ordered = sorted(tensors.items(), key=lambda item: _natural(item[0]))
    weights, biases = _matrices_and_vectors(ordered)
    assumptions = []
    if not _chains(weights) and _chains(turned := _turned(weights)):
        weights = turned
        assumptions.append(
            "the weights were stored as (inputs, outputs) and have been transposed"
        )
    _check_chain(weights)
    if not biases:
        biases = [("", _zeros(len(weight))) for _, weight in weights]
        assumptions.append("the original has no biases, so they are set to 0")
    for (_, weight), (name, bias) in zip(weights, biases, strict=True):
        _check_shape(name, bias, (len(weight),))
    params = tuple(
        (weight, bias) for (_, weight), (_, bias) in zip(weights, biases, strict=True)
    )
    return params, tuple(assumptions)


def _natural(name: str) -> list[tuple[int, str]]:
    """A sort key that puts "fc10" after "fc2"."""
    parts = re.split(r"([0-9]{1,18})", name)
    return [(int(p), "") if i % 2 else (0, p) for i, p in enumerate(parts)]


def _matrices_and_vectors(
    ordered: Sequence[_Named],
) -> tuple[list[_Named], list[_Named]]:
    for name, values in ordered:
        if values.ndim not in (1, 2) or values.size == 0:
            msg = (
                f"tensor {name} has the shape {values.shape}; a fully connected "
                "network has only matrices of weights and vectors of biases"
            )
            raise UnreadableError(msg)
    weights = [entry for entry in ordered if entry[1].ndim == 2]
    biases = [entry for entry in ordered if entry[1].ndim == 1]
    if len(weights) > MAX_LAYERS:
        msg = f"{len(weights)} matrices; a network has up to {MAX_LAYERS} layers here"
        raise UnreadableError(msg)
    if not weights or len(biases) not in (0, len(weights)):
        msg = (
            f"{len(weights)} matrices and {len(biases)} vectors do not form a network; "
            "each layer needs one matrix of weights and one vector of biases"
        )
        raise UnreadableError(msg)
    return weights, biases


def _chains(weights: Sequence[_Named]) -> bool:
    return all(
        after.shape[1] == before.shape[0]
        for (_, before), (_, after) in itertools.pairwise(weights)
    )


def _check_chain(weights: Sequence[_Named]) -> None:
    for (name, before), (after_name, after) in itertools.pairwise(weights):
        if after.shape[1] != before.shape[0]:
            msg = (
                f"tensor {after_name} has the shape {after.shape} and cannot follow "
                f"{name} with {before.shape}; weights are (outputs, inputs)"
            )
            raise UnreadableError(msg)


def _turned(weights: Sequence[_Named]) -> list[_Named]:
    turned = []
    for name, weight in weights:
        values = np.ascontiguousarray(weight.T)
        values.setflags(write=False)
        turned.append((name, values))
    return turned


def _zeros(count: int) -> FloatArray:
    values = np.zeros(count, np.float32)
    values.setflags(write=False)
    return values


def _check_shape(name: str, values: FloatArray, shape: tuple[int, ...]) -> None:
    if values.shape != shape:
        msg = f"tensor {name} has the shape {values.shape}; expected {shape}"
        raise UnreadableError(msg)
