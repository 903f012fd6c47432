"""What is selected where the user has selected nothing and wants to see something."""

import numpy as np

from core.arrays import RealArray
from core.network.numpy.answers import output_for
from core.values.parameter import Parameter
from gui.session.example_backward import backward_of
from gui.session.view_state import View


def first_selection(view: View, layer: int | None = None) -> Parameter:
    """The weight that the shown example asks most of, of a layer or of the last one.

    Where it asks nothing of any (it has no label, or its gradient is 0), the weight
    from the largest activation to the unit that matters.
    """
    layer = view.spec.n_layers if layer is None else layer
    backward = backward_of(view)
    if backward is not None:
        gradient = _sizes(backward.weight_gradient(layer))
        if gradient.any():
            return Parameter(layer, *divmod(_largest(gradient), gradient.shape[1]))
    unit = _largest(_sizes(view.trace.layer(layer)))
    if layer == view.spec.n_layers:
        unit = min(relevant_output(view), view.spec.n_outputs - 1)
    return Parameter(layer, unit, _largest(_sizes(view.trace.layer(layer - 1))))


def asks_nothing(view: View, of: Parameter) -> bool:
    """Whether the shown example leaves a parameter as it is."""
    backward = backward_of(view)
    if backward is None:
        return False
    return backward.gradient_of(of.layer, of.unit, of.source) == 0


def _largest(sizes: RealArray) -> int:
    return int(np.argmax(sizes))


def _sizes(values: RealArray) -> RealArray:
    return np.nan_to_num(np.abs(values))


def relevant_output(view: View) -> int:
    """Of the true class, or the strongest where there is none."""
    label = view.example.label
    if label is None:
        return view.trace.strongest
    return output_for(label, view.spec.n_outputs)
