"""The table of one unit's sum: its largest terms, the rest, and what they add up to."""

from dataclasses import replace
from functools import partial
from typing import Final

import numpy as np

from core.arrays import RealArray
from core.network.numpy.backprop import Backward
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.sheet import Column, Extra, Sheet, column
from gui.panels.backprop.stages import Stage
from gui.panels.backprop.unit_sheets import ROUNDING, unit_words
from gui.session.parameter_names import row_name, source_row_name
from gui.session.selection import Selection
from gui.style.checked_numbers import ExactSum, digits_of_factors, printed_sum
from gui.style.number_format import count

MOST_TERMS: Final = 6


def term_sheet(ways: ForwardBackward, stage: Stage) -> tuple[str, Sheet] | None:
    """A title and the sum behind the chosen unit's number, where a stage has one."""
    if stage.kind == "layer":
        return _weighted_sum(ways, stage.layer)
    if stage.kind == "sum" and ways.backward is not None:
        return _sum_over_paths(ways, ways.backward, stage.layer)
    return None


def _weighted_sum(ways: ForwardBackward, layer: int) -> tuple[str, Sheet]:
    unit, run = ways.chosen[layer], ways.view.run
    activations = ways.view.trace.layer(layer - 1)
    weights = ways.weights(layer)[unit]
    with np.errstate(all="ignore"):
        products = weights.astype(np.float64) * activations
    z = float(ways.pre_activations(layer)[unit])
    bias = ways.bias(layer, unit)
    printed = printed_sum(products, z, bias=bias, most=MOST_TERMS)
    extras = [
        *_rest(
            printed, "pixels" if run.dataset.image_shape and layer == 1 else "terms"
        ),
        *_bias(bias, Selection.of_bias(layer, unit)),
        *_rounding(printed),
        Extra("z", (None, None, z), "sum", Selection(layer, unit)),
    ]
    sheet = Sheet(
        len(printed.order),
        partial(_source_in, ways, layer, printed.order),
        partial(_weight_in, layer, unit, printed.order),
        _columns(printed, ("a", activations), ("w", weights), ("w · a", products)),
        tuple(extras),
        _marked(ways, layer, unit, printed.order),
        "from",
    )
    return f"z of {unit_words(run, layer, unit)}", sheet


def _sum_over_paths(
    ways: ForwardBackward, backward: Backward, layer: int
) -> tuple[str, Sheet]:
    unit, run = ways.chosen[layer], ways.view.run
    deltas = backward.deltas[layer]
    weights = ways.weights(layer + 1)[:, unit]
    with np.errstate(all="ignore"):
        products = weights.astype(np.float64) * deltas
    total = float(backward.activation_gradients[layer - 1][unit])
    printed = printed_sum(products, total, most=MOST_TERMS)
    order = printed.order
    extras = [
        *_rest(printed, "ways"),
        *_rounding(printed),
        Extra("∂C/∂a", (None, None, total), "sum", Selection(layer, unit)),
    ]
    sheet = Sheet(
        len(order),
        partial(_ahead_in, ways, layer + 1, order),
        partial(_path_in, layer + 1, unit, order),
        _columns(printed, ("delta", deltas), ("w", weights), ("w · delta", products)),
        tuple(extras),
        None,
        "by way of",
    )
    return f"∂C/∂a of {unit_words(run, layer, unit)}", sheet


def _columns(printed: ExactSum, *parts: tuple[str, RealArray]) -> tuple[Column, ...]:
    """The factors with their own powers of ten; the products with the sum's."""
    order = np.asarray(printed.order, np.intp)
    factors = [column(head, values[order]) for head, values in parts[:-1]]
    head, products = parts[-1][0], parts[-1][1][order]
    digits = digits_of_factors(
        [(factor.values, factor.exponent) for factor in factors],
        products,
        printed.exponent,
    )
    return (
        *(replace(factor, digits=digits) for factor in factors),
        Column(head, products, "", printed.exponent),
    )


def _rest(printed: ExactSum, words: str) -> list[Extra]:
    if printed.rest_count == 0:
        return []
    name = f"the other {count(printed.rest_count)} {words} add up to"
    return [Extra(name, (None, None, printed.rest), "rest")]


def _bias(bias: float | None, thing: Selection) -> list[Extra]:
    return [] if bias is None else [Extra("bias b", (None, None, bias), thing=thing)]


def _rounding(printed: ExactSum) -> list[Extra]:
    if printed.rounding == 0:
        return []
    return [Extra(ROUNDING, (None, None, printed.rounding), "rest")]


def _marked(
    ways: ForwardBackward, layer: int, unit: int, order: tuple[int, ...]
) -> int | None:
    chosen = ways.view.selection
    if chosen is None or (chosen.layer, chosen.unit) != (layer, unit):
        return None
    return order.index(chosen.source) if chosen.source in order else None


def _source_in(
    ways: ForwardBackward, layer: int, order: tuple[int, ...], row: int
) -> str:
    return source_row_name(ways.view.run, layer, order[row])


def _weight_in(layer: int, unit: int, order: tuple[int, ...], row: int) -> Selection:
    return Selection.of_weight(layer, unit, order[row])


def _ahead_in(
    ways: ForwardBackward, layer: int, order: tuple[int, ...], row: int
) -> str:
    return row_name(ways.view.run, layer, order[row])


def _path_in(layer: int, source: int, order: tuple[int, ...], row: int) -> Selection:
    return Selection.of_weight(layer, order[row], source)
