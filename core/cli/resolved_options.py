"""Makes an experiment from the options: preset, file, weights, --set, --seed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.cli import own_data
from core.cli.error_boundary import UsageError
from core.cli.options import ExperimentOptions
from core.cli.tested_rows import RowsToTest, tested_rows
from core.experiment.effects import (
    FILE_DATASETS,
    LOSS,
    RATE,
    cautions,
    ineffective,
    rate_note,
    with_rate_of_optimizer,
    without_effect_on_evaluation,
)
from core.experiment.model import Experiment
from core.experiment.one_output import for_network
from core.experiment.presets import (
    DEFAULT_PRESET,
    load_preset,
    preset_named,
    read_experiment,
)
from core.experiment.rules import DATASETS, FILE
from core.files.experiment_for_weights import experiment_on
from core.files.weights import WeightsFile, load_weights
from core.readings.opening import first_experiment
from core.readings.said import KEY, NOTHING_SAID, Said, parsed_inputs
from core.readings.values import InputReading
from core.values.errors import ExperimentError
from core.values.toml_text import TomlError, tables_of
from core.values.words import tr


@dataclass(frozen=True, slots=True, eq=False)
class ResolvedOptions:
    """The experiment of the options.

    Attributes:
        weights: initial weights of training, None for weights drawn from the seed.
        notes: notes for the user about assumptions.
        said: what the user says of the weights of another program.
        reading: what was found out about them by trying, for a report.
        tests_all_rows: whether no row of the data was trained on.
    """

    experiment: Experiment
    weights: WeightsFile | None = None
    notes: tuple[str, ...] = ()
    said: Said = NOTHING_SAID
    reading: Mapping[str, object] | None = None
    tests_all_rows: bool = False

    @property
    def training_notes(self) -> tuple[str, ...]:
        """The notes where the network is then trained."""
        if self.weights is None or not self.weights.start_note:
            return self.notes
        return *self.notes, tr(
            "training {start_note}", start_note=self.weights.start_note
        )


def choose(options: ExperimentOptions, *, trains: bool = True) -> ResolvedOptions:
    """Combine the options; each one overrides those before it.

    The order is the weights file's own, preset, experiment file, --set, --seed. The
    network is always that of the weights file.

    Args:
        options: of the command line.
        trains: whether the network is then trained, or only evaluated.

    Raises:
        UsageError: an unknown preset, key or value.
        ExperimentError: the experiment file is invalid.
        FileError: the weights file is invalid, or belongs to another network.
    """
    changes = parse_changes(options.changes)
    choice = _begin(options, changes, trains=trains)
    inputs = _said_inputs(changes, choice.weights)
    values = with_rate_of_optimizer(_values(options, changes), choice.experiment)
    values = own_data.with_own_path(values, options, choice.experiment)
    values, answers = own_data.without_answers(values, choice.experiment)
    try:
        experiment = choice.experiment.with_values(values)
    except ExperimentError as error:
        raise UsageError(str(error)) from None
    found = own_data.read(experiment, changes, answers, choice.weights)
    experiment = found.experiment
    if choice.weights is not None:
        experiment = for_network(experiment, choice.weights.spec.n_outputs)
    found = found._replace(experiment=experiment)
    rows, told = _rows(found, choice, changes, trains=trains)
    notes = (*choice.notes, *_notes(options, changes, experiment), *told)
    if not trains:
        notes = (*notes, *without_effect_on_evaluation(experiment, changes))
    elif RATE in values and RATE not in changes:
        notes = (*notes, rate_note(experiment.training))
    weights = choice.weights
    if weights is None:
        notes = (*notes, *cautions(experiment))
    else:
        _check_fit(experiment, weights, trains=trains)
        if weights.foreign is not None:
            said = _said(choice, experiment, changes, inputs)
            activations = experiment.spec.activations
            spec = replace(weights.spec, activations=activations)
            weights = replace(weights, spec=spec)
            return ResolvedOptions(experiment, weights, notes, said)
        weights, remarks = _read_as_asked(weights, experiment, changes, options)
        notes = (*notes, *remarks)
        if rows.are_all:
            experiment = _with_all_rows_as_they_are(experiment)
    return ResolvedOptions(experiment, weights, notes, tests_all_rows=rows.are_all)


def _rows(
    found: own_data.ReadData,
    choice: ResolvedOptions,
    changes: Mapping[str, object],
    *,
    trains: bool,
) -> tuple[RowsToTest, tuple[str, ...]]:
    """Which rows of own data test, and what was understood of them, for the user."""
    weights = choice.weights
    if weights is None:
        return RowsToTest(), found.notes
    rows = RowsToTest() if trains else tested_rows(weights, found, changes)
    notes = found.bare_notes if rows.are_other else found.notes
    columns = own_data.columns_notes(weights, found.experiment.data, changes)
    return rows, (*notes, *columns, *rows.notes)


def _with_all_rows_as_they_are(experiment: Experiment) -> Experiment:
    """What is done to training rows alone is not done to those that are tested."""
    data = replace(experiment.data, shuffled_labels=False, validation_fraction=0.0)
    return replace(experiment, data=data)


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
        msg = tr("--set {key}: is only for the weights of another program", key=KEY)
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
            msg = tr(
                "--set {change}: expected key=value, e.g. training.batch_size=10",
                change=change,
            )
            raise UsageError(msg)
        values[key.strip()] = _toml_value(text.strip())
    return values


def _toml_value(text: str) -> object:
    try:
        table = tables_of(f"value = {text}")
    except TomlError:
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
    experiment: Experiment,
) -> Iterator[str]:
    """What was asked for and has no effect."""
    yield from _told_twice(options, experiment)
    if options.preset is not None and options.experiment is not None:
        yield tr(
            "--preset {preset} has no effect: the experiment is that of {experiment}",
            preset=options.preset,
            experiment=options.experiment,
        )
    yield from _data_notes(options, experiment.data.name)
    if options.part and options.weights is None:
        yield tr("--part {part} has no effect: no network is opened", part=options.part)
    if options.weights is not None and "network.initializer" in changes:
        yield tr(
            "network.initializer has no effect: the weights are those of {weights}",
            weights=options.weights,
        )
    if options.seed is not None and "training.seed" in changes:
        yield tr("--set training.seed has no effect beside --seed")
    seed = (
        () if options.seed is None or "training.seed" in changes else ("training.seed",)
    )
    yield from ineffective(experiment, (*changes, *seed))


def _told_twice(options: ExperimentOptions, experiment: Experiment) -> Iterator[str]:
    """Where one of two values, or of two folders, is not taken."""
    keys = Counter(change.partition("=")[0].strip() for change in options.changes)
    for key, count in keys.items():
        if count > 1:
            yield tr(
                "--set {key} is given {count} times; the last one counts",
                key=key,
                count=count,
            )
    for name, count in Counter(experiment.data.features).items():
        if count > 1:
            yield tr(
                "data.features names {name} {count} times; it is one input",
                name=name,
                count=count,
            )
    for folder in options.data_folders if len(options.data_folders) > 1 else ():
        if not folder.exists():
            yield tr("--data {folder}: there is no such folder", folder=folder)


def _data_notes(options: ExperimentOptions, name: str) -> Iterator[str]:
    file = own_data.own_file(options)
    if file is not None and name != FILE:
        yield tr(
            "--data {file} has no effect: the data of this experiment are {name} "
            "(--set data.name=file takes the file)",
            file=file,
            name=name,
        )
    elif options.data_folders and name not in (*FILE_DATASETS, FILE):
        yield tr(
            "--data has no effect: {name} is not read from a folder; those that are: "
            "{file_datasets} (--set data.name=mnist)",
            name=name,
            file_datasets=", ".join(FILE_DATASETS),
        )


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
        msg = tr(
            "{weights}: it has biases, and network.bias=false takes none",
            weights=options.weights,
        )
        raise UsageError(msg)
    said, asked_for = (", ".join(s.activations) for s in (weights.spec, spec))
    note = tr(
        "{weights}: read with {asked_for} as --set says; the file says {said}",
        weights=options.weights,
        asked_for=asked_for,
        said=said,
    )
    notes = (note,) if spec.activations != weights.spec.activations else ()
    return replace(weights, spec=spec), notes


def _begin(
    options: ExperimentOptions, changes: Mapping[str, object], *, trains: bool
) -> ResolvedOptions:
    if own_data.is_on_own_data(options, changes):
        return ResolvedOptions(own_data.usual(options, changes))
    named = _named_experiment(options)
    if options.weights is None:
        return ResolvedOptions(named or load_preset(DEFAULT_PRESET).experiment)
    weights = load_weights(options.weights, options.part)
    notes: tuple[str, ...] = ()
    if weights.foreign is None:
        notes = tuple(f"{options.weights}: {text}" for text in weights.notes)
    if weights.experiment is not None:
        experiment = weights.experiment
        if named is not None:
            experiment, note = _on_named(experiment, named, options, trains=trains)
            notes = (*notes, *note)
        return ResolvedOptions(experiment, weights, notes)
    if named is not None and named.spec.layer_sizes != weights.spec.layer_sizes:
        experiment, note = _on_named(
            _foreign_on(named, weights, trains=trains), named, options, trains=trains
        )
        return ResolvedOptions(experiment, weights, (*notes, *note))
    if named is not None:
        # The file names no activations; the experiment does.
        said = Said(activations=named.network.activations)
        return ResolvedOptions(named, weights, notes, said)
    fitting = own_data.experiment_for(weights, options, changes)
    if fitting is not None:
        return ResolvedOptions(fitting, weights, notes)
    name = changes.get("data.name")
    asked = (str(name),) if name in DATASETS else ()
    experiment, reasons = first_experiment(weights, options.data_folders, asked)
    if not any(change.startswith("data.name") for change in options.changes):
        notes = (*notes, *(f"{options.weights}: {text}" for text in reasons))
    return ResolvedOptions(experiment, weights, notes)


def _on_named(
    own: Experiment, named: Experiment, options: ExperimentOptions, *, trains: bool
) -> tuple[Experiment, tuple[str, ...]]:
    """The experiment of a weights file with what a named one says of the rest.

    Raises:
        UsageError: the two do not go together.
    """
    name = options.experiment or f"--preset {options.preset}"
    try:
        training = named.training if trains else own.training
        experiment = Experiment(named.data, own.network, training)
    except ExperimentError as error:
        msg = tr(
            "{name} does not go with the network of {weights}: {error}",
            name=name,
            weights=options.weights,
            error=error,
        )
        raise UsageError(msg) from None
    told = {"name": name, "weights": options.weights}
    keys = (change.partition("=")[0].strip() for change in options.changes)
    if not trains and any(k == LOSS or k.startswith("network.") for k in keys):
        note = tr(
            "{name}: its data are used; network and loss are those in {weights}, but "
            "for what --set says",
            **told,
        )
    elif not trains:
        note = tr(
            "{name}: its data are used; network and loss are those in {weights}", **told
        )
    elif named.network != own.network:
        note = tr(
            "{name}: its data and training are used; the network is that in {weights}",
            **told,
        )
    else:
        return experiment, ()
    return experiment, (note,)


def _foreign_on(named: Experiment, weights: WeightsFile, *, trains: bool) -> Experiment:
    """The network of another program on the data of a named experiment.

    Raises:
        ExperimentError: they do not fit each other.
    """
    found = experiment_on(named.data, weights)
    if found is None:
        _check_fit(named, weights, trains=trains)
        return named
    return found


def _named_experiment(options: ExperimentOptions) -> Experiment | None:
    """The experiment of the named preset or file; the file has priority."""
    try:
        preset = None if options.preset is None else preset_named(options.preset)
    except ExperimentError as error:
        raise UsageError(str(error)) from None
    if options.experiment is not None:
        return read_experiment(options.experiment)
    return None if preset is None else preset.experiment


def _check_fit(experiment: Experiment, weights: WeightsFile, *, trains: bool) -> None:
    wanted = experiment.spec
    if wanted.layer_sizes != weights.spec.layer_sizes:
        msg = tr(
            "the weights are of a network {spec}, but the experiment on {data} needs "
            "{wanted}",
            spec=weights.spec,
            data=experiment.data.name,
            wanted=wanted,
        )
        if trains:
            advice = tr("leave the weights out or change the experiment")
        else:
            advice = tr("name data that fit them, by --data, --preset or --experiment")
        raise ExperimentError(f"{msg}; {advice}")
