"""Finds the layers in models of PyTorch, Keras, scikit-learn, JAX's libraries, arrays.

No library is imported: a model brings its own. What it is of is told by its classes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from glassbox.recording.layers import (
    UNKNOWN,
    Model,
    ModelError,
    Pair,
    as_array,
    checked,
)

_TORCH: Final = {
    "ReLU": "relu",
    "LeakyReLU": "leaky-relu",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
    "GELU": "gelu",
    "SiLU": "silu",
    "ELU": "elu",
    "Softplus": "softplus",
    "Softmax": "softmax",
    "LogSoftmax": "softmax",
    "Identity": "identity",
}
_KERAS: Final = {
    "linear": "identity",
    "swish": "silu",
    "leaky_relu": "leaky-relu",
}
_SKLEARN: Final = {"logistic": "sigmoid"}
_WITHOUT_WEIGHTS: Final = ("Flatten", "Dropout", "Sequential", "Unflatten")


def model_of(model: Any) -> Model:
    """A model of any known library.

    Raises:
        ModelError: it is none, or no chain of fully connected layers.
    """
    modules = {cls.__module__.partition(".")[0] for cls in type(model).__mro__}
    if "torch" in modules and hasattr(model, "named_modules"):
        return _torch(model)
    if modules & {"keras", "tf_keras", "tensorflow"} and hasattr(model, "layers"):
        return _keras(model)
    if hasattr(model, "coefs_") and hasattr(model, "intercepts_"):
        return _sklearn(model)
    if "sklearn" in modules:
        msg = (
            "this scikit-learn model has no weights yet; call fit or partial_fit first"
        )
        raise ModelError(msg)
    return _arrays(model)


def _torch(model: Any) -> Model:
    layers: list[Any] = []
    activations: list[str] = []
    for module in model.modules():
        name = type(module).__name__
        if any(True for _ in module.children()) or name in _WITHOUT_WEIGHTS:
            continue
        if name == "Linear":
            layers.append(module)
            activations.append(UNKNOWN)
        elif name in _TORCH and layers:
            activations[-1] = _TORCH[name]
        elif any(True for _ in module.parameters(recurse=False)):
            msg = f"the model has a layer {name}; fully connected layers are recorded"
            raise ModelError(msg)
    is_sequence = type(model).__name__ == "Sequential"
    if is_sequence and activations:
        # A sequence says all that is done; elsewhere functions may be called between.
        activations = ["identity" if a == UNKNOWN else a for a in activations]

    def read() -> list[Pair]:
        return checked(
            [
                (
                    as_array(layer.weight),
                    None if layer.bias is None else as_array(layer.bias),
                )
                for layer in layers
            ],
            "PyTorch",
        )

    return Model("PyTorch", read, tuple(activations), changes_in_place=True)


def _keras(model: Any) -> Model:
    layers = [layer for layer in model.layers if layer.weights]
    for layer in layers:
        if type(layer).__name__ != "Dense":
            msg = (
                f"the model has a layer {type(layer).__name__}; fully connected layers "
                "are recorded"
            )
            raise ModelError(msg)
    names = [getattr(layer.activation, "__name__", UNKNOWN) for layer in layers]

    def read() -> list[Pair]:
        arrays = [layer.get_weights() for layer in layers]
        return checked(
            [
                (
                    as_array(np.transpose(part[0])),
                    as_array(part[1]) if part[1:] else None,
                )
                for part in arrays
            ],
            "Keras",
        )

    activations = tuple(_KERAS.get(name, name) for name in names)
    return Model("Keras", read, activations, changes_in_place=True)


def _sklearn(model: Any) -> Model:
    def read() -> list[Pair]:
        return checked(
            [
                (as_array(np.transpose(w)), as_array(b))
                for w, b in zip(model.coefs_, model.intercepts_, strict=True)
            ],
            "scikit-learn",
        )

    hidden = _SKLEARN.get(model.activation, model.activation)
    output = _SKLEARN.get(model.out_activation_, model.out_activation_)
    n_hidden = len(model.coefs_) - 1
    activations = (*(hidden for _ in range(n_hidden)), output)
    return Model("scikit-learn", read, activations, changes_in_place=True)


def _arrays(model: Any) -> Model:
    """Lists of (weights, biases), and the nested parameters of JAX's libraries."""
    found = _pairs(model)
    is_numpy = all(
        isinstance(part, np.ndarray)
        for pair, _ in found
        for part in pair
        if part is not None
    )

    def read() -> list[Pair]:
        return checked(
            [
                (
                    as_array(np.transpose(w) if is_turned else w),
                    None if b is None else as_array(b),
                )
                for (w, b), is_turned in _pairs(model)
            ],
            "arrays",
        )

    activations = (UNKNOWN,) * len(found)
    return Model("arrays", read, activations, changes_in_place=is_numpy)


def _pairs(model: Any) -> list[tuple[tuple[Any, Any], bool]]:
    """Weights and biases in their order, and whether the weights are (n_in, n_out).

    Raises:
        ModelError: there are none.
    """
    found = list(_walk(model))
    if not found:
        msg = (
            f"a model of the type {type(model).__name__} is not known; give a list of "
            "(weights, biases), weights (n_out, n_in), or a model of PyTorch, Keras, "
            "scikit-learn, Flax or Equinox"
        )
        raise ModelError(msg)
    return found


def _walk(value: Any) -> Iterable[tuple[tuple[Any, Any], bool]]:
    if isinstance(value, Mapping):
        if "kernel" in value:  # Flax
            yield (value["kernel"], value.get("bias")), True
            return
        if "weight" in value:
            yield (value["weight"], value.get("bias")), False
            return
        for key in sorted(value, key=_natural):
            yield from _walk(value[key])
        return
    if _has_axes(getattr(value, "weight", None), 2):  # Equinox
        yield (value.weight, getattr(value, "bias", None)), False
        return
    if hasattr(value, "layers"):
        yield from _walk(value.layers)
        return
    if isinstance(value, Sequence) and not isinstance(value, str):
        if _is_pair(value):
            yield (value[0], value[1]), False
            return
        for part in value:
            yield from _walk(part)


def _is_pair(value: Sequence[Any]) -> bool:
    return (
        len(value) == 2
        and _has_axes(value[0], 2)
        and (value[1] is None or _has_axes(value[1], 1))
    )


def _has_axes(value: Any, count: int) -> bool:
    return getattr(value, "ndim", None) == count


def _natural(key: object) -> tuple[object, ...]:
    """Dense_10 after Dense_9."""
    text = str(key)
    digits = "".join(c if c.isdigit() else " " for c in text).split()
    return (text.rstrip("0123456789"), *(int(d) for d in digits))
