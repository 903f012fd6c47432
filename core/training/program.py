"""The values that determine the compiled training program, as one hashable value."""

from dataclasses import dataclass

from core.experiment.model import Experiment
from core.network.numpy.losses.record import DEFAULT_RHO
from core.network.numpy.losses.table import LOSSES
from core.values.network_spec import NetworkSpec


@dataclass(frozen=True, slots=True)
class Program:
    """Structural choices: a new value needs a compilation, changes of numbers do not.

    Attributes:
        rho: margin at which the margin loss becomes 0.
        has_dropout: whether dropout is in force.
        penalised: whether L1 or L2 is in force; without it the penalty costs nothing.
    """

    spec: NetworkSpec
    loss: str
    optimizer: str
    penalised: bool = False
    rho: float = DEFAULT_RHO
    has_dropout: bool = False

    @property
    def output(self) -> str:
        return self.spec.activations[-1]

    @classmethod
    def of(cls, experiment: Experiment, spec: NetworkSpec) -> "Program":
        training = experiment.training
        penalised = training.l1 > 0 or training.l2 > 0
        rho = training.rho if LOSSES[training.loss].reads_rho else DEFAULT_RHO
        has_dropout = training.dropout > 0 and spec.n_layers > 1
        return cls(spec, training.loss, training.optimizer, penalised, rho, has_dropout)
