"""Keras: what the model's JSON says, with the weights of its layers."""

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np

from core.arrays import FloatArray
from core.files.foreign.bag import EPSILON_OF_KERAS, Bag, file_of, normalising
from core.files.foreign.build import candidate_of, inputs_of_scale, part_inside
from core.files.foreign.description import (
    Activate,
    Dense,
    ForeignFile,
    Operation,
    Part,
    Scale,
    vector,
)
from core.files.foreign.hdf5_child import read as read_hdf5
from core.files.foreign.hdf5_form import KerasWeights
from core.files.foreign.keras_layers import (
    NOTHING,
    activation_of,
    chain_of,
    is_of_logits,
)
from core.files.foreign.modules import turned_matrix
from core.files.tensors import UnreadableError, check_growth
from core.values.words import tr

FORM: Final = "Keras model"
WEIGHTS_FORM: Final = "Keras weights"
CONFIG: Final = "config.json"
_WEIGHTS: Final = "model.weights.h5"
_MOST_CONFIG: Final = 2**24
_BACKEND_EPSILON: Final = 1e-7
"""What Keras' Normalization divides by where a variance is 0."""
_VARIABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "dense": ("kernel", "bias"),
    "batch_normalization": ("gamma", "beta", "moving_mean", "moving_variance"),
    "normalization": ("mean", "variance"),
}


def read_archive(archive: zipfile.ZipFile, file_size: int) -> ForeignFile:
    """A .keras file.

    Raises:
        UnreadableError: damaged, or no fully connected network.
    """
    members = {member.filename: member for member in archive.infolist()}
    check_growth(sum(member.file_size for member in members.values()), file_size)
    if _WEIGHTS not in members or members[CONFIG].file_size > _MOST_CONFIG:
        msg = tr("the archive has no {weights}", weights=_WEIGHTS)
        raise UnreadableError(msg)
    weights = read_hdf5(archive.read(_WEIGHTS), members[_WEIGHTS].file_size)
    return model_of(archive.read(CONFIG).decode("utf-8", "replace"), "", weights)


def file_of_weights(weights: KerasWeights) -> ForeignFile:
    """An .h5 file: with the model's JSON inside, or weights alone."""
    if weights.config:
        return model_of(weights.config, weights.training, weights)
    return file_of(bag_of(weights))


def bag_of(weights: KerasWeights) -> Bag:
    """Weights alone; which layers they are is told by their numbers and names."""
    tensors: dict[str, FloatArray] = {}
    for layer, variables in weights.layers.items():
        names = _names_of(layer, variables)
        for index, values in variables.items():
            tensors[f"{layer}/{names.get(index, index)}"] = values
    return Bag(WEIGHTS_FORM, tensors, epsilon=EPSILON_OF_KERAS)


def _names_of(layer: str, variables: Mapping[str, FloatArray]) -> dict[str, str]:
    """The names of variables that are only numbered."""
    kind = "dense"
    if len(variables) == 4 or "batch_norm" in layer:
        kind = "batch_normalization"
    elif "normalization" in layer:
        kind = "normalization"
    return {str(k): name for k, name in enumerate(_VARIABLES[kind])}


def model_of(config: str, training: str, weights: KerasWeights) -> ForeignFile:
    """The model that a JSON describes, with its weights.

    Raises:
        UnreadableError: damaged, or without a chain of dense layers.
    """
    try:
        model = json.loads(config)
        layers, reason = chain_of(model)
        compiled = json.loads(training) if training else model.get("compile_config")
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError):
        msg = tr("the model's description in the file is damaged")
        raise UnreadableError(msg) from None
    if reason:
        return ForeignFile(FORM, _parts(layers, weights), reason)
    operations = [op for layer in layers for op in _operations(layer, weights)]
    remarks = []
    output = "identity"
    if is_of_logits(compiled):
        output = "softmax"
        remarks.append("softmax is supplied, because the loss in the file takes logits")
    candidate = candidate_of(operations, output=output)
    folded = [op for op in operations if isinstance(op, Scale)]
    remarks += [f"{s.what} {s.name} is folded into the layer beside it" for s in folded]
    part = Part(
        candidate.layers[0].name, (candidate,), _inputs(operations), tuple(remarks)
    )
    return ForeignFile(FORM, (part,))


def _inputs(operations: Sequence[Operation]) -> str | None:
    if operations and isinstance(operations[0], Scale):
        return inputs_of_scale(operations[0])
    return None


def _parts(
    layers: Sequence[Mapping[str, Any]], weights: KerasWeights
) -> tuple[Part, ...]:
    """The chains of dense layers between what is something else."""
    found: list[Part] = []
    operations: list[Operation] = []
    for layer in (*layers, {"class_name": "end"}):
        try:
            operations += _operations(layer, weights)
            continue
        except UnreadableError:
            pass
        found += part_inside(operations)
        operations = []
    return tuple(found)


