"""The table of a stage's units: one row for each unit of the layer."""

from functools import partial

import numpy as np

from core.arrays import FloatArray
from core.network.numpy.backprop import Backward
from gui.panels.backprop.cost_texts import cost_words, reaches_z
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.sheet import Column, Extra, Sheet, column
from gui.panels.backprop.stages import Stage
from gui.session.parameter_names import row_name, source_name, source_row_name
from gui.session.selection import Selection
from gui.session.view_state import Run, View
from gui.style.checked_numbers import exponent_for, rounding_between
from gui.style.signed_scale import largest_size

ROUNDING = "rounding of the digits above"
WISH = "wish"


def unit_sheet(ways: ForwardBackward, stage: Stage) -> Sheet:
    """The main table of a stage; the stages "input" and "weights" may have others."""
    backward = ways.backward
    if stage.kind == "input":
        return input_sheet(ways.view)
    if stage.kind == "layer" or backward is None:
        return _of_layer(ways, stage.layer, _forward_columns(ways, stage.layer))
    if stage.kind == "cost":
        return _cost_sheet(ways, backward)
    if stage.kind == "wishes":
        return wishes_sheet(ways, backward, stage.layer)
    if stage.kind == "weights":
        return wishes_sheet(ways, backward, 1)
    if stage.kind == "output_gradient":
        columns = (*_output_columns(backward), _gradient_column(backward, stage.layer))
    elif stage.kind == "sum":
        gradient = _gradient_column(backward, stage.layer)
        wish = column(
            "wish \N{MINUS SIGN}∂C/∂a", -gradient.values, "What all units ahead ask for"
        )
        columns = (column("a", backward.layer(stage.layer)), gradient, wish)
    else:
        columns = _delta_columns(ways, backward, stage.layer)
    return _of_layer(ways, stage.layer, columns)


def input_sheet(view: View) -> Sheet:
    """The inputs by name."""
    return Sheet(
        view.spec.n_inputs,
        partial(source_name, view.run, 1),
        partial(Selection, 0),
        (column("value", view.example.inputs),),
        marked=_marked_unit(view, 0),
        head="input",
    )


def wishes_sheet(ways: ForwardBackward, backward: Backward, layer: int) -> Sheet:
    """The three ways to change the chosen unit: bias, weights, activations before."""
    view, unit = ways.view, ways.chosen[layer]
    delta = backward.deltas[layer - 1][unit]
    with np.errstate(all="ignore"):
        activations = backward.layer(layer - 1)
        weights = ways.weights(layer)[unit]
        for_weight = -delta * activations
        for_activation = -delta * weights
    columns = [
        column("a", activations, "Activation that the weight multiplies"),
        column("w", weights, "The weight"),
        Column(
            "wish for w",
            for_weight,
            "\N{MINUS SIGN}delta · a: more for a weight that meets a bright activation",
            exponent_for(max(largest_size(for_weight), abs(float(delta)))),
        ),
    ]
    if layer > 1:
        columns.append(
            column(
                "wish for a",
                for_activation,
                "\N{MINUS SIGN}delta · w: more where w is larger",
            )
        )
    bias = ways.bias(layer, unit)
    blank = (None,) * (len(columns) - 3)
    extras = []
    if bias is not None:
        values = (None, bias, -float(delta), *blank)
        thing = Selection.of_bias(layer, unit)
        extras.append(Extra("its bias b", values, thing=thing))
    chosen = view.selection
    on_it = chosen is not None and (chosen.layer, chosen.unit) == (layer, unit)
    return Sheet(
        len(activations),
        partial(source_row_name, view.run, layer),
        partial(Selection.of_weight, layer, unit),
        tuple(columns),
        tuple(extras),
        chosen.source if on_it and chosen is not None else None,
        "from" if layer > 1 else "input",
    )


def _of_layer(ways: ForwardBackward, layer: int, columns: tuple[Column, ...]) -> Sheet:
    return Sheet(
        len(columns[0].values),
        partial(row_name, ways.view.run, layer),
        partial(Selection, layer),
        columns,
        marked=ways.chosen.get(layer),
        head=ways.view.spec.layer_name(layer),
    )


def unit_words(run: Run, layer: int, unit: int) -> str:
    """Such as "output 7" or "unit 5 of hidden 1"."""
    if layer == run.spec.n_layers:
        return f"output {row_name(run, layer, unit)}"
    return f"unit {unit} of {run.spec.layer_name(layer)}"


def _forward_columns(ways: ForwardBackward, layer: int) -> tuple[Column, ...]:
    name = ways.view.spec.activations[layer - 1]
    return (
        column("z", ways.pre_activations(layer), "Sum of weights times inputs, plus b"),
        column("a", ways.view.trace.layer(layer), f"{name}(z)"),
    )


def _output_columns(backward: Backward) -> tuple[Column, ...]:
    return (
        column("output a", backward.activations[-1]),
        column("target t", backward.target, "What the output should be"),
    )


def _gradient_column(backward: Backward, layer: int) -> Column:
    values = backward.activation_gradients[layer - 1]
    return column("∂C/∂a", values, "How fast the cost grows with this activation")


def _delta_columns(
    ways: ForwardBackward, backward: Backward, layer: int
) -> tuple[Column, ...]:
    view = ways.view
    delta = column("delta", backward.deltas[layer - 1], "∂C/∂z")
    if layer == view.spec.n_layers:
        if cost_words(view).delta:
            return (*_output_columns(backward), delta)
        if reaches_z(view):
            p = column("p", backward.activations[-1])
            return (_gradient_column(backward, layer), p, delta)
    slopes = column("slope f\N{PRIME}(z)", backward.slopes[layer - 1], "∂a/∂z")
    return (_gradient_column(backward, layer), slopes, delta)


def _cost_sheet(ways: ForwardBackward, backward: Backward) -> Sheet:
    terms = backward.cost_terms
    head = cost_words(ways.view).term
    columns = (*_output_columns(backward), column(head, terms, "Its share of C"))
    sheet = _of_layer(ways, ways.view.spec.n_layers, columns)
    extras = [Extra("C", (None, None, backward.cost), "sum")]
    exponent = columns[-1].exponent
    left = rounding_between([float(t) for t in terms], backward.cost, exponent)
    if left:
        extras.insert(0, Extra(ROUNDING, (None, None, left), "rest"))
    return Sheet(
        sheet.count,
        sheet.name_of,
        sheet.thing_of,
        columns,
        tuple(extras),
        sheet.marked,
        sheet.head,
    )


def _marked_unit(view: View, layer: int) -> int | None:
    selection = view.selection
    if selection is not None and selection.layer == layer:
        return selection.unit
    return None


def arrows_of(ways: ForwardBackward, stage: Stage) -> tuple[FloatArray, int] | None:
    """Desired changes of a layer's activations, and the layer; None at other stages."""
    backward = ways.backward
    if backward is None or stage.kind not in ("wishes", "sum"):
        return None
    with np.errstate(all="ignore"):
        if stage.kind == "sum":
            wishes = -backward.activation_gradients[stage.layer - 1]
            return wishes.astype(np.float32), stage.layer
        unit = ways.chosen[stage.layer]
        wishes = (
            -backward.deltas[stage.layer - 1][unit] * ways.weights(stage.layer)[unit]
        )
    return wishes.astype(np.float32), stage.layer - 1
