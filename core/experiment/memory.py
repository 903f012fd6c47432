"""An estimate of an experiment's memory, before anything is allocated."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.descriptions.optimizers import OPTIMIZERS
from core.experiment.data_shape import FLOAT_BYTES
from core.experiment.model import Experiment

MOST_PARAMETERS: Final = 1_000_000_000
"""The window keeps several copies of the weights: beyond, no machine is asked."""
USABLE_SHARE: Final = 0.8
"""Share of the free memory that a run may take; the rest is for everybody else."""
LEFT_SHARE: Final = 0.1
"""Share of the free memory for runs that were left and that undo may bring back."""
MOST_FOR_LEFT: Final = 1_000_000_000
OPTIMIZER_COPIES: Final[Mapping[str, int]] = {
    name: len(description.states) for name, description in OPTIMIZERS.items()
}
"""Number of state vectors of an optimiser, each as long as the parameters."""


@dataclass(frozen=True, slots=True)
class MemoryEstimate:
    """Bytes that training needs, part by part.

    Attributes:
        parameter_count: weights and biases.
        parameters: float32 weights and biases.
        gradients: one value for each parameter.
        optimizer: the optimiser's state.
        activations: inputs, z and a of every unit for one batch.
        data: all examples.
    """

    parameter_count: int
    parameters: int
    gradients: int
    optimizer: int
    activations: int
    data: int

    @property
    def training(self) -> int:
        """Parameters, gradients and the optimiser's state."""
        return self.parameters + self.gradients + self.optimizer

    @property
    def total(self) -> int:
        return self.training + self.activations + self.data


def estimate(experiment: Experiment, n_inputs: int, n_outputs: int) -> MemoryEstimate:
    """Bytes for training this experiment with these numbers of inputs and classes."""
    spec = experiment.network.spec(n_inputs, n_outputs)
    count = spec.parameter_count
    units = sum(spec.layer_sizes[1:])
    shape = experiment.data.shape
    return MemoryEstimate(
        parameter_count=count,
        parameters=FLOAT_BYTES * count,
        gradients=FLOAT_BYTES * count,
        optimizer=FLOAT_BYTES * count * OPTIMIZER_COPIES[experiment.training.optimizer],
        activations=FLOAT_BYTES
        * experiment.training.batch_size
        * (n_inputs + 2 * units),
        data=shape.n_examples * n_inputs * shape.input_bytes,
    )


def refusal(
    experiment: Experiment,
    n_inputs: int,
    n_outputs: int,
    free_bytes: int,
) -> str | None:
    """Why this experiment cannot be trained in this memory, or None if it can.

    Args:
        experiment: the requested experiment.
        n_inputs: values of one example.
        n_outputs: classes, or numbers of a target.
        free_bytes: memory that a new allocation can have where it is to be trained.
            More parameters than MOST_PARAMETERS are refused whatever it is.
    """
    needed = estimate(experiment, n_inputs, n_outputs)
    if needed.parameter_count > MOST_PARAMETERS:
        return (
            f"{_weights_text(needed, experiment)}; the most that Glassbox takes is "
            f"{count_text(MOST_PARAMETERS)} parameters, on every machine"
        )
    if needed.total <= USABLE_SHARE * free_bytes:
        return None
    room = (
        f"{bytes_text(free_bytes)} are free, of which a run may take {USABLE_SHARE:.0%}"
    )
    if needed.training <= USABLE_SHARE * free_bytes:
        return (
            f"A batch of {experiment.training.batch_size:,} needs "
            f"{bytes_text(needed.activations)} for its activations, "
            f"{bytes_text(needed.total)} in all; {room}"
        )
    return f"{_weights_text(needed, experiment)}; {room}"


def _weights_text(needed: MemoryEstimate, experiment: Experiment) -> str:
    return (
        f"{count_text(needed.parameter_count)} parameters need "
        f"{bytes_text(needed.parameters)} for the weights alone, "
        f"{bytes_text(needed.training)} while training with "
        f"{experiment.training.optimizer}"
    )


def room_for_left_runs(free_bytes: int) -> int:
    """Bytes that runs which were left may take, where so much memory is free."""
    return min(MOST_FOR_LEFT, int(LEFT_SHARE * free_bytes))


def bytes_text(size: int) -> str:
    """Bytes in decimal units with one digit: "12.0 GB"."""
    value = float(size)
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if value < 999.95:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:,.1f} PB"


def count_text(count: int) -> str:
    """A count, exact up to a hundred million: "13,002", above it "1.57e9"."""
    if count < 100_000_000:
        return f"{count:,}"
    mantissa, _, exponent = f"{count:.2e}".partition("e+")
    return f"{mantissa}e{int(exponent)}"
