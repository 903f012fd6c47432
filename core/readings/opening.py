"""Opening a network of another program: the data that fit it, and how it reads them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from core.data.dataset import Dataset
from core.data.families import holds_family
from core.data.mnist_family import find_files, known_sets
from core.data.outputs import with_outputs
from core.experiment.data_shape import DATA_SHAPES
from core.experiment.model import (
    ONE_OUTPUT,
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.experiment.one_output import needs_one_output
from core.experiment.rules import (
    FAMILY_DATASETS,
    IMAGE_DATASETS,
    NO_CLASS,
    NUMBER_DATASETS,
)
from core.files.experiment_for_weights import experiment_of, output_on
from core.files.foreign.description import Part, assumed_spec
from core.files.weights import WeightsFile, assumed
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES, usual_loss
from core.readings.applied import params_as_read
from core.readings.choice import ReadingChoice, choice_of
from core.readings.possible import possible_outputs
from core.readings.rule import fitting, verdict
from core.readings.said import NOTHING_SAID, Said
from core.readings.sample import Sample, sample_of
from core.readings.sentences import inferred, notes, report
from core.readings.values import Outputs, Verdict
from core.values.errors import DataError, ExperimentError, FileError
from core.values.network_spec import NetworkSpec
from core.values.words import tr

Load = Callable[[DataSettings], Dataset]
_SEARCHED: Final = ("mnist",)
"""Data sets of files that are preferred where this machine has them."""


@dataclass(frozen=True, slots=True, eq=False)
class ReadNetwork:
    """A network as it was read, with the data and what is to be said.

    Attributes:
        weights: for inputs from 0 to 1, upright; a reading is folded into them.
        experiment: with its activations, and what was found out.
        dataset: of the experiment.
        notes: for the user.
        verdict: what was found out; None where nothing was tried.
        choice: what the user may choose between; None where nothing is open.
    """

    weights: WeightsFile
    experiment: Experiment
    dataset: Dataset
    notes: tuple[str, ...]
    verdict: Verdict | None = None
    choice: ReadingChoice | None = None

    @property
    def window_guesses(self) -> tuple[str, ...]:
        """The weights' assumptions without what only the command line offers."""
        foreign = self.weights.foreign
        if self.verdict is None or foreign is None:
            said = self.weights.assumptions
            return tuple(text.partition("; say --set ")[0] for text in said)
        return (*notes(self.verdict, by_command=False), *foreign.part.remarks)

    @property
    def report(self) -> dict[str, Any] | None:
        """The reading in a JSON report."""
        return None if self.verdict is None else report(self.verdict)


def first_experiment(
    weights: WeightsFile,
    data_folders: Sequence[Path] = (),
    preferred: Sequence[str] = (),
) -> tuple[Experiment, tuple[str, ...]]:
    """The experiment to begin with, and why its data were chosen.

    Args:
        weights: its own experiment has priority.
        data_folders: what they hold is preferred, where it fits.
        preferred: data sets that come before those.

    Raises:
        FileError: no data set fits the network.
    """
    if weights.experiment is not None or weights.foreign is None:
        return experiment_of(weights), ()
    held = [*preferred, *_held_in(data_folders)]
    at_hand = (name for name in DATA_SHAPES if name not in FAMILY_DATASETS)
    found = [*held, *_found_anywhere(), *at_hand]
    for name in dict.fromkeys(found):
        made = _experiment_on(name, weights, is_asked=name in preferred)
        if made is not None:
            return made, _note(name, held, weights.spec)
    return experiment_of(weights), ()  # says that none fits


def _note(name: str, held: Sequence[str], spec: NetworkSpec) -> tuple[str, ...]:
    if name in held:
        return ()
    if held:
        others = ", ".join(held)
        return (
            tr(
                "{others} does not fit the network {spec}; {name} is used instead",
                others=others,
                spec=spec,
                name=name,
            ),
        )
    return (
        tr(
            "the file names no data; {name} fits and is used (--set data.name=…)",
            name=name,
        ),
    )


def _held_in(folders: Sequence[Path]) -> list[str]:
    """Data sets whose files are in the folders that the user names."""
    found: list[str] = []
    for folder in folders:
        found += known_sets(folder)
        found += holds_family(folder)
    return found


def _found_anywhere() -> Iterator[str]:
    for name in _SEARCHED:
        with contextlib.suppress(DataError):
            find_files(name)
            yield name


def _experiment_on(
    name: str, weights: WeightsFile, *, is_asked: bool
) -> Experiment | None:
    """An experiment on a data set, or None where that does not fit.

    Two classes with one output are taken where the user asks for these data alone:
    numbers to predict fit as well.
    """
    if name not in DATA_SHAPES:
        return None
    spec, shape = weights.spec, DATA_SHAPES[name]
    if shape.n_inputs != spec.n_inputs:
        return None
    outputs: tuple[int, ...] = ()
    if is_asked and needs_one_output(DataSettings(name=name), spec.n_outputs):
        outputs = ONE_OUTPUT
    elif shape.n_outputs != spec.n_outputs:
        possible = possible_outputs(spec.n_outputs, shape.n_outputs)
        if name not in IMAGE_DATASETS or not possible:
            return None
        outputs = classes_of(possible[0])
    output = output_on(weights, has_classes=name not in NUMBER_DATASETS)
    loss = (
        "squared-error"
        if name in NUMBER_DATASETS
        else usual_loss(ACTIVATIONS[output]).name
    )
    with contextlib.suppress(ExperimentError):
        return Experiment(
            DataSettings(name=name, outputs=outputs),
            NetworkSettings(
                hidden=spec.layer_sizes[1:-1],
                activation=spec.activations[:-1],
                output=output,
            ),
            TrainingSettings(loss=loss),
        )
    return None


