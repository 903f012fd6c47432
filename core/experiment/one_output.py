"""One output for two classes: what else of an experiment changes with it."""

from core.experiment.model import ONE_OUTPUT, DataSettings, Experiment
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES


def values_for_one_output(experiment: Experiment) -> dict[str, object]:
    """The keys with which an experiment on two classes has one output for both.

    A softmax over one output is always 1, so that it becomes a sigmoid.
    """
    values: dict[str, object] = {"data.outputs": ONE_OUTPUT}
    output = ACTIVATIONS[experiment.network.output]
    if not output.is_over_layer:
        return values
    values["network.output"] = "sigmoid"
    if not LOSSES[experiment.training.loss].fits(ACTIVATIONS["sigmoid"]):
        values["training.loss"] = "cross-entropy"
    return values


def needs_one_output(data: DataSettings, n_outputs: int) -> bool:
    """Whether a network with that many outputs fits the data only so."""
    return n_outputs == 1 and data.has_two_classes and not data.outputs


def for_network(experiment: Experiment, n_outputs: int) -> Experiment:
    """The experiment with one output, where a network has one for its two classes."""
    if not needs_one_output(experiment.data, n_outputs):
        return experiment
    return experiment.with_values(values_for_one_output(experiment))
