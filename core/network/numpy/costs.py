"""The cost C of one example in NumPy: its terms, and which smooth piece it is on."""

import numpy as np
import numpy.typing as npt

from core.arrays import RealArray
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.answers import targets
from core.network.numpy.array_functions import NUMPY
from core.network.numpy.losses.record import DEFAULT_RHO, LossForm, Outputs
from core.network.numpy.losses.table import LOSSES


def target_of(label: int, n_outputs: int, output: str) -> RealArray:
    """(n_outputs,) target outputs of a class, see `targets`."""
    found = targets(NUMPY, ACTIVATIONS[output], np.asarray(label), n_outputs)
    return np.asarray(found, np.float32)


def cost_terms(
    loss: str,
    output: str,
    z: RealArray,
    target: RealArray,
    *,
    rho: float = DEFAULT_RHO,
) -> RealArray:
    """What each output adds to C, from the output's pre-activations, (..., n_out)."""
    activation = ACTIVATIONS[output]
    form = LOSSES[loss].with_output(activation)
    return scaled_terms(form, Outputs(NUMPY, activation, z, target, rho))


def written_targets(loss: str, output: str, target: RealArray) -> RealArray:
    """The t of the loss's formula for target outputs, (..., n_out)."""
    activation = ACTIVATIONS[output]
    form = LOSSES[loss].with_output(activation)
    if form.t is None:
        return target
    found: RealArray = form.t(Outputs(NUMPY, activation, target, target))
    return found


def scaled_terms(form: LossForm, outputs: Outputs) -> RealArray:
    """What each output adds to C."""
    terms: RealArray = form.terms(outputs)
    return terms if form.scale == 1 else terms * form.scale


def costs_of(
    loss: str, output: str, z: RealArray, target: RealArray, rho: float = DEFAULT_RHO
) -> RealArray:
    """(...,) the cost of each row of the output's pre-activations."""
    with np.errstate(all="ignore"):
        return np.asarray(cost_terms(loss, output, z, target, rho=rho).sum(axis=-1))


def pieces_of(
    loss: str, output: str, z: RealArray, target: RealArray, rho: float = DEFAULT_RHO
) -> npt.NDArray[np.int64]:
    """(..., n) which smooth piece of the loss each row is on; n is 0 for smooth ones.

    There is no derivative where one gives way to the next.
    """
    activation = ACTIVATIONS[output]
    pieces = LOSSES[loss].with_output(activation).pieces
    if pieces is None:
        return np.empty((*z.shape[:-1], 0), np.int64)
    found = pieces(Outputs(NUMPY, activation, z, target, rho))
    return np.asarray(found, np.int64)
