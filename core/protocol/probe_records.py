"""Results of probes of a run, as frozen host-side values: no JAX arrays."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.arrays import FloatArray, HostParams


@dataclass(frozen=True, slots=True, eq=False)
class OptimizerState:
    """One state of an optimiser, shaped like params.

    Attributes:
        name: as in `core.descriptions.optimizers`.
        before: its values before the step.
        after: its values after the step; the same as before if none was taken.
    """

    name: str
    before: HostParams
    after: HostParams


@dataclass(frozen=True, slots=True, eq=False)
class RequestRecord:
    """The requests of each example of the current batch for every parameter.

    An example's request for the weight from unit j to unit k is minus its derivative,
    -delta_k a_j, and for the bias -delta_k: so the two lists below hold all of them.
    Both are of the parameters before the step, and so without the penalties.

    Attributes:
        activations: (batch, n) of layers 0 to n_layers - 1.
        deltas: (batch, n_out) of layers 1 to n_layers: dC/dz of each example's loss.
        optimizer: the one of that step.
        taken: whether the step with this batch has been taken.
        learning_rate: of that step.
        l1: of that step, as in TrainingSettings.
        l2: of that step.
        states: the optimiser's states, empty when it has none.
        numbers: the optimiser's own numbers of that step, by their training keys.
        count: steps that it has taken since it began, with this one where it is taken.
    """

    activations: tuple[FloatArray, ...]
    deltas: tuple[FloatArray, ...]
    optimizer: str
    taken: bool
    learning_rate: float
    l1: float
    l2: float
    states: tuple[OptimizerState, ...]
    numbers: Mapping[str, float]
    count: int
