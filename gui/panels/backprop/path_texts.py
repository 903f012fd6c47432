"""Every path from a unit to the cost, written out where there are few."""

import itertools
import math
from typing import Final

import numpy as np

from core.network.numpy.backprop import Backward
from core.values.parameter import Parameter, Unit
from core.values.words import plural, tr
from gui.panels.backprop.formula_page import (
    Block,
    Formula,
    FormulaLine,
    Heading,
    Part,
    Table,
)
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.unit_sheets import ROUNDING
from gui.session.parameter_names import name_in_layer
from gui.style.checked_numbers import printed_sum, product_texts, scaled
from gui.style.number_format import exponent_text
from gui.style.symbols import COST, of_layer, of_parameter, of_unit, slope_text

MOST_PATHS: Final = 16
_DC: Final = COST.partial.markup
_ARROW: Final = " \N{RIGHTWARDS ARROW} "

Path = tuple[int, ...]


def path_count(passes: ForwardBackward, layer: int) -> int:
    """Paths from one unit of a layer through all layers ahead to the outputs."""
    return math.prod(passes.view.spec.layer_sizes[layer + 1 :])


def path_blocks(
    passes: ForwardBackward, backward: Backward, layer: int, unit: int, *, fused: bool
) -> list[Block]:
    """All paths from a unit; empty where one step is enough, or there are too many."""
    if passes.view.spec.n_layers - layer < 2 or path_count(passes, layer) > MOST_PATHS:
        return []
    if path_count(passes, layer) == 1:
        return _single_way(passes, backward, layer, unit, fused=fused)
    paths = paths_from(passes, layer)
    products = np.array([path_product(passes, backward, layer, unit, p) for p in paths])
    total = float(backward.activation_gradients[layer - 1][unit])
    printed = printed_sum(products, total, most=MOST_PATHS)
    rows = [
        (
            _path_text(passes, layer, paths[k]),
            scaled(float(products[k]), printed.exponent),
        )
        for k in printed.order
    ]
    if printed.rounding:
        rows.append((ROUNDING, scaled(printed.rounding, printed.exponent)))
    a = of_unit("a", Unit(layer, unit))
    rows.append((slope_text(COST, a), scaled(total, printed.exponent)))
    header = (
        tr("complete path via"),
        tr("product {exponent}", exponent=exponent_text(printed.exponent)).strip(),
    )
    last = of_layer("z", passes.view.spec.n_layers)
    text = tr(
        "Along each path the weights, the slopes of its units, and {slope} of the "
        "output multiply; the paths add up.",
        slope=slope_text(COST, last),
    )
    return [
        Heading(
            plural(
                len(paths),
                "The one path to the cost",
                "All {paths} paths to the cost",
                paths=len(paths),
            )
        ),
        FormulaLine(text, faint=True),
        Table(tuple(rows), header, last_is_sum=True),
    ]


def paths_from(passes: ForwardBackward, layer: int) -> list[Path]:
    """The units passed, one in each layer ahead."""
    sizes = passes.view.spec.layer_sizes[layer + 1 :]
    return list(itertools.product(*(range(size) for size in sizes)))


def path_product(
    passes: ForwardBackward, backward: Backward, layer: int, unit: int, path: Path
) -> float:
    """What one path adds to dC/da of the unit."""
    product, source = 1.0, unit
    last = passes.view.spec.n_layers
    for k, target in enumerate(path, start=layer + 1):
        product *= float(passes.weights(k)[target, source])
        if k < last:
            product *= float(backward.slopes[k - 1][target])
        source = target
    return product * float(backward.deltas[-1][source])


def _path_text(passes: ForwardBackward, layer: int, path: Path) -> str:
    run = passes.view.run
    units = (Unit(k, u) for k, u in enumerate(path, start=layer + 1))
    return _ARROW.join(name_in_layer(run, unit) for unit in units)


def _single_way(
    passes: ForwardBackward, backward: Backward, layer: int, unit: int, *, fused: bool
) -> list[Block]:
    """One unit in every layer ahead: the chain rule in one line."""
    last = passes.view.spec.n_layers
    symbols, factors, captions = [], [], []
    start = before = _partial("a", layer, unit)
    source = unit
    for k in range(layer + 1, last + 1):
        z, a = _partial("z", k, 0), _partial("a", k, 0)
        symbols.append((z, before))
        factors.append(float(passes.weights(k)[0, source]))
        captions.append(str(of_parameter(Parameter(k, 0, source))))
        source, before = 0, z
        if k < last or not fused:
            symbols.append((a, z))
            factors.append(float(backward.slopes[k - 1][0]))
            captions.append(tr("slope"))
            before = a
    end = backward.deltas[-1] if fused else backward.activation_gradients[-1]
    symbols.append((_DC, before))
    factors.append(float(end[0]))
    captions.append("")
    texts, result = product_texts(factors)
    parts = [Part(_DC, start, result), Part("=")]
    for k, ((over, under), text, caption) in enumerate(
        zip(symbols, texts, captions, strict=True)
    ):
        parts += [Part("·")] if k else []
        parts.append(Part(over, under, text, caption))
    return [Heading(tr("The complete path")), Formula(tuple(parts))]


def _partial(letter: str, layer: int, unit: int) -> str:
    return of_unit(letter, Unit(layer, unit)).partial.markup