def classes_of(outputs: Outputs) -> tuple[int, ...]:
    """The class of each output, as `data.outputs` has it; empty for the plain order."""
    if outputs.only is not None:
        return (outputs.only,)
    if outputs.is_plain:
        return ()
    by_column = {column: k for k, column in enumerate(outputs.columns)}
    return tuple(by_column.get(k, NO_CLASS) for k in range(outputs.count))


def read_network(
    weights: WeightsFile, experiment: Experiment, load: Load, said: Said = NOTHING_SAID
) -> ReadNetwork:
    """Try what nobody says of a foreign network on the data of an experiment.

    Args:
        weights: with `foreign`.
        experiment: on data that fit the network.
        load: makes a data set of its settings.
        said: what the user says.

    Raises:
        FileError: what the user says cannot be done with this network.
        GlassboxError: what `load` raises.
    """
    assert weights.foreign is not None
    data = experiment.data
    plain = load(_undisturbed(data))
    part = said.applied_to(weights.foreign.part)
    sample = sample_of(plain, data.scaling)
    if sample is None or not fitting(part, sample):
        if said.inputs is not None:
            msg = tr("reading.inputs: is only for images and tables with classes")
            raise FileError(msg)
        dataset = plain if data == _undisturbed(data) else load(data)
        return _untried(weights, part, experiment, dataset)
    _check_said(said, sample)
    found = verdict(part, sample, said.inputs)
    candidate = part.candidates[found.candidate]
    read = params_as_read(candidate, found.reading, sample)
    # Outputs that the user or the file says stay; else those that were found.
    experiment = _with_findings(experiment, found, said, weights)
    spec = replace(
        assumed_spec(candidate),
        activations=(*experiment.network.activations, experiment.network.output),
    )
    opened = replace(
        weights,
        spec=spec,
        params=read,
        experiment=experiment,
        assumptions=(*notes(found), *part.remarks),
    )
    return ReadNetwork(
        opened,
        experiment,
        _loaded(experiment.data, data, plain, load),
        (*opened.assumptions, *opened.remarks),
        found,
        choice_of(found, sample),
    )


def _check_said(said: Said, sample: Sample) -> None:
    """Refuse inputs that are none of these data.

    Raises:
        FileError: says which there are.
    """
    if said.inputs is None or said.inputs.scaling in sample.scalings:
        return
    msg = tr(
        "reading.inputs: {scaling} is no reading of these data; expected one of "
        "{known}",
        scaling=said.inputs.scaling,
        known="; ".join(sample.scalings),
    )
    raise FileError(msg)


def _undisturbed(data: DataSettings) -> DataSettings:
    """The same data with the labels and pixels of the files."""
    if data.name not in IMAGE_DATASETS:
        return data
    return DataSettings(name=data.name, path=data.path, scaling=data.scaling)


def _loaded(
    wanted: DataSettings, asked: DataSettings, plain: Dataset, load: Load
) -> Dataset:
    if replace(asked, outputs=()) == _undisturbed(asked):
        return with_outputs(plain, wanted.outputs)
    return load(wanted)


def _untried(
    weights: WeightsFile, part: Part, experiment: Experiment, dataset: Dataset
) -> ReadNetwork:
    """What nobody says is assumed, and said."""
    assert weights.foreign is not None
    network = experiment.network
    activations = (*network.activations, network.output)
    spec = replace(weights.spec, activations=activations)
    said = (
        *assumed(part.candidates[0], spec),
        *_unknown_numbers(experiment, dataset),
        *part.remarks,
    )
    read = replace(weights, spec=spec, experiment=experiment, assumptions=said)
    return ReadNetwork(read, experiment, dataset, read.notes)


def _unknown_numbers(experiment: Experiment, dataset: Dataset) -> Iterator[str]:
    """What the network is taken to receive and to answer, where that is a guess."""
    columns = dataset.preparation is not None and dataset.preparation.columns
    if columns and not experiment.data.scaling:
        yield tr(
            "its inputs are not known: each column standardised by the training part "
            "is a guess; say --set data.scaling=none where it takes them as they are"
        )
    if dataset.has_own_units:
        yield tr(
            "its outputs are not known: targets standardised by the training part are "
            "a guess"
        )


def _with_findings(
    experiment: Experiment, found: Verdict, said: Said, weights: WeightsFile
) -> Experiment:
    """The experiment with what was found out."""
    assert weights.foreign is not None
    layers = said.applied_to(weights.foreign.part).candidates[found.candidate].layers
    hidden = [layer.activation or found.activation or "relu" for layer in layers[:-1]]
    values: dict[str, object] = {
        "network.activation": hidden,
        "network.output": found.output,
        "network.inferred": inferred(found),
        "data.outputs": classes_of(found.reading.outputs),
    }
    if not LOSSES[experiment.training.loss].fits(ACTIVATIONS[found.output]):
        values["training.loss"] = usual_loss(ACTIVATIONS[found.output]).name
    return experiment.with_values(values)
