"""From operations in their order to layers: what is affine is folded into a layer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from core.arrays import DoubleArray, FloatArray
from core.experiment.rules import MAX_LAYERS
from core.files.foreign.description import (
    Activate,
    Candidate,
    Dense,
    Layer,
    Operation,
    Part,
    Scale,
)
from core.files.tensors import UnreadableError, as_float32
from core.network.numpy.activations.table import (
    hidden_activations,
    is_hidden_activation,
    output_activations,
)
from core.values.words import tr

_LARGEST_OF_UNIT: Final = 50.0
"""A factor below its reciprocal, or a mean above 1, is for inputs of 0..255."""


def candidate_of(
    operations: Iterable[Operation], what: str = "", output: str | None = None
) -> Candidate:
    """The layers of one chain.

    Args:
        operations: in the order of use.
        what: how this candidate differs from others.
        output: the activation of a last layer that none follows.

    Raises:
        UnreadableError: something stands where a fully connected network has nothing.
    """
    layers: list[Layer] = []
    waiting: Scale | None = None
    for operation in operations:
        if isinstance(operation, Dense):
            layers = [*layers[:-1], *map(_closed, layers[-1:])]
            layers.append(_layer(operation, waiting, layers))
            waiting = None
        elif isinstance(operation, Activate):
            layers = _activated(layers, operation, waiting)
        elif layers and layers[-1].activation == _OPEN:
            layers[-1] = _scaled_outputs(layers[-1], operation)
        else:
            waiting = _joined(waiting, operation)
    if waiting is not None and layers:
        msg = tr(
            "{name} ({value}) follows the last layer",
            name=waiting.name,
            value=waiting.what or tr("a scaling"),
        )
        raise UnreadableError(msg)
    return _checked(layers, what, output)


def part_inside(operations: Sequence[Operation]) -> list[Part]:
    """The dense layers among operations inside a larger network, if they chain."""
    ends = [k for k, op in enumerate(operations) if isinstance(op, Dense)]
    if not ends:
        return []
    last = operations[ends[-1] + 1 :]
    outputs = [op for op in last if isinstance(op, Activate)][:1]
    kept = [op for op in outputs if op.activation in output_activations()]
    try:
        chain = [*operations[ends[0] : ends[-1] + 1], *kept]
        candidate = candidate_of(chain, output="identity")
    except UnreadableError:
        return []
    return [Part(candidate.layers[0].name, (candidate,))]


_OPEN: Final = "\0"
"""Stands for an activation that the next operation may still name."""


def _closed(layer: Layer) -> Layer:
    """A layer that another one follows at once is linear."""
    if layer.activation == _OPEN:
        return replace(layer, activation="identity")
    return layer


def _layer(dense: Dense, scale: Scale | None, before: Sequence[Layer]) -> Layer:
    weight, bias = dense.weight, dense.bias
    if before and weight.shape[1] != len(before[-1].bias):
        msg = tr(
            "tensor {name} has the shape {shape} and cannot follow "
            "{name_2} with {shape_2}; weights are (outputs, inputs)",
            name=dense.name,
            shape=weight.shape,
            name_2=before[-1].name,
            shape_2=before[-1].weight.shape,
        )
        raise UnreadableError(msg)
    n_out, n_in = weight.shape
    if bias is not None and bias.shape != (n_out,):
        msg = tr(
            "the biases of {name} have the shape {shape}; expected ",
            name=dense.name,
            shape=bias.shape,
        )
        raise UnreadableError(msg + str((n_out,)))
    has_bias = bias is not None
    if bias is None:
        bias = _no_bias(n_out)
    if scale is not None:
        factor, offset = (_of_length(scale, v, n_in) for v in _both(scale))
        exact = weight.astype(np.float64)
        bias = as_float32(scale.name, bias + exact @ offset)
        weight = as_float32(scale.name, exact * factor)
        has_bias = True
    return Layer(dense.name, weight, bias, has_bias, _OPEN)


def _scaled_outputs(layer: Layer, scale: Scale) -> Layer:
    factor, offset = (_of_length(scale, v, len(layer.bias)) for v in _both(scale))
    weight = as_float32(scale.name, layer.weight * factor[:, np.newaxis])
    bias = as_float32(scale.name, layer.bias * factor + offset)
    return replace(layer, weight=weight, bias=bias, has_bias=True)


def _activated(
    layers: list[Layer], operation: Activate, waiting: Scale | None
) -> list[Layer]:
    if operation.activation == "identity":
        return layers
    if not layers or layers[-1].activation != _OPEN or waiting is not None:
        where = f"after {layers[-1].name}" if layers else "before the first layer"
        name = operation.activation or "an activation"
        msg = tr(
            "{name} stands {where}, where a fully connected network has none",
            name=name,
            where=where,
        )
        raise UnreadableError(msg)
    return [*layers[:-1], replace(layers[-1], activation=operation.activation)]


def _joined(first: Scale | None, then: Scale) -> Scale:
    if first is None:
        return then
    return replace(
        then,
        factor=first.factor * then.factor,
        offset=first.offset * then.factor + then.offset,
    )


def _both(scale: Scale) -> tuple[DoubleArray, DoubleArray]:
    return scale.factor, scale.offset


def _of_length(scale: Scale, values: DoubleArray, length: int) -> DoubleArray:
    if len(values) not in (1, length):
        msg = tr(
            "{name} has {values} numbers for {length} values",
            name=scale.name,
            values=len(values),
            length=length,
        )
        raise UnreadableError(msg)
    return np.broadcast_to(values, (length,))


def _checked(layers: Sequence[Layer], what: str, output: str | None) -> Candidate:
    if not layers:
        msg = tr("0 matrices do not form a network; each layer needs one of weights")
        raise UnreadableError(msg)
    if len(layers) > MAX_LAYERS:
        msg = tr(
            "{layers} matrices; a network has up to {max_layers} layers here",
            layers=len(layers),
            max_layers=MAX_LAYERS,
        )
        raise UnreadableError(msg)
    last = layers[-1]
    if last.activation == _OPEN:
        last = replace(last, activation=output)
    for layer in (*layers[:-1], last):
        name, is_last = layer.activation, layer is last
        fits = _fits(name or "", is_output=is_last)
        if name is not None and not fits:
            names = output_activations() if is_last else hidden_activations()
            place = "the output" if is_last else "a hidden layer"
            msg = tr(
                "{name}: {name_2} is no activation of {place} here; those are ",
                name=layer.name,
                name_2=name,
                place=place,
            )
            raise UnreadableError(msg + ", ".join(names))
    return Candidate((*layers[:-1], last), what)


def _fits(name: str, *, is_output: bool) -> bool:
    return name in output_activations() if is_output else is_hidden_activation(name)


def inputs_of_scale(scale: Scale) -> str:
    """The inputs that a scaling in front of the first layer is made for."""
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(scale.factor == 0, 0, -scale.offset / scale.factor)
    is_bytes = np.max(np.abs(means)) > 1 or bool(
        np.max(np.abs(scale.factor)) < 1 / _LARGEST_OF_UNIT
    )
    return "0..255" if is_bytes else "0..1"


def _no_bias(n_out: int) -> FloatArray:
    """Zeros that are no parameters."""
    values = np.zeros(n_out, np.float32)
    values.setflags(write=False)
    return values
