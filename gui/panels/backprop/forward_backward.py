"""The shown example's pass forward and backward, and the unit chosen in each layer."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray
from core.network.numpy.backprop import Backward
from core.values.parameter import Parameter
from gui.session.first_selection import relevant_output
from gui.session.selection import Selection, unit_of
from gui.session.view_state import View


@dataclass(frozen=True, slots=True, eq=False)
class ForwardBackward:
    """What all stages are drawn from.

    Attributes:
        backward: None while the example has no label.
        chosen: the unit to look at in each layer.
    """

    view: View
    backward: Backward | None
    chosen: Mapping[int, int]

    def pre_activations(self, layer: int) -> FloatArray:
        return self.view.trace.pre_activations[layer - 1]

    def weights(self, layer: int) -> FloatArray:
        return self.view.params[layer - 1][0]

    def bias(self, layer: int, unit: int) -> float | None:
        """A unit's bias, None where the layer has none."""
        if not self.view.spec.has_bias(layer):
            return None
        return float(self.view.params[layer - 1][1][unit])


def chosen_units(
    view: View, backward: Backward | None, before: Mapping[int, int]
) -> dict[int, int]:
    """The unit to look at in each layer.

    What is selected comes first, then what was shown before; at first it is the
    true class and the units that matter most.
    """
    chosen = dict(before)
    for layer in range(1, view.spec.n_layers + 1):
        if layer not in chosen:
            chosen[layer] = _most_relevant(view, backward, layer)
    selection = view.selection
    if selection is not None:
        chosen |= _selected_units(selection)
    return chosen


def _selected_units(selection: Selection) -> dict[int, int]:
    units = [unit_of(selection)]
    if isinstance(selection, Parameter) and selection.origin is not None:
        units.append(selection.origin)
    return {one.layer: one.unit for one in units if one.layer > 0}


def _most_relevant(view: View, backward: Backward | None, layer: int) -> int:
    if layer == view.spec.n_layers:
        return relevant_output(view)
    values = view.trace.layer(layer)
    if backward is not None:
        values = backward.deltas[layer - 1].astype(np.float32)
    return int(np.argmax(np.abs(values)))