def _operations(layer: Mapping[str, Any], weights: KerasWeights) -> Iterator[Operation]:
    kind = str(layer.get("class_name"))
    config = layer.get("config")
    settings: Mapping[str, Any] = config if isinstance(config, dict) else {}
    name = str(settings.get("name", kind))
    if kind in NOTHING:
        return
    if kind == "Dense":
        yield _dense(name, weights)
        yield Activate(activation_of(settings.get("activation"), name))
    elif kind in ("Activation", "ReLU", "LeakyReLU", "ELU", "Softmax"):
        yield Activate(activation_of({**settings, "class_name": kind}, name))
    elif kind == "Rescaling":
        yield _rescaling(name, settings)
    elif kind == "BatchNormalization":
        yield _batch_norm(name, settings, weights)
    elif kind == "Normalization":
        yield _normalization(name, weights)
    else:
        msg = tr(
            "{name} is a {kind}, which a fully connected network has not",
            name=name,
            kind=kind,
        )
        raise UnreadableError(msg)


def _variables(name: str, kind: str, weights: KerasWeights) -> dict[str, FloatArray]:
    """A layer's arrays by their names."""
    found = weights.layers.get(name)
    if found is None:
        msg = tr("the weights of {name} are missing", name=name)
        raise UnreadableError(msg)
    names = {str(k): variable for k, variable in enumerate(_VARIABLES[kind])}
    return {names.get(index, index): values for index, values in found.items()}


def _dense(name: str, weights: KerasWeights) -> Dense:
    variables = _variables(name, "dense", weights)
    kernel = variables.get("kernel")
    if kernel is None or kernel.ndim != 2 or kernel.size == 0:
        msg = tr("the kernel of {name} is missing or no matrix", name=name)
        raise UnreadableError(msg)
    return Dense(name, turned_matrix(kernel), variables.get("bias"))


def _rescaling(name: str, settings: Mapping[str, Any]) -> Scale:
    factor, offset = settings.get("scale"), settings.get("offset", 0.0)
    try:
        scale = Scale(name, vector(factor), vector(offset), "Rescaling")  # type: ignore[arg-type]
    except (TypeError, ValueError):
        msg = tr("the scale of {name} is not a finite number", name=name)
        raise UnreadableError(msg) from None
    if not (np.isfinite(scale.factor).all() and np.isfinite(scale.offset).all()):
        msg = tr("the scale of {name} is not a finite number", name=name)
        raise UnreadableError(msg)
    return scale


def _batch_norm(name: str, settings: Mapping[str, Any], weights: KerasWeights) -> Scale:
    has = [bool(settings.get("scale", True)), bool(settings.get("center", True))]
    names = [n for n, is_in in zip(("gamma", "beta"), has, strict=True) if is_in]
    names += ["moving_mean", "moving_variance"]
    found = weights.layers.get(name, {})
    numbered = {str(k): variable for k, variable in enumerate(names)}
    variables = {numbered.get(k, k): v.astype(np.float64) for k, v in found.items()}
    if not {"moving_mean", "moving_variance"} <= set(variables):
        msg = tr("the statistics of {name} are missing", name=name)
        raise UnreadableError(msg)
    values = {
        ours: variables[theirs]
        for ours, theirs in (
            ("scale", "gamma"),
            ("shift", "beta"),
            ("mean", "moving_mean"),
            ("variance", "moving_variance"),
        )
        if theirs in variables
    }
    epsilon = settings.get("epsilon", EPSILON_OF_KERAS)
    if not isinstance(epsilon, float) or not 0 <= epsilon < 1:
        epsilon = EPSILON_OF_KERAS
    return _scale(name, values, epsilon, "BatchNormalization")


def _normalization(name: str, weights: KerasWeights) -> Scale:
    values = _variables(name, "normalization", weights)
    if not {"mean", "variance"} <= set(values):
        msg = tr("the statistics of {name} are missing", name=name)
        raise UnreadableError(msg)
    deviation = np.sqrt(np.maximum(values["variance"].astype(np.float64), 0))
    factor = 1 / np.maximum(deviation, _BACKEND_EPSILON)
    offset = -values["mean"].astype(np.float64) * factor
    return Scale(name, vector(factor), vector(offset), "Normalization")


def _scale(
    name: str, values: Mapping[str, np.ndarray], epsilon: float, what: str
) -> Scale:
    if len({v.shape for v in values.values()}) != 1 or np.any(values["variance"] < 0):
        msg = tr("the statistics of {name} are damaged", name=name)
        raise UnreadableError(msg)
    return normalising(name, values, epsilon=epsilon, what=what)
