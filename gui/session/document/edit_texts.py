"""What the menu calls a change of the experiment: "Undo learning rate"."""

from collections.abc import Iterable, Mapping
from typing import Final

from gui.style.experiment_labels import FIELDS

_TEXTS: Final[Mapping[str, str]] = {
    "data.formula": "formula",
    "data.inputs": "examples",
    "network.hidden": "hidden layers",
    "network.activation": "activation",
    "network.output": "output activation",
    "network.initial_weights": "initial weights",
    "network.initial_biases": "initial biases",
}
"""Keys that the form has no labelled field for, or one with a sign as its name."""


def edit_text(keys: Iterable[str]) -> str:
    """Names the keys that the user has edited, by what tells most of them."""
    edited = tuple(keys)
    for key in ("data.inputs", "network.hidden", *edited):
        if key in edited:
            return _TEXTS.get(key) or _field_name(key)
    return "change"


def _field_name(key: str) -> str:
    if key not in FIELDS:
        return key.rpartition(".")[2].replace("_", " ")
    name = FIELDS[key].name.replace("&", "")
    is_word = name[1:].islower()
    return name[0].lower() + name[1:] if is_word else name
