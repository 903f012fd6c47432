"""One change of the layers, the same from the form as from the network picture."""

from dataclasses import dataclass
from typing import Final, Literal

from core.experiment.model import NetworkSettings

NEW_UNITS: Final = 16
Kind = Literal["size", "units", "activation", "all", "output", "insert", "remove"]


@dataclass(frozen=True, slots=True)
class LayerEdit:
    """A change of one layer.

    Attributes:
        kind: "size" gives a hidden layer `count` units, "units" adds so many (or takes
            some away), "activation" names another one for a hidden layer, "all" for
            every hidden layer, "output" for the output, whichever layer that is;
            "insert" adds a layer after `layer`, "remove" takes it out.
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
    if edit.kind == "all":
        activations = [edit.activation] * len(hidden)
    elif edit.kind == "insert":
        beside = min(max(at, 0), len(hidden) - 1)
        hidden.insert(at + 1, hidden[beside] if hidden else NEW_UNITS)
        name = activations[beside] if activations else _only_name(network)
        activations.insert(at + 1, name)
    elif not 0 <= at < len(hidden):
        return {}
    elif edit.kind == "remove":
        del hidden[at], activations[at]
    elif edit.kind == "size":
        hidden[at] = edit.count
    elif edit.kind == "units":
        hidden[at] = max(1, hidden[at] + edit.count)
    else:
        activations[at] = edit.activation
    if hidden == list(network.hidden) and activations == list(network.activations):
        return {}
    # Without a layer the name is kept for the next one.
    names = set(activations) or {network.activations[0]}
    activation: object = names.pop() if len(names) == 1 else activations
    return {"network.hidden": hidden, "network.activation": activation}


def _only_name(network: NetworkSettings) -> str:
    return network.activation if isinstance(network.activation, str) else "relu"
