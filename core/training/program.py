"""What decides the compiled training program, as one hashable value."""

from dataclasses import dataclass

from core.experiment.model import Experiment
from core.network.numpy.losses.record import DEFAULT_RHO
from core.network.numpy.losses.table import LOSSES
from core.values.network_spec import NetworkSpec


@dataclass(frozen=True, slots=True)
class Program:
    """Structural choices: a new value compiles anew, numbers that change do not count.

    Attributes:
        rho: where the margin loss becomes 0.
        has_dropout: whether steps leave hidden activations out.
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
