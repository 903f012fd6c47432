"""Every way from a unit to the cost, written out where there are few."""

import itertools
import math
from typing import Final

import numpy as np

from core.network.numpy.backprop import Backward
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
from gui.session.parameter_names import row_name
from gui.style.checked_numbers import printed_sum, product_texts, scaled
from gui.style.number_format import exponent_text

MOST_PATHS: Final = 16
_ARROW: Final = " \N{RIGHTWARDS ARROW} "

Path = tuple[int, ...]


def path_count(ways: ForwardBackward, layer: int) -> int:
    """Ways from one unit of a layer through all layers ahead to the outputs."""
    return math.prod(ways.view.spec.layer_sizes[layer + 1 :])


def path_blocks(
    ways: ForwardBackward, backward: Backward, layer: int, unit: int, *, fused: bool
) -> list[Block]:
    """All paths from a unit; nothing where one step does it, or there are too many."""
    if ways.view.spec.n_layers - layer < 2 or path_count(ways, layer) > MOST_PATHS:
        return []
    if path_count(ways, layer) == 1:
        return _single_way(ways, backward, layer, unit, fused=fused)
    paths = paths_from(ways, layer)
    products = np.array([path_product(ways, backward, layer, unit, p) for p in paths])
    total = float(backward.activation_gradients[layer - 1][unit])
    printed = printed_sum(products, total, most=MOST_PATHS)
    rows = [
        (_words(ways, layer, paths[k]), scaled(float(products[k]), printed.exponent))
        for k in printed.order
    ]
    if printed.rounding:
        rows.append((ROUNDING, scaled(printed.rounding, printed.exponent)))
    rows.append(("∂C/∂a", scaled(total, printed.exponent)))
    head = ("the whole way by", f"product {exponent_text(printed.exponent)}".strip())
    words = (
        "Along each path the weights, the slopes of the units passed, and ∂C/∂z of "
        "the output multiply; the paths add up."
    )
    return [
        Heading(f"All {len(paths)} paths to the cost"),
        FormulaLine(words, faint=True),
        Table(tuple(rows), head, last_is_sum=True),
    ]


def paths_from(ways: ForwardBackward, layer: int) -> list[Path]:
    """The units passed, one in each layer ahead."""
    sizes = ways.view.spec.layer_sizes[layer + 1 :]
    return list(itertools.product(*(range(size) for size in sizes)))


def path_product(
    ways: ForwardBackward, backward: Backward, layer: int, unit: int, path: Path
) -> float:
    """What one path adds to dC/da of the unit."""
    product, source = 1.0, unit
    last = ways.view.spec.n_layers
    for k, target in enumerate(path, start=layer + 1):
        product *= float(ways.weights(k)[target, source])
        if k < last:
            product *= float(backward.slopes[k - 1][target])
        source = target
    return product * float(backward.deltas[-1][source])


def _words(ways: ForwardBackward, layer: int, path: Path) -> str:
    run = ways.view.run
    names = [row_name(run, k, u) for k, u in enumerate(path, start=layer + 1)]
    return _ARROW.join(names)


def _single_way(
    ways: ForwardBackward, backward: Backward, layer: int, unit: int, *, fused: bool
) -> list[Block]:
    """One unit in every layer ahead: the chain rule in one line."""
    last = ways.view.spec.n_layers
    symbols, factors, words = [], [], []
    source = unit
    for k in range(layer + 1, last + 1):
        symbols.append((f"∂z_{k}", f"∂a_{k - 1}"))
        factors.append(float(ways.weights(k)[0, source]))
        words.append(f"w of layer {k}")
        source = 0
        if k < last or not fused:
            symbols.append((f"∂a_{k}", f"∂z_{k}"))
            factors.append(float(backward.slopes[k - 1][0]))
            words.append("slope")
    end = backward.deltas[-1] if fused else backward.activation_gradients[-1]
    symbols.append(("∂C", f"∂z_{last}" if fused else f"∂a_{last}"))
    factors.append(float(end[0]))
    words.append("")
    texts, result = product_texts(factors)
    parts = [Part("∂C", f"∂a_{layer}", result), Part("=")]
    for k, ((over, under), text, word) in enumerate(
        zip(symbols, texts, words, strict=True)
    ):
        parts += [Part("·")] if k else []
        parts.append(Part(over, under, text, word))
    return [
        Heading("The whole way; here the index is the layer"),
        Formula(tuple(parts)),
    ]
