"""Request and result of a proof of derivatives: frozen values."""

from dataclasses import dataclass, field, replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray, HostParams
from core.network.numpy.forward import NOTHING_HELD, HeldActivations
from core.network.numpy.losses.record import DEFAULT_RHO
from core.values.network_spec import NetworkSpec
from core.values.parameter import Parameter

Precision = Literal["float32", "float64"]
PRECISIONS: Final[tuple[Precision, ...]] = ("float32", "float64")

TOLERANCES: Final = {"float32": 1e-3, "float64": 1e-6}
"""Relative error up to which derivatives agree, besides rounding."""
SMALLEST_DECADE: Final = -17
DECADES: Final = 20
"""Relative errors are counted by decade: below 1e-16, …, 10 to 100."""

Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class ProofTask:
    """One example's cost at given weights, to be differentiated by three methods.

    Attributes:
        params: the shown weights.
        inputs: (n_in,).
        target: (n_out,) the target outputs.
        label: the true class; None for real-valued targets.
        parameter: prove this one in both precisions; None proves all of them.
        precision: to prove all of them in.
        step: of the run, for the text of the result.
        held: held activations.
        rho: margin at which the margin loss becomes 0.
    """

    spec: NetworkSpec
    loss: str
    params: HostParams
    inputs: FloatArray
    target: FloatArray
    label: int | None = None
    parameter: Parameter | None = None
    precision: Precision = "float64"
    step: int = 0
    held: HeldActivations = field(default_factory=lambda: NOTHING_HELD)
    rho: float = DEFAULT_RHO


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One derivative dC/dw by three methods.

    Attributes:
        precision: that all three were computed in.
        autodiff: by JAX.
        explicit: by the backward pass that the window shows.
        difference: (C(w + h) - C(w - h)) / 2h.
        step: h.
        rounding: possible effect of rounding on the difference.
        crosses_kink: some ReLU switches between w - h and w + h, where the
            difference is not a derivative.
    """

    parameter: Parameter
    precision: Precision
    autodiff: float
    explicit: float
    difference: float
    step: float
    rounding: float
    crosses_kink: bool = False

    @property
    def autodiff_error(self) -> float:
        """Relative error between autodiff and the explicit pass."""
        return _relative(self.autodiff, self.explicit)

    @property
    def difference_error(self) -> float:
        """Relative error between the central difference and the explicit pass."""
        return _relative(self.difference, self.explicit)

    @property
    def relative_error(self) -> float:
        """The larger of the two."""
        return max(self.autodiff_error, self.difference_error)

    @property
    def agrees(self) -> bool:
        """Whether the three agree, within the rounding of the difference."""
        larger = max(abs(self.autodiff), abs(self.explicit), abs(self.difference))
        slack = TOLERANCES[self.precision] * larger
        exact = abs(self.autodiff - self.explicit) <= slack
        # Written so that NaN does not agree.
        return exact and abs(self.difference - self.explicit) <= slack + self.rounding


@dataclass(frozen=True, slots=True, eq=False)
class OneProof:
    """One parameter in both precisions."""

    task: ProofTask
    rows: tuple[ProofRow, ...]


@dataclass(frozen=True, slots=True)
class ProofProgress:
    """The number of parameters that are proved so far."""

    done: int
    total: int


@dataclass(frozen=True, slots=True, eq=False)
class ProofReport:
    """The result for all parameters, or a random sample of them.

    Attributes:
        task: what was asked.
        total: parameters of the network.
        checked: how many were differentiated by three methods.
        zeros: of these, derivatives that are exactly 0 in all three.
        kinks: where a ReLU switches inside the step, so that there is no result.
        agreeing: all others that agree, the zeros among them.
        blurred: of these, those whose relative error is above the tolerance, but which
            rounding alone may explain.
        worst: those that disagree first, then by relative error; no kinks.
        autodiff_errors: (DECADES,) derivatives by decade of their relative error.
        difference_errors: the same of the central differences.
        seconds: of computing, on the runner thread.
    """

    task: ProofTask
    total: int
    checked: int
    zeros: int
    kinks: int
    agreeing: int
    blurred: int
    worst: tuple[ProofRow, ...]
    autodiff_errors: Counts
    difference_errors: Counts
    seconds: float

    @property
    def disagreeing(self) -> int:
        return self.checked - self.kinks - self.agreeing


@dataclass(frozen=True, slots=True, eq=False)
class ProofState:
    """The window's proofs so far.

    Attributes:
        one: of the parameter that was proved last.
        whole: of all parameters.
        progress: of the proof of all that is under way.
        failure: the reason of a failure, or empty.
    """

    one: OneProof | None = None
    whole: ProofReport | None = None
    progress: ProofProgress | None = None
    failure: str = ""


NO_PROOF: Final = ProofState()


def advanced(
    state: ProofState, result: OneProof | ProofProgress | ProofReport
) -> ProofState:
    """The state after one more result."""
    if isinstance(result, OneProof):
        return replace(state, one=result, failure="")
    if isinstance(result, ProofProgress):
        return replace(state, progress=result, failure="")
    return replace(state, whole=result, progress=None)


def _relative(a: float, b: float) -> float:
    larger = max(abs(a), abs(b))
    return abs(a - b) / larger if larger > 0 else 0.0
