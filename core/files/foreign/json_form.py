"""JSON: Glassbox's own, a well-known course's, and Keras models without weights."""

import json
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from core.files.foreign.build import candidate_of
from core.files.foreign.description import (
    Activate,
    Dense,
    ForeignFile,
    Operation,
    Part,
)
from core.files.layer_chain import tensor_names
from core.files.tensors import TensorContents, UnreadableError, as_float32
from core.values.words import tr

FORM: Final = "JSON of course code"
MOST_BYTES: Final = 2**28
OWN: Final = "glassbox"
"""Key of the metadata in a file that Glassbox wrote."""


def read(data: bytes) -> TensorContents | ForeignFile:
    """The network of Nielsen's network2.save: sizes, weights and biases, sigmoids.

    A file that Glassbox wrote gives its tensors and all that was stored with them.

    Raises:
        UnreadableError: something else.
    """
    try:
        table = json.loads(data)
    except (ValueError, RecursionError):
        msg = tr("damaged JSON")
        raise UnreadableError(msg) from None
    if isinstance(table, dict) and "class_name" in table and "config" in table:
        msg = tr(
            "this is the architecture of a Keras model without its "
            "weights; save model.save('….keras') instead"
        )
        raise UnreadableError(msg)
    if not isinstance(table, dict) or not {"weights", "biases"} <= set(table):
        msg = tr("this JSON holds no weights and biases of a network")
        raise UnreadableError(msg)
    if OWN in table:
        return _own(table)
    candidate = candidate_of(_operations(table["weights"], table["biases"]))
    part = Part(candidate.layers[0].name, (candidate,), inputs="0..1")
    return ForeignFile(FORM, (part,))


def _own(table: dict[str, Any]) -> TensorContents:
    metadata, weights, biases = (table[key] for key in (OWN, "weights", "biases"))
    if not isinstance(metadata, dict) or not _are_lists(weights, biases):
        msg = tr("its weights and biases are not lists of the same length")
        raise UnreadableError(msg)
    tensors = {}
    for k, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        names = tensor_names(k)
        tensors[names[0]] = as_float32(names[0], _numbers(names[0], weight))
        if bias is not None:
            tensors[names[1]] = as_float32(names[1], _numbers(names[1], bias))
    texts = {name: value for name, value in metadata.items() if isinstance(value, str)}
    return TensorContents(tensors, texts)


def _are_lists(weights: Any, biases: Any) -> bool:
    are = isinstance(weights, list) and isinstance(biases, list)
    return are and len(weights) == len(biases)


def _operations(weights: Any, biases: Any) -> Iterator[Operation]:
    if not _are_lists(weights, biases):
        msg = tr("weights and biases are not lists of the same length")
        raise UnreadableError(msg)
    for k, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        name = f"weights[{k}]"
        matrix = _numbers(name, weight)
        if matrix.ndim != 2 or matrix.size == 0:
            msg = tr("{name} is no matrix", name=name)
            raise UnreadableError(msg)
        vector = _numbers(f"biases[{k}]", bias).reshape(-1)
        yield Dense(name, as_float32(name, matrix), as_float32(name, vector))
        yield Activate("sigmoid")


def _numbers(name: str, value: Any) -> np.ndarray:
    try:
        array = np.array(value)
    except (ValueError, OverflowError, RecursionError):
        array = np.array(None)
    if array.dtype.kind not in "fiu" or array.ndim > 2:
        msg = tr("{name} has rows of different lengths, or not of numbers", name=name)
        raise UnreadableError(msg)
    return array.astype(np.float64)
