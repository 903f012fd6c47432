"""A requested change of the network's layers."""

from dataclasses import dataclass
from typing import Final, Literal

from core.experiment.model import NetworkSettings

NEW_UNITS: Final = 4
Kind = Literal["units", "activation", "output", "insert", "remove"]


@dataclass(frozen=True, slots=True)
class LayerEdit:
    """A change of one layer.

    Attributes:
        kind: "units" adds `count` units (negative: removes), "activation" names
            another one for a hidden layer, "output" for the output, whichever layer
            that is; "insert" adds a layer after `layer`, "remove" takes it out.
        layer: 1 is the first hidden layer.
    """

    kind: Kind
    layer: int
    count: int = 0
    activation: str = ""


def edited_values(network: NetworkSettings, edit: LayerEdit) -> dict[str, object]:
    """The keys of an experiment that the edit changes, with their new values.

    An impossible edit (no unit left, a missing layer) changes nothing: the
    network may have changed since the editor was shown it.
    """
    hidden, activations = list(network.hidden), list(network.activations)
    at = edit.layer - 1
    if edit.kind == "output":
        return {"network.output": edit.activation}
    if edit.kind == "insert":
        units = hidden[max(at, 0)] if hidden and at < len(hidden) else NEW_UNITS
        fallback = network.activation
        name = fallback if isinstance(fallback, str) else "tanh"
        near = activations[max(at, 0)] if activations and at < len(hidden) else name
        hidden.insert(at + 1, units)
        activations.insert(at + 1, near)
    elif not 0 <= at < len(hidden):
        return {}
    elif edit.kind == "remove":
        del hidden[at], activations[at]
    elif edit.kind == "units":
        hidden[at] = max(1, hidden[at] + edit.count)
    else:
        activations[at] = edit.activation
    if hidden == list(network.hidden) and activations == list(network.activations):
        return {}
    return {"network.hidden": hidden, "network.activation": _short(activations)}


def _short(activations: list[str]) -> object:
    """A single name where all layers share it."""
    if not activations:
        return "tanh"
    return activations[0] if len(set(activations)) == 1 else activations
