"""The table of a stage's units: one row for each unit of the layer."""

from dataclasses import replace
from functools import partial

import numpy as np

from core.arrays import FloatArray
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.backprop import Backward
from core.network.numpy.costs import written_targets
from core.values.parameter import Parameter, Unit
from core.values.words import plural, tr
from gui.panels.backprop.cost_texts import cost_texts, reaches_z
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.sheet import Extra, Sheet, SheetColumn, column
from gui.panels.backprop.stages import Stage
from gui.session.parameter_names import name_in_layer
from gui.session.view_state import View
from gui.style.checked_numbers import (
    digits_of_factors,
    exponent_for,
    rounding_between,
)
from gui.style.number_format import MINUS, count
from gui.style.signed_scale import largest_size
from gui.style.symbols import (
    COST,
    DELTA,
    of_layer,
    of_parameter,
    of_unit,
    slope_text,
)

ROUNDING = tr("left by rounding")
WISH = "wish"


def unit_sheet(passes: ForwardBackward, stage: Stage) -> Sheet:
    """The main table of a stage; the stages "input" and "weights" may have others."""
    backward = passes.backward
    if stage.kind == "input":
        return input_sheet(passes.view)
    if stage.kind == "layer" or backward is None:
        return _of_layer(passes, stage.layer, _forward_columns(passes, stage.layer))
    if stage.kind == "cost":
        return _cost_sheet(passes, backward)
    if stage.kind == "requests":
        return requests_sheet(passes, backward, stage.layer)
    if stage.kind == "weights":
        return requests_sheet(passes, backward, 1)
    if stage.kind == "output_gradient":
        columns = (
            *_output_columns(passes, backward),
            _gradient_column(backward, stage.layer),
        )
    elif stage.kind == "sum":
        gradient = _gradient_column(backward, stage.layer)
        wish = column(
            tr("request {minus}{header}", minus=MINUS, header=gradient.header),
            -gradient.values,
            tr("What all units ahead ask for"),
        )
        a = column(str(of_layer("a", stage.layer)), backward.layer(stage.layer))
        columns = (a, gradient, wish)
    else:
        columns = _delta_columns(passes, backward, stage.layer)
    sheet = _of_layer(passes, stage.layer, columns)
    if stage.kind == "sum":
        return sheet
    if stage.kind == "delta" and _adds_up_to_nothing(passes.view, stage.layer):
        total = float(np.sum(columns[-1].values, dtype=np.float64))
        sheet = replace(sheet, extras=_sum_of_last(columns, total, "sum"))
    return replace(sheet, asks=-columns[-1].values)


def _adds_up_to_nothing(view: View, layer: int) -> bool:
    """Whether what the outputs are told is to share out anew: their sum is 1."""
    activation = ACTIVATIONS[view.spec.activations[-1]]
    return layer == view.spec.n_layers and activation.is_over_layer


def _sum_of_last(
    columns: tuple[SheetColumn, ...], total: float, name: str
) -> tuple[Extra, ...]:
    """The sum of the last column, and what rounding leaves between it and the rows."""
    blank = (None,) * (len(columns) - 1)
    terms = [float(term) for term in columns[-1].values]
    left = rounding_between(terms, total, columns[-1].exponent)
    extras = (Extra(name, (*blank, total), "sum"),)
    return (Extra(ROUNDING, (*blank, left), "rest"), *extras) if left else extras


def input_sheet(view: View) -> Sheet:
    """The inputs by name; of an image those pixels that are not 0."""
    if view.run.dataset.image_shape is not None:
        return _pixel_sheet(view)
    return Sheet(
        view.spec.n_inputs,
        partial(_name, view, 0),
        partial(Unit, 0),
        (column(tr("value"), view.example.inputs),),
        marked=_marked_unit(view, 0),
        header=tr("input"),
    )


def _pixel_sheet(view: View) -> Sheet:
    inputs = view.example.inputs
    lit = np.flatnonzero(inputs)
    places = lit.tolist()
    marked = _marked_unit(view, 0)
    dark = len(inputs) - len(lit)
    others = plural(
        dark, "the other pixel", "the other {dark} pixels", dark=count(dark)
    )
    rest = Extra(others, (0.0,), "rest")
    return Sheet(
        len(lit),
        lambda row: _name(view, 0, places[row]),
        lambda row: Unit(0, places[row]),
        (column(tr("value"), inputs[lit]),),
        (rest,) if dark else (),
        places.index(marked) if marked in places else None,
        tr("input"),
    )


def requests_sheet(passes: ForwardBackward, backward: Backward, layer: int) -> Sheet:
    """The three ways to change the chosen unit: bias, weights, activations before."""
    view, unit = passes.view, passes.chosen[layer]
    delta = backward.deltas[layer - 1][unit]
    with np.errstate(all="ignore"):
        activations = backward.layer(layer - 1)
        weights = passes.weights(layer)[unit]
        for_weight = -delta * activations
        for_activation = -delta * weights
    a, w, unit_delta = (
        of_layer("a", layer - 1),
        of_layer("w", layer),
        of_unit(DELTA, Unit(layer, unit)),
    )
    columns = [
        column(str(a), activations, tr("Activation that the weight multiplies")),
        column(str(w), weights, tr("The weight")),
        SheetColumn(
            tr("request for {w}", w=w),
            for_weight,
            tr(
                "{minus}{unit_delta} · {a}: larger for a weight with a large input",
                minus=MINUS,
                unit_delta=unit_delta,
                a=a,
            ),
            exponent_for(max(largest_size(for_weight), abs(float(delta)))),
        ),
    ]
    if layer > 1:
        columns.append(
            column(
                tr("request for {a}", a=a),
                for_activation,
                tr(
                    "{minus}{unit_delta} · {w}: larger where the weight is larger",
                    minus=MINUS,
                    unit_delta=unit_delta,
                    w=w,
                ),
            )
        )
    bias = passes.bias(layer, unit)
    blank = (None,) * (len(columns) - 3)
    extras = []
    if bias is not None:
        values = (None, bias, -float(delta), *blank)
        own = Parameter(layer, unit)
        extras.append(
            Extra(tr("its bias {own}", own=of_parameter(own)), values, selection=own)
        )
    return Sheet(
        len(activations),
        partial(_name, view, layer - 1),
        partial(Parameter, layer, unit),
        tuple(columns),
        tuple(extras),
        selected_source(view, Unit(layer, unit)),
        tr("from") if layer > 1 else tr("input"),
    )


