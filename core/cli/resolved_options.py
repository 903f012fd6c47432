"""Makes an experiment from the options: preset, file, weights, --set, --seed."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.cli.error_boundary import UsageError
from core.cli.options import ExperimentOptions
from core.experiment.effects import (
    FILE_DATASETS,
    RATE,
    cautions,
    ineffective,
    rate_note,
    with_rate_of_optimizer,
)
from core.experiment.model import Experiment
from core.experiment.presets import (
    DEFAULT_PRESET,
    load_preset,
    preset_names,
    read_experiment,
)
from core.files.weights import WeightsFile, load_weights
from core.readings.opening import first_experiment
from core.readings.said import KEY, NOTHING_SAID, Said, parsed_inputs
from core.readings.values import InputReading
from core.values.errors import ExperimentError


@dataclass(frozen=True, slots=True, eq=False)
class ResolvedOptions:
    """The experiment of the options.

    Attributes:
        weights: initial weights of training, None for weights drawn from the seed.
        notes: notes for the user about assumptions.
        said: what the user says of the weights of another program.
        reading: what was found out about them by trying, for a report.
    """

    experiment: Experiment
    weights: WeightsFile | None = None
    notes: tuple[str, ...] = ()
    said: Said = NOTHING_SAID
    reading: Mapping[str, object] | None = None

    @property
    def training_notes(self) -> tuple[str, ...]:
        """The notes where the network is then trained."""
        if self.weights is None or not self.weights.start_note:
            return self.notes
        return *self.notes, f"training {self.weights.start_note}"


def choose(options: ExperimentOptions) -> ResolvedOptions:
    """Combine the options; each one overrides those before it.

    The order is preset, experiment file, the weights file's own, --set, --seed.

    Raises:
        UsageError: an unknown preset, key or value.
        ExperimentError: the experiment file is invalid.
        FileError: the weights file is invalid, or belongs to another network.
    """
    choice = _begin(options)
    changes = parse_changes(options.changes)
    inputs = _said_inputs(changes, choice.weights)
    values = with_rate_of_optimizer(_values(options, changes), choice.experiment)
    try:
        experiment = choice.experiment.with_values(values)
    except ExperimentError as error:
        raise UsageError(str(error)) from None
    notes = (*choice.notes, *_notes(options, changes, values, experiment))
    weights = choice.weights
    if weights is None:
        notes = (*notes, *cautions(experiment))
    else:
        _check_fit(experiment, weights)
        if weights.foreign is not None:
            said = _said(choice, experiment, changes, inputs)
            activations = experiment.spec.activations
            spec = replace(weights.spec, activations=activations)
            weights = replace(weights, spec=spec)
            return ResolvedOptions(experiment, weights, notes, said)
        weights, remarks = _read_as_asked(weights, experiment, changes, options)
        notes = (*notes, *remarks)
    return ResolvedOptions(experiment, weights, notes)


def _said_inputs(
    changes: dict[str, object], weights: WeightsFile | None
) -> InputReading | None:
    """How the user says that inputs are read; no key of an experiment.

    Raises:
        UsageError: it cannot be read, or there is nothing to say it of.
    """
    if KEY not in changes:
        return None
    value = changes.pop(KEY)
    if weights is None or weights.foreign is None:
        msg = f"--set {KEY}: is only for the weights of another program"
        raise UsageError(msg)
    try:
        return parsed_inputs(str(value))
    except ExperimentError as error:
        raise UsageError(str(error)) from None


def _said(
    choice: ResolvedOptions,
    experiment: Experiment,
    changes: Mapping[str, object],
    inputs: InputReading | None,
) -> Said:
    """What --set, and a named experiment, say of the weights of another program."""
    network = experiment.network
    named = choice.said.activations is not None
    hidden = named or "network.activation" in changes
    output = named or "network.output" in changes
    return Said(
        inputs,
        network.activations if hidden else None,
        network.output if output else None,
    )


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
    except (ValueError, RecursionError):  # no TOML, or a number of 5,000 digits
        return text
    # A text with a line break could be parsed as several entries.
    return table["value"] if len(table) == 1 else text


def _values(
    options: ExperimentOptions, changes: Mapping[str, object]
) -> dict[str, object]:
    values: dict[str, object] = {}
    if options.data_folders:
        # Given now, for this machine; a path in a file may be of another machine.
        values["data.path"] = ""
    values.update(changes)
    if options.seed is not None:
        values["training.seed"] = options.seed
    return values


def _notes(
    options: ExperimentOptions,
    changes: Mapping[str, object],
    values: Mapping[str, object],
    experiment: Experiment,
) -> Iterator[str]:
    """What was asked for and has no effect, and what was chosen unasked."""
    if options.preset is not None and options.experiment is not None:
        yield (
            f"--preset {options.preset} has no effect: the experiment is that of "
            f"{options.experiment}"
        )
    if options.data_folders and experiment.data.name not in FILE_DATASETS:
        yield (
            f"--data has no effect: {experiment.data.name} is not read from a folder; "
            f"those that are: {', '.join(FILE_DATASETS)} (--set data.name=mnist)"
        )
    if options.seed is not None and "training.seed" in changes:
        yield "--set training.seed has no effect beside --seed"
    yield from ineffective(experiment, changes)
    if RATE in values and RATE not in changes:
        yield rate_note(experiment.training)


def _read_as_asked(
    weights: WeightsFile,
    experiment: Experiment,
    changes: Mapping[str, object],
    options: ExperimentOptions,
) -> tuple[WeightsFile, tuple[str, ...]]:
    """Network keys of --set decide how weights are read, over what their file says."""
    spec = experiment.spec
    asked = [key for key in changes if key.startswith("network.")]
    if not asked or spec == weights.spec:
        return weights, ()
    if not any(spec.biases) and any(np.any(bias) for _, bias in weights.params):
        msg = f"{options.weights}: it has biases, and network.bias=false takes none"
        raise UsageError(msg)
    said, asked_for = (", ".join(s.activations) for s in (weights.spec, spec))
    note = (
        f"{options.weights}: read with {asked_for} as --set says; the file says {said}"
    )
    notes = (note,) if spec.activations != weights.spec.activations else ()
    return replace(weights, spec=spec), notes


def _begin(options: ExperimentOptions) -> ResolvedOptions:
    _check_folders(options)
    named = _named_experiment(options)
    if options.weights is None:
        return ResolvedOptions(named or load_preset(DEFAULT_PRESET).experiment)
    weights = load_weights(options.weights, options.part)
    notes: tuple[str, ...] = ()
    if weights.foreign is None:
        notes = tuple(f"{options.weights}: {text}" for text in weights.notes)
    if weights.experiment is not None:
        if named is not None:
            note = f"{options.weights}: the experiment in this file is used"
            notes = (*notes, note)
        return ResolvedOptions(weights.experiment, weights, notes)
    if named is not None:
        # The file names no activations; the experiment does.
        said = Said(activations=named.network.activations)
        return ResolvedOptions(named, weights, notes, said)
    experiment, reasons = first_experiment(weights, options.data_folders)
    if not any(change.startswith("data.name") for change in options.changes):
        notes = (*notes, *(f"{options.weights}: {text}" for text in reasons))
    return ResolvedOptions(experiment, weights, notes)


def _check_folders(options: ExperimentOptions) -> None:
    """A file named by --data would be passed over without a word.

    Raises:
        UsageError: it is no folder.
    """
    for folder in options.data_folders:
        if folder.is_file():
            msg = (
                f"--data {folder}: this is a file; it takes a folder with the four IDX "
                "files of MNIST or Fashion-MNIST"
            )
            raise UsageError(msg)


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
