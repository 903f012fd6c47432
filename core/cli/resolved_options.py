"""Makes an experiment from the options: preset, file, weights, --set, --seed."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.cli.error_boundary import UsageError
from core.cli.options import ExperimentOptions
from core.experiment.model import Experiment
from core.experiment.presets import (
    DEFAULT_PRESET,
    load_preset,
    preset_names,
    read_experiment,
)
from core.files.experiment_for_weights import experiment_of
from core.files.weights import WeightsFile, load_weights
from core.values.errors import ExperimentError


@dataclass(frozen=True, slots=True, eq=False)
class ResolvedOptions:
    """The experiment of the options.

    Attributes:
        weights: initial weights of training, None for weights drawn from the seed.
        notes: notes for the user about assumptions.
    """

    experiment: Experiment
    weights: WeightsFile | None = None
    notes: tuple[str, ...] = ()


def choose(options: ExperimentOptions) -> ResolvedOptions:
    """Combine the options; each one overrides those before it.

    The order is preset, experiment file, the weights file's own, --set, --seed.

    Raises:
        UsageError: an unknown preset, key or value.
        ExperimentError: the experiment file is invalid.
        FileError: the weights file is invalid, or belongs to another network.
    """
    choice = _begin(options)
    values = _values(options)
    try:
        experiment = choice.experiment.with_values(values)
    except ExperimentError as error:
        raise UsageError(str(error)) from None
    if choice.weights is not None:
        _check_fit(experiment, choice.weights)
    return replace(choice, experiment=experiment)


def parse_changes(changes: Sequence[str]) -> dict[str, object]:
    """Parse key=value texts; a value that is not TOML is used as plain text.

    Raises:
        UsageError: there is no "=".
    """
    values: dict[str, object] = {}
    for change in changes:
        key, equals, text = change.partition("=")
        if not equals:
            msg = f"--set {change}: expected key=value, e.g. training.batch_size=10"
            raise UsageError(msg)
        values[key.strip()] = _toml_value(text.strip())
    return values


def _toml_value(text: str) -> object:
    try:
        table = tomllib.loads(f"value = {text}")
    except (tomllib.TOMLDecodeError, RecursionError):
        return text
    # A text with a line break could be parsed as several entries.
    return table["value"] if len(table) == 1 else text


def _values(options: ExperimentOptions) -> dict[str, object]:
    values: dict[str, object] = {}
    if options.data_folders:
        # Given now, for this machine; a path in a file may be of another machine.
        values["data.path"] = ""
    values.update(parse_changes(options.changes))
    if options.seed is not None:
        values["training.seed"] = options.seed
    return values


def _begin(options: ExperimentOptions) -> ResolvedOptions:
    named = _named_experiment(options)
    if options.weights is None:
        return ResolvedOptions(named or load_preset(DEFAULT_PRESET).experiment)
    weights = load_weights(options.weights)
    notes = tuple(f"{options.weights}: {text}" for text in weights.assumptions)
    if weights.experiment is not None:
        if named is not None:
            note = f"{options.weights}: the experiment in this file is used"
            notes = (*notes, note)
        return ResolvedOptions(weights.experiment, weights, notes)
    if named is not None:
        # The file names no activations; the experiment does.
        spec = named.network.spec(weights.spec.n_inputs, weights.spec.n_outputs)
        if spec.layer_sizes == weights.spec.layer_sizes:
            weights = replace(weights, spec=spec)
            notes = ()
        return ResolvedOptions(named, weights, notes)
    return ResolvedOptions(experiment_of(weights), weights, notes)


def _named_experiment(options: ExperimentOptions) -> Experiment | None:
    """The experiment of the named preset or file; the file has priority."""
    if options.preset is not None and options.preset not in preset_names():
        names = ", ".join(preset_names())
        msg = f"unknown preset {options.preset!r} (choose from {names})"
        raise UsageError(msg)
    if options.experiment is not None:
        return read_experiment(options.experiment)
    if options.preset is not None:
        return load_preset(options.preset).experiment
    return None


def _check_fit(experiment: Experiment, weights: WeightsFile) -> None:
    wanted = experiment.spec
    if wanted.layer_sizes != weights.spec.layer_sizes:
        msg = (
            f"the weights are of a network {weights.spec}, but the experiment on "
            f"{experiment.data.name} needs {wanted}; leave the weights out or change "
            "the experiment"
        )
        raise ExperimentError(msg)
