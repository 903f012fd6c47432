"""The layers that a Keras model's JSON lists, and their activations."""

from collections.abc import Mapping
from typing import Any, Final

from core.files.tensors import UnreadableError
from core.network.numpy.activations.relu import leaky_relu
from core.values.words import tr

NOTHING: Final = (
    "InputLayer", "Flatten", "Dropout", "GaussianNoise", "GaussianDropout",
    "AlphaDropout", "ActivityRegularization", "Reshape",
)  # fmt: skip
"""Layers that leave values as they are, when a network is used."""
_ACTIVATIONS: Final = {
    "linear": "identity",
    "relu": "relu",
    "ReLU": "relu",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "softmax": "softmax",
    "Softmax": "softmax",
    "gelu": "gelu",
    "silu": "silu",
    "swish": "silu",
    "elu": "elu",
    "ELU": "elu",
    "softplus": "softplus",
}
_LEAKY_SLOPES: Final = ("negative_slope", "alpha")


def activation_of(value: object, layer: str) -> str:
    """The activation by its name here.

    Raises:
        UnreadableError: there is none of that name.
    """
    if value is None:
        return "identity"
    if isinstance(value, Mapping):
        return _of_layer(value, layer)
    name = _ACTIVATIONS.get(str(value))
    if name is None:
        msg = tr(
            "{layer} has the activation {value}, which is not known here",
            layer=layer,
            value=str(value)[:60],
        )
        raise UnreadableError(msg)
    return name


def _of_layer(value: Mapping[str, Any], layer: str) -> str:
    kind = str(value.get("class_name"))
    if kind == "Activation":
        return activation_of(value.get("activation"), layer)
    if kind == "LeakyReLU":
        slope = next((value[k] for k in _LEAKY_SLOPES if k in value), 0.3)
        if isinstance(slope, float):
            return leaky_relu(slope).name
        msg = tr("the slope of {layer} is not a number", layer=layer)
        raise UnreadableError(msg)
    if kind == "ReLU" and (value.get("max_value") or value.get("threshold")):
        msg = tr("{layer} is a ReLU with a limit, which is not known here", layer=layer)
        raise UnreadableError(msg)
    return activation_of(kind, layer)


def chain_of(model: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], str]:
    """The layers in the order of use, and why they are no chain of known ones.

    Raises:
        KeyError, TypeError, AttributeError, ValueError: the description is damaged.
    """
    config = model["config"]
    layers = list(config["layers"])
    if not all(isinstance(layer, dict) for layer in layers):
        raise TypeError
    reason = _first_foreign(layers)
    if model["class_name"] == "Sequential" or "input_layers" not in config:
        return layers, reason
    ordered, why = _ordered(layers)
    return ordered, reason or why


def _first_foreign(layers: list[Mapping[str, Any]]) -> str:
    for layer in layers:
        kind = str(layer["class_name"])
        name = str(layer["config"].get("name", kind))
        if kind in ("Add", "Concatenate", "Multiply", "Subtract", "Average", "Maximum"):
            return f"{name} ({kind}) joins two branches, so it is no chain of layers"
        if kind not in _KNOWN:
            return f"{name} is a {kind}; it is no fully connected network"
    return ""


_KNOWN: Final = (
    *NOTHING, "Dense", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax",
    "Rescaling", "BatchNormalization", "Normalization",
)  # fmt: skip


def _ordered(
    layers: list[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], str]:
    """Layers of a functional model, each after the one that it follows."""
    sources: dict[str, list[str]] = {}
    by_name: dict[str, Mapping[str, Any]] = {}
    for layer in layers:
        name = str(layer.get("name", layer["config"].get("name")))
        by_name[name] = layer
        sources[name] = _sources(layer.get("inbound_nodes", []))
    followers: dict[str, list[str]] = {}
    for name, above in sources.items():
        for source in above:
            followers.setdefault(source, []).append(name)
    forked = next((n for n, after in followers.items() if len(after) > 1), "")
    starts = [name for name, above in sources.items() if not above]
    if forked or len(starts) != 1 or any(len(s) > 1 for s in sources.values()):
        where = f"{forked} leads to two layers" if forked else "layers have two inputs"
        return layers, f"{where}, so it is no chain of layers"
    order = starts
    while order[-1] in followers and len(order) <= len(layers):
        order.append(followers[order[-1]][0])
    return [by_name[name] for name in order[: len(layers)]], ""


def _sources(nodes: object, depth: int = 0) -> list[str]:
    """Names of the layers whose values a layer takes, in either form of the JSON."""
    if depth > 20:
        raise ValueError
    found: list[str] = []
    if isinstance(nodes, dict):
        history = nodes.get("keras_history")
        config = nodes.get("config")
        if isinstance(config, dict) and "keras_history" in config:
            history = config["keras_history"]
        if isinstance(history, list) and history:
            return [str(history[0])]
        for value in nodes.values():
            found += _sources(value, depth + 1)
    elif isinstance(nodes, list):
        if len(nodes) in (3, 4) and isinstance(nodes[0], str):
            return [nodes[0]]  # [name, node, tensor, …] of Keras 2
        for value in nodes:
            found += _sources(value, depth + 1)
    return found


def is_of_logits(compiled: object) -> bool:
    """Whether the loss of a model takes logits."""
    loss = compiled.get("loss") if isinstance(compiled, dict) else None
    config = loss.get("config") if isinstance(loss, dict) else None
    return isinstance(config, dict) and bool(config.get("from_logits"))
