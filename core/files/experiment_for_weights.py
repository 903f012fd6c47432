"""The experiment that continues from a weights file."""

import contextlib
from dataclasses import replace

from core.data.table.preparation import Preparation, TargetColumn
from core.experiment.data_shape import DATA_SHAPES
from core.experiment.model import (
    ONE_OUTPUT,
    DataSettings,
    Experiment,
    NetworkSettings,
    TrainingSettings,
)
from core.experiment.one_output import for_network, needs_one_output
from core.experiment.rules import FAMILY_DATASETS, FILE, NUMBER_DATASETS
from core.files.foreign.description import Part, usual_output
from core.files.weights import WeightsFile, parts_error
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import usual_loss
from core.values.errors import ExperimentError
from core.values.words import tr


def experiment_of(weights: WeightsFile) -> Experiment:
    """The file's own experiment, or a default one that fits its network.

    Raises:
        FileError: the file contains no experiment, and no data set has as many
            inputs and classes as its network.
    """
    if weights.experiment is not None:
        return weights.experiment
    spec = weights.spec
    at_hand = {n: s for n, s in DATA_SHAPES.items() if n not in FAMILY_DATASETS}
    for name, shape in at_hand.items():
        if (shape.n_inputs, shape.n_outputs) == (spec.n_inputs, spec.n_outputs):
            output = output_on(weights, has_classes=name not in NUMBER_DATASETS)
            return Experiment(
                DataSettings(name=name),
                NetworkSettings(
                    hidden=spec.layer_sizes[1:-1],
                    activation=spec.activations[:-1],
                    output=output,
                ),
                TrainingSettings(loss=usual_loss(ACTIVATIONS[output]).name),
            )
    shapes = at_hand.values()
    sizes = ", ".join(dict.fromkeys(f"{s.n_inputs} to {s.n_outputs}" for s in shapes))
    msg = tr(
        "no data set fits the network {spec}, which leads from {n_inputs} to "
        "{n_outputs}; there are {sizes}{what_fits}",
        spec=spec,
        n_inputs=spec.n_inputs,
        n_outputs=spec.n_outputs,
        sizes=sizes,
        what_fits=_what_fits(weights),
    )
    opened = None if weights.foreign is None else weights.foreign.part
    raise parts_error(msg, _halves(weights), opened)


def preparation_of(weights: WeightsFile) -> Preparation | None:
    """How a network of ours takes own data, other than those it was trained on too.

    None for another program's, and where it was not trained on a file.
    """
    if weights.preparation is not None or weights.foreign is not None:
        return weights.preparation
    experiment = weights.experiment
    if experiment is None or experiment.data.name != FILE or not weights.class_names:
        return None
    scaling = None
    if experiment.data.scaling and weights.scaling and weights.pictures:
        scaling = weights.scaling.times(1 / weights.pictures.white)
    return Preparation((), (TargetColumn("y"),), weights.class_names, scaling=scaling)


def _halves(weights: WeightsFile) -> tuple[Part, ...]:
    """All parts of an autoencoder's file, if it was opened as a whole."""
    foreign, spec = weights.foreign, weights.spec
    if foreign is None or len(foreign.parts) < 2 or spec.n_inputs != spec.n_outputs:
        return ()
    return foreign.parts


def _what_fits(weights: WeightsFile) -> str:
    """Data that fit a network but have to be fetched, or what it is for."""
    spec = weights.spec
    if spec.n_inputs == spec.n_outputs:
        return tr(
            "; as many outputs as inputs are an autoencoder's, whose targets are its "
            "inputs: it is no classifier"
        )
    fitting = [
        name
        for name, shape in DATA_SHAPES.items()
        if name in FAMILY_DATASETS
        and (shape.n_inputs, shape.n_outputs) == (spec.n_inputs, spec.n_outputs)
    ]
    if not fitting:
        return tr("; open data that fit it before (--data FILE)")
    named = ", ".join(fitting)
    return tr(
        "; {named} would: give the folder of the files with --data "
        "and --set data.name={first}",
        named=named,
        first=fitting[0],
    )


def experiment_on(data: DataSettings, weights: WeightsFile) -> Experiment | None:
    """An experiment on data that were read, for a network without one, if it fits.

    Args:
        data: whose targets, and what they are, are known.
        weights: without an experiment.
    """
    spec = weights.spec
    output = output_on(weights, has_classes=data.has_classes)
    loss = usual_loss(ACTIVATIONS[output]).name
    if not data.has_classes:
        loss = "squared-error"
    network = NetworkSettings(
        hidden=spec.layer_sizes[1:-1], activation=spec.activations[:-1], output=output
    )
    with contextlib.suppress(ExperimentError):
        begun = Experiment(data, network, TrainingSettings(loss=loss))
        found = for_network(begun, spec.n_outputs)
        if found.spec.layer_sizes == spec.layer_sizes:
            return found
    return None


def on_data_at_hand(
    weights: WeightsFile, guessed: Experiment, at_hand: Experiment
) -> Experiment:
    """A guessed experiment, on the data of another one where the network fits them.

    Args:
        weights: what was opened.
        guessed: the experiment of a file that contains none.
        at_hand: an experiment whose data are likely to be meant.
    """
    data, spec = at_hand.data, weights.spec
    network, training = guessed.network, guessed.training
    if needs_one_output(data, spec.n_outputs):
        data = replace(data, outputs=ONE_OUTPUT)
        if _is_output_open(weights):
            network = replace(network, output="sigmoid")
            training = replace(training, loss="cross-entropy")
    shape = data.shape
    if (shape.n_inputs, shape.n_outputs) != (spec.n_inputs, spec.n_outputs):
        return guessed
    try:
        return Experiment(data, network, training)
    except ExperimentError:  # an output that does not go with these data
        return guessed


def output_on(weights: WeightsFile, *, has_classes: bool) -> str:
    """The output's activation on data with classes, or with numbers as targets."""
    if not _is_output_open(weights):
        return weights.spec.activations[-1]
    return usual_output(weights.spec.n_outputs) if has_classes else "identity"


def _is_output_open(weights: WeightsFile) -> bool:
    """Whether the file does not say the activation of the output."""
    if weights.foreign is None:
        return False
    return weights.foreign.part.candidates[0].layers[-1].activation is None
