"""What is selected where the user has selected nothing and wants to see something."""

import numpy as np

from core.network.numpy.answers import output_for
from core.values.parameter import Parameter
from gui.session.view_state import View


def first_selection(view: View) -> Parameter:
    """The weight of the true class that matters most: from the largest activation."""
    layer = view.spec.n_layers
    unit = min(relevant_output(view), view.spec.n_outputs - 1)
    before = np.nan_to_num(np.abs(view.trace.layer(layer - 1)))
    return Parameter(layer, unit, int(np.argmax(before)))


def relevant_output(view: View) -> int:
    """Of the true class, or the strongest where there is none."""
    label = view.example.label
    if label is None:
        return view.trace.strongest
    return output_for(label, view.spec.n_outputs)
