"""Changes that an edit of one key needs in others, so that the edit is possible."""

from collections.abc import Mapping
from typing import Final

from core.experiment import inline, rules
from core.experiment.effects import with_rate_of_optimizer
from core.experiment.model import ONE_OUTPUT, Experiment
from core.experiment.one_output import values_for_one_output
from core.values.errors import ExperimentError

_STARTER: Final[Mapping[str, object]] = {
    "data.inputs": [[0, 0], [0, 1], [1, 0], [1, 1]],
    "data.labels": [0, 1, 1, 0],
    "data.class_names": ["no", "yes"],
    "data.path": "",
    "data.noise": 0.0,
    "data.train_fraction": None,
}
"""The first examples when the user chooses inline data: exclusive or."""
_WITHOUT_FILE: Final[Mapping[str, object]] = {
    "data.path": "",
    "data.target": None,
    "data.ignore": None,
    "data.split_by": "",
    "data.answers": "",
    "data.scaling": "",
    "data.size": None,
    "data.hash": "",
    "data.preparation": "",
}
_GIVEN: Final = ("network.initial_weights", "network.initial_biases")
DRAWN: Final[Mapping[str, object]] = dict.fromkeys(_GIVEN)
"""Removes given values, so that the seed draws them."""


def with_dependent_edits(
    values: Mapping[str, object],
    experiment: Experiment,
    begun_with: Experiment | None = None,
) -> dict[str, object]:
    """The edit, and the changes it needs in other keys.

    Other data replace inline data, which are removed; weights that are given
    go when they no longer fit the layers.

    Args:
        values: dotted keys with their new values.
        experiment: what is edited.
        begun_with: the preset or file that it was made from; another optimiser then
            brings a rate of its own. None keeps the rate, which the user has set.
    """
    requested = dict(values)
    if begun_with is not None:
        requested = with_rate_of_optimizer(requested, experiment, begun_with)
    if "data.scaling" in values:
        # Means that the user asks for are not those that a network brings.
        requested = {"data.preparation": "", **requested}
    name = values.get("data.name")
    has_inline = experiment.data.inputs is not None
    if name == inline.INLINE and not has_inline:
        requested = {**_STARTER, **requested}
    elif name is not None and name != inline.INLINE and has_inline:
        requested |= {f"data.{key}": None for key in inline.KEYS}
    if name not in (None, rules.FILE) and experiment.data.name == rules.FILE:
        requested = {**_WITHOUT_FILE, **requested}
    if isinstance(name, str):
        requested = _with_answers(requested, experiment, name)
    requested = _with_outputs(requested, experiment)
    network = experiment.network
    if network.initial_weights is None and network.initial_biases is None:
        return requested
    if not set(_GIVEN) & set(values) and not _is_possible(requested, experiment):
        drawn = {**requested, **DRAWN}
        return drawn if _is_possible(drawn, experiment) else requested
    return requested


def _with_outputs(
    requested: dict[str, object], experiment: Experiment
) -> dict[str, object]:
    """What outputs stand for is of these classes; one alone is no softmax."""
    data = experiment.data
    outputs = requested.get("data.outputs", data.outputs)
    if not outputs:
        return requested
    if "data.outputs" not in requested:
        has_other_classes = requested.get("data.name", data.name) != data.name
        is_sign = data.has_one_output and data.has_two_classes
        without = {**requested, "data.outputs": ()}
        if has_other_classes and not is_sign:
            return without
        is_needed = not _is_possible(requested, experiment)
        return without if is_needed and _is_possible(without, experiment) else requested
    if outputs == ONE_OUTPUT:
        return {**values_for_one_output(experiment), **requested}
    return requested


def _with_answers(
    requested: dict[str, object], experiment: Experiment, name: str
) -> dict[str, object]:
    """Regression needs another output and another loss than classification."""
    has_numbers = name in rules.NUMBER_DATASETS
    had_numbers = (
        experiment.data.name in rules.NUMBER_DATASETS
        or experiment.data.answers == "numbers"
    )
    if has_numbers and not had_numbers:
        change = {"network.output": "identity", "training.loss": "squared-error"}
    elif had_numbers and not has_numbers and name != inline.INLINE:
        change = {"network.output": "softmax", "training.loss": "cross-entropy"}
    else:
        return requested
    return {**change, **requested}


def _is_possible(values: Mapping[str, object], experiment: Experiment) -> bool:
    try:
        experiment.with_values(values)
    except ExperimentError:
        return False
    return True