def _of_layer(
    passes: ForwardBackward, layer: int, columns: tuple[SheetColumn, ...]
) -> Sheet:
    return Sheet(
        len(columns[0].values),
        partial(_name, passes.view, layer),
        partial(Unit, layer),
        columns,
        marked=passes.chosen.get(layer),
        header=passes.view.spec.layer_name(layer),
    )


def _name(view: View, layer: int, unit: int) -> str:
    """A held unit says so: its activation is not the function of its z."""
    of = Unit(layer, unit)
    held = tr(" (held)") if of in view.held else ""
    return f"{name_in_layer(view.run, of)}{held}"


def selected_source(view: View, unit: Unit) -> int | None:
    """Where the selected weight into a unit comes from, if one is selected."""
    chosen = view.selection
    is_into_it = isinstance(chosen, Parameter) and chosen.owner == unit
    return chosen.source if isinstance(chosen, Parameter) and is_into_it else None


def _forward_columns(passes: ForwardBackward, layer: int) -> tuple[SheetColumn, ...]:
    name = passes.view.spec.activations[layer - 1]
    z, a = of_layer("z", layer), of_layer("a", layer)
    tip = tr("Sum of weights times inputs, plus the bias")
    return (
        column(str(z), passes.pre_activations(layer), tip),
        column(str(a), passes.view.trace.layer(layer), f"{name}({z})"),
    )


def _output_columns(
    passes: ForwardBackward, backward: Backward
) -> tuple[SheetColumn, ...]:
    a, view = of_layer("a", len(backward.activations)), passes.view
    loss, output = view.run.experiment.training.loss, view.spec.activations[-1]
    written = written_targets(loss, output, backward.target)
    return (
        column(tr("output {a}", a=a), backward.activations[-1]),
        column(tr("target t"), written, tr("The target of the output")),
    )


def _gradient_column(backward: Backward, layer: int) -> SheetColumn:
    values = backward.activation_gradients[layer - 1]
    header = slope_text(COST, of_layer("a", layer))
    return column(header, values, tr("How fast the cost grows with this activation"))


def _delta_columns(
    passes: ForwardBackward, backward: Backward, layer: int
) -> tuple[SheetColumn, ...]:
    view = passes.view
    z, a = of_layer("z", layer), of_layer("a", layer)
    header, tip = str(of_layer(DELTA, layer)), slope_text(COST, z)
    delta = column(header, backward.deltas[layer - 1], tip)
    if layer == view.spec.n_layers:
        if cost_texts(view).delta:
            return (*_output_columns(passes, backward), delta)
        if reaches_z(view):
            p = column(str(a), backward.activations[-1])
            return (_gradient_column(backward, layer), p, delta)
    header = tr("slope f\N{PRIME}({z})", z=z)
    gradient = _gradient_column(backward, layer)
    slopes = column(header, backward.slopes[layer - 1], slope_text(a, z))
    with np.errstate(all="ignore"):
        # In doubles, as everywhere where printed factors give the printed product.
        products = gradient.values.astype(np.float64) * slopes.values
    factors = [(part.values, part.exponent) for part in (gradient, slopes)]
    digits = digits_of_factors(factors, products, delta.exponent)
    return (
        replace(gradient, digits=digits),
        replace(slopes, digits=digits),
        replace(delta, values=products),
    )


def _cost_sheet(passes: ForwardBackward, backward: Backward) -> Sheet:
    terms = backward.cost_terms
    header = cost_texts(passes.view).term
    columns = (
        *_output_columns(passes, backward),
        column(header, terms, tr("Its share of C")),
    )
    sheet = _of_layer(passes, passes.view.spec.n_layers, columns)
    return replace(sheet, extras=_sum_of_last(columns, backward.cost, "C"))


def _marked_unit(view: View, layer: int) -> int | None:
    selection = view.selection
    is_of_layer = isinstance(selection, Unit) and selection.layer == layer
    return selection.unit if selection is not None and is_of_layer else None


def arrows_of(passes: ForwardBackward, stage: Stage) -> tuple[FloatArray, int] | None:
    """Desired changes of a layer's activations, and the layer; None at other stages."""
    backward = passes.backward
    if backward is None or stage.kind not in ("requests", "sum"):
        return None
    with np.errstate(all="ignore"):
        if stage.kind == "sum":
            requests = -backward.activation_gradients[stage.layer - 1]
            return requests.astype(np.float32), stage.layer
        unit = passes.chosen[stage.layer]
        requests = (
            -backward.deltas[stage.layer - 1][unit] * passes.weights(stage.layer)[unit]
        )
    return requests.astype(np.float32), stage.layer - 1
