"""The parameter and example of the number lines, and the initial range."""

import numpy as np

from core.network.numpy.number_lines import ParameterProbe
from core.network.numpy.perturbation import BasePass
from core.values.parameter import Parameter
from gui.session.selection import Selection
from gui.session.view_state import View


def moved_parameter(view: View, selection: Selection) -> Parameter | None:
    """The parameter the lines start with: a unit's bias, or its strongest weight."""
    if isinstance(selection, Parameter):
        return selection
    layer, unit = selection.layer, selection.unit
    if layer == 0:
        return None
    if view.spec.has_bias(layer):
        return Parameter(layer, unit)
    with np.errstate(over="ignore", invalid="ignore"):  # of one that has diverged
        products = view.params[layer - 1][0][unit] * view.trace.layer(layer - 1)
    return Parameter(layer, unit, int(np.argmax(np.abs(products))))


def ground_of(view: View, parameter: Parameter) -> ParameterProbe:
    """The shown example and a parameter, ready to be moved."""
    target = view.target
    assert target is not None
    training = view.run.experiment.training
    base = BasePass(
        view.spec,
        training.loss,
        view.params,
        view.trace.pre_activations,
        target,
        view.held,
        training.rho,
    )
    return ParameterProbe(base, view.trace.layer(parameter.layer - 1), parameter)


def first_reach(value: float) -> float:
    """Half of the initial range: 0 in its middle, the value well inside."""
    size = abs(value) if np.isfinite(value) else 0.0
    reach = 1.0
    while reach < 1.5 * size:
        reach *= 2
    return reach
