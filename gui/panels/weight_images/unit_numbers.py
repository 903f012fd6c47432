"""One unit's numbers as text: its incoming weights, bias, z and a."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import FloatArray
from core.network.numpy.activations.table import ACTIVATIONS
from core.values.parameter import Unit
from core.values.words import tr
from gui.session.parameter_names import SEPARATOR, source_name
from gui.session.view_state import View
from gui.style.number_format import MINUS, fixed, full, plain, short
from gui.widgets.pictures.cells import Cells

MOST_NAMED: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class UnitNumbers:
    """What one unit computes for the shown example.

    Attributes:
        inputs: (n_in,) activations of the layer before.
        weights: (n_in,).
        nudges: (n_in,) minus the gradient, None when it is not known.
        bias: b, None where the layer has none.
        bias_nudge: minus the gradient of the bias, None when it is not there.
        pre_activation: z = weights . inputs + b, or without the b.
        activation: a = f(z).
    """

    inputs: FloatArray
    weights: FloatArray
    nudges: FloatArray | None
    bias: float | None
    bias_nudge: float | None
    pre_activation: float
    activation: float

    @property
    def products(self) -> FloatArray:
        """(n_in,) input times weight: the terms of z."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.inputs * self.weights


def unit_numbers(view: View, of: Unit) -> UnitNumbers:
    """Read one unit of layer 1 to n_layers."""
    layer, unit = of.layer, of.unit
    weights, biases = view.params[layer - 1]
    has_bias = view.spec.has_bias(layer)
    gradient = view.snapshot.gradient
    nudges, bias_nudge = None, None
    if gradient is not None:
        nudges = -gradient[layer - 1][0][unit]
        bias_nudge = -float(gradient[layer - 1][1][unit]) if has_bias else None
    return UnitNumbers(
        view.trace.layer(layer - 1),
        weights[unit],
        nudges,
        float(biases[unit]) if has_bias else None,
        bias_nudge,
        float(view.trace.pre_activations[layer - 1][unit]),
        float(view.trace.activations[layer - 1][unit]),
    )


def picture_cells(view: View, layer: int) -> Cells:
    """The cells of a unit's picture: the image's, or about a square."""
    n_inputs = view.spec.layer_sizes[layer - 1]
    if layer == 1 and view.run.dataset.image_shape is not None:
        return Cells.of_images(view.run.dataset)
    return Cells.in_rows(n_inputs, math.ceil(math.sqrt(n_inputs)))


def input_names(view: View, layer: int) -> tuple[str, ...]:
    """A name for each of a unit's inputs, none where they are pixels or too many."""
    if layer == 1 and view.run.dataset.image_shape is not None:
        return ()
    count = view.spec.layer_sizes[layer - 1]
    if count > MOST_NAMED:
        return ()
    return tuple(
        source_name(view.run, Unit(layer - 1, source)) for source in range(count)
    )


def sum_text(view: View, unit: Unit) -> str:
    """The sum for the unit's activation, with its numbers."""
    numbers = unit_numbers(view, unit)
    total = float(np.sum(numbers.products, dtype=np.float64))
    activation = ACTIVATIONS[view.spec.activations[unit.layer - 1]]
    function = activation.applied_text("z")
    terms, summands = "", ""
    if numbers.bias is not None:
        bias = plain(abs(numbers.bias))
        sign = MINUS if numbers.bias < 0 else "+"
        terms, summands = tr(" + bias"), f"{fixed(total)} {sign} {bias} = "
    return tr(
        "z = sum of input \N{MULTIPLICATION SIGN} weight{terms} = "
        "{summands}{pre_activation}\na = {function} = {activation}",
        terms=terms,
        summands=summands,
        pre_activation=fixed(numbers.pre_activation),
        function=function,
        activation=fixed(numbers.activation),
    )


def cell_text(view: View, unit: Unit, source: int) -> str:
    """All values of the weight from `source` into a unit, exactly."""
    numbers = unit_numbers(view, unit)
    parts = [
        source_name(view.run, Unit(unit.layer - 1, source)),
        tr("weight {weight}", weight=full(float(numbers.weights[source]))),
    ]
    if numbers.nudges is not None:
        parts.append(tr("nudge {nudge}", nudge=full(float(numbers.nudges[source]))))
    parts.append(tr("input {input}", input=short(float(numbers.inputs[source]))))
    # Added to 0, so that nothing is minus zero.
    product = float(numbers.products[source]) + 0.0
    parts.append(
        tr("input \N{MULTIPLICATION SIGN} weight {product}", product=short(product))
    )
    return SEPARATOR.join(parts)
