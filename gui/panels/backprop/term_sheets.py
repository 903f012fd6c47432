"""The table of one unit's sum: its largest terms, the rest, and what they add up to."""

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from core.arrays import RealArray
from core.network.numpy.backprop import Backward
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.sheet import Extra, Sheet, SheetColumn, column
from gui.panels.backprop.stages import Stage
from gui.panels.backprop.unit_sheets import ROUNDING, selected_source
from gui.session.parameter_names import name_in_layer, name_of
from gui.style.checked_numbers import ExactSum, digits_of_factors, printed_sum
from gui.style.number_format import count
from gui.style.symbols import (
    COST,
    DELTA,
    of_layer,
    of_parameter,
    of_unit,
    slope_text,
)

MOST_TERMS: Final = 6


def term_sheet(passes: ForwardBackward, stage: Stage) -> tuple[str, Sheet] | None:
    """Title and sum of the chosen unit's number, where a stage has one."""
    if stage.kind == "layer":
        return _weighted_sum(passes, stage.layer)
    if stage.kind == "sum" and passes.backward is not None:
        return _sum_over_paths(passes, passes.backward, stage.layer)
    return None


def _weighted_sum(passes: ForwardBackward, layer: int) -> tuple[str, Sheet]:
    unit, run = passes.chosen[layer], passes.view.run
    activations = passes.view.trace.layer(layer - 1)
    weights = passes.weights(layer)[unit]
    with np.errstate(all="ignore"):
        products = weights.astype(np.float64) * activations
    z = float(passes.pre_activations(layer)[unit])
    bias = passes.bias(layer, unit)
    printed = printed_sum(products, z, bias=bias, most=MOST_TERMS)
    symbol = of_unit("z", Unit(layer, unit))
    w, a = of_layer("w", layer), of_layer("a", layer - 1)
    extras = [
        *_rest(
            printed, "pixels" if run.dataset.image_shape and layer == 1 else "terms"
        ),
        *_bias(bias, Parameter(layer, unit)),
        *_rounding(printed),
        Extra(str(symbol), (None, None, z), "sum", Unit(layer, unit)),
    ]
    sheet = Sheet(
        len(printed.order),
        partial(_name_in, passes, layer - 1, printed.order),
        partial(_weight_in, layer, unit, printed.order),
        _columns(
            printed,
            (str(a), activations),
            (str(w), weights),
            (f"{w} · {a}", products),
        ),
        tuple(extras),
        _marked(passes, Unit(layer, unit), printed.order),
        tr("from"),
    )
    return tr(
        "{symbol} of {run}", symbol=symbol, run=name_of(run, Unit(layer, unit))
    ), sheet


def _sum_over_paths(
    passes: ForwardBackward, backward: Backward, layer: int
) -> tuple[str, Sheet]:
    unit, run = passes.chosen[layer], passes.view.run
    deltas = backward.deltas[layer]
    weights = passes.weights(layer + 1)[:, unit]
    with np.errstate(all="ignore"):
        products = weights.astype(np.float64) * deltas
    total = float(backward.activation_gradients[layer - 1][unit])
    printed = printed_sum(products, total, most=MOST_TERMS)
    order = printed.order
    slope = slope_text(COST, of_unit("a", Unit(layer, unit)))
    w, delta = of_layer("w", layer + 1), of_layer(DELTA, layer + 1)
    extras = [
        *_rest(printed, "ways"),
        *_rounding(printed),
        Extra(slope, (None, None, total), "sum", Unit(layer, unit)),
    ]
    sheet = Sheet(
        len(order),
        partial(_name_in, passes, layer + 1, order),
        partial(_path_in, layer + 1, unit, order),
        _columns(
            printed,
            (str(delta), deltas),
            (str(w), weights),
            (f"{w} · {delta}", products),
        ),
        tuple(extras),
        None,
        tr("via"),
    )
    return tr(
        "{slope} of {run}", slope=slope, run=name_of(run, Unit(layer, unit))
    ), sheet


def _columns(
    printed: ExactSum, *parts: tuple[str, RealArray]
) -> tuple[SheetColumn, ...]:
    """The factors with their own powers of ten; the products with the sum's."""
    order = np.asarray(printed.order, np.intp)
    factors = [column(header, values[order]) for header, values in parts[:-1]]
    header, products = parts[-1][0], parts[-1][1][order]
    digits = digits_of_factors(
        [(factor.values, factor.exponent) for factor in factors],
        products,
        printed.exponent,
    )
    return (
        *(replace(factor, digits=digits) for factor in factors),
        SheetColumn(header, products, "", printed.exponent),
    )


def _rest(printed: ExactSum, noun: str) -> list[Extra]:
    if printed.rest_count == 0:
        return []
    name = tr(
        "the other {rest_count} {noun} add up to",
        rest_count=count(printed.rest_count),
        noun=noun,
    )
    return [Extra(name, (None, None, printed.rest), "rest")]


def _bias(bias: float | None, parameter: Parameter) -> list[Extra]:
    if bias is None:
        return []
    name = tr("bias {parameter}", parameter=of_parameter(parameter))
    return [Extra(name, (None, None, bias), selection=parameter)]


def _rounding(printed: ExactSum) -> list[Extra]:
    if printed.rounding == 0:
        return []
    return [Extra(ROUNDING, (None, None, printed.rounding), "rest")]


def _marked(passes: ForwardBackward, unit: Unit, order: tuple[int, ...]) -> int | None:
    source = selected_source(passes.view, unit)
    return order.index(source) if source in order else None


def _name_in(
    passes: ForwardBackward, layer: int, order: tuple[int, ...], row: int
) -> str:
    return name_in_layer(passes.view.run, Unit(layer, order[row]))


def _weight_in(layer: int, unit: int, order: tuple[int, ...], row: int) -> Parameter:
    return Parameter(layer, unit, order[row])


def _path_in(layer: int, source: int, order: tuple[int, ...], row: int) -> Parameter:
    return Parameter(layer, order[row], source)
