"""What a change of the experiment is called, and its value: "Undo learning rate"."""

from collections.abc import Iterable, Mapping
from typing import Final

from core.experiment.model import Experiment
from core.values.words import tr
from gui.session.document.draft import values_of
from gui.style.experiment_labels import DATASETS, FIELDS
from gui.style.number_format import count, editable

_TEXTS: Final[Mapping[str, str]] = {
    "data.formula": tr("formula"),
    "data.inputs": tr("examples"),
    "network.hidden": tr("hidden layers"),
    "network.activation": tr("activation"),
    "network.output": tr("output activation"),
    "network.initial_weights": tr("initial weights"),
    "network.initial_biases": tr("initial biases"),
}
"""Keys that the form has no labelled field for, or one with a sign as its name."""
_MOST_NAMED: Final = 8


def edit_text(keys: Iterable[str]) -> str:
    """Names the keys that the user has edited, by what tells most of them."""
    edited = tuple(keys)
    for key in ("data.inputs", "network.hidden", *edited):
        if key in edited:
            return _TEXTS.get(key) or _field_name(key)
    return tr("change")


def refused_text(experiment: Experiment, key: str, reason: str) -> str:
    """The reason, with the value that could not be had where it does not say that."""
    found = values_of(experiment)[key]
    # A seed counts nothing: its digits are not grouped.
    value = str(found) if key.endswith(".seed") else _value_text(found)
    if not value or value.casefold() in reason.casefold():
        return reason
    return f"{value}: {reason}"


def _value_text(value: object) -> str:
    if isinstance(value, str):
        return DATASETS[value].name if value in DATASETS else value
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return count(value)
    if isinstance(value, float):
        return editable(value)
    if isinstance(value, tuple) and len(value) <= _MOST_NAMED:
        return " · ".join(map(_value_text, value))
    return ""


def _field_name(key: str) -> str:
    if key not in FIELDS:
        return key.rpartition(".")[2].replace("_", " ")
    name = FIELDS[key].name.replace("&", "")
    is_word = name[1:].islower()
    return name[0].lower() + name[1:] if is_word else name
