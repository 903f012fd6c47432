"""What the formula panel says of the selected weight, bias or unit."""

from typing import Final

import numpy as np

from core.arrays import RealArray
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.backprop import Backward
from core.network.numpy.kinks import kinks_text
from core.network.numpy.proof import Proof
from gui.panels.backprop.cost_texts import cost_words, reaches_z
from gui.panels.backprop.formula_page import (
    Block,
    Formula,
    FormulaLine,
    Heading,
    Page,
    Part,
    Table,
)
from gui.panels.backprop.forward_backward import ForwardBackward
from gui.panels.backprop.path_texts import path_blocks
from gui.panels.backprop.unit_sheets import ROUNDING, unit_words
from gui.session.parameter_names import (
    parameter_name,
    row_name,
    source_name,
    source_row_name,
)
from gui.session.selection import Selection
from gui.style.checked_numbers import (
    ExactSum,
    exponent_text,
    printed_sum,
    product_texts,
    scaled,
    significant,
)
from gui.style.number_format import MINUS, count, shortest

MOST_WAYS: Final = 4
NO_LABEL: Final = (
    "The way back needs what the output should be. The Backpropagation panel tells "
    "more at the cost."
)
_EQUALS: Final = Part("=")
_TIMES: Final = Part("·")


def page_of(ways: ForwardBackward, thing: Selection, proof: Proof | None) -> Page:
    """Everything about one selected thing."""
    if thing.layer == 0:
        return _input_page(ways, thing)
    if thing.kind == "unit":
        return _unit_page(ways, thing)
    return _parameter_page(ways, thing, proof)


def _input_page(ways: ForwardBackward, thing: Selection) -> Page:
    value = float(ways.view.example.inputs[thing.unit])
    return (
        Heading(source_name(ways.view.run, 1, thing.unit)),
        FormulaLine(f"a = {shortest(value)}"),
        FormulaLine(
            "An input has no weights, no bias and no sum of its own.", faint=True
        ),
    )


# --- a unit ---------------------------------------------------------------------


def _unit_page(ways: ForwardBackward, thing: Selection) -> Page:
    view, layer, unit = ways.view, thing.layer, thing.unit
    activation = ACTIVATIONS[view.spec.activations[layer - 1]]
    z = float(ways.pre_activations(layer)[unit])
    a = float(view.trace.activations[layer - 1][unit])
    blocks: list[Block] = [
        Heading(f"{unit_words(view.run, layer, unit)}: forward"),
        *_sum_of_unit(ways, layer, unit, z),
        Formula(
            (
                Part(f"a_{unit}", "", significant(a), "activation"),
                _EQUALS,
                _function(activation, unit, z),
            )
        ),
        _rule(activation.formula, activation.latex, activation.title),
    ]
    if ways.backward is None:
        return (*blocks, FormulaLine(NO_LABEL, faint=True))
    blocks.append(Heading("and back"))
    if not is_fused(ways, layer):
        words = f"slope of {activation.title}"
        blocks.append(_rule(activation.slope_formula, activation.slope_latex, words))
        kinks = kinks_text(activation.kinks, "z")
        blocks += [FormulaLine(kinks, faint=True)] if kinks else []
    blocks += _delta_blocks(ways, ways.backward, layer, unit)
    return tuple(blocks)


def _function(activation: Activation, unit: int, z: float) -> Part:
    """How a comes from z, with the function itself below it."""
    if activation.is_over_layer:
        return Part(f"{activation.name}( z ) _{unit}", "", "of all z", activation.name)
    number = f"{activation.name}({significant(z)})"
    return Part(f"f( z_{unit} )", "", number, activation.name)


def _rule(text: str, latex: str, words: str) -> Formula:
    """A formula that holds for every number."""
    return Formula((Part(text, words=words, latex=latex),))


def _sum_of_unit(ways: ForwardBackward, layer: int, unit: int, z: float) -> list[Block]:
    activations = ways.view.trace.layer(layer - 1)
    weights = ways.weights(layer)[unit]
    with np.errstate(all="ignore"):
        products = weights * activations
    bias = ways.bias(layer, unit)
    printed = printed_sum(products, z, bias=bias, most=MOST_WAYS)
    rows = []
    for k in printed.order:
        texts, result = product_texts([float(weights[k]), float(activations[k])])
        del result
        name = source_row_name(ways.view.run, layer, k)
        rows.append((name, *texts, scaled(float(products[k]), printed.exponent)))
    rows += _tail(printed, [] if bias is None else [("bias b", bias)])
    rows.append(("z", "", "", scaled(z, printed.exponent)))
    terms = _SIGMA_W_A if bias is None else _SIGMA_W_A_B
    head = ("from", "w", "a", f"w · a {exponent_text(printed.exponent)}".strip())
    return [
        Formula((Part(f"z_{unit}", "", "", "weighted sum"), _EQUALS, terms)),
        Table(tuple(rows), head, last_is_sum=True),
    ]


_SIGMA_W_A: Final = Part("Σ w_k a_k", "", "", "of all terms")
_SIGMA_W_A_B: Final = Part("Σ w_k a_k + b", "", "", "of all terms, plus the bias")


# --- a weight or a bias ---------------------------------------------------------


def _parameter_page(
    ways: ForwardBackward, thing: Selection, proof: Proof | None
) -> Page:
    view, layer, unit, source = ways.view, thing.layer, thing.unit, thing.source
    weights, biases = view.params[layer - 1]
    value = float(biases[unit] if source is None else weights[unit, source])
    letter = "b" if source is None else "w"
    blocks: list[Block] = [
        Heading(parameter_name(view.run, layer, unit, source)),
        FormulaLine(f"{letter} = {shortest(value)}"),
    ]
    backward = ways.backward
    if backward is None:
        return (*blocks, FormulaLine(NO_LABEL, faint=True))
    blocks.append(chain_rule(ways, backward, thing))
    if proof is not None:
        blocks.append(FormulaLine(_proof_words(proof), faint=True))
    blocks += _gradient_blocks(ways, backward, layer, unit)
    blocks += _nudge_blocks(ways, backward, thing)
    blocks += proof_blocks(backward, thing, proof)
    return tuple(blocks)


def chain_rule(ways: ForwardBackward, backward: Backward, thing: Selection) -> Formula:
    """dC/dw = dz/dw da/dz dC/da, with numbers whose printed product comes out."""
    layer, unit, source = thing.layer, thing.unit, thing.source
    letter = "b" if source is None else "w"
    before = 1.0 if source is None else float(backward.layer(layer - 1)[source])
    words = "1 for a bias" if source is None else "activation before"
    if is_fused(ways, layer):
        back = [float(backward.deltas[layer - 1][unit])]
        symbols = [("∂C", f"∂z_{unit}", "delta")]
    else:
        back = [
            float(backward.slopes[layer - 1][unit]),
            float(backward.activation_gradients[layer - 1][unit]),
        ]
        slope = f"slope of {ways.view.spec.activations[layer - 1]}"
        symbols = [
            (f"∂a_{unit}", f"∂z_{unit}", slope),
            ("∂C", f"∂a_{unit}", "see below"),
        ]
    texts, result = product_texts([before, *back])
    parts = [
        Part("∂C", f"∂{letter}", result, "of this example"),
        _EQUALS,
        Part(f"∂z_{unit}", f"∂{letter}", texts[0], words),
    ]
    for (over, under, what), text in zip(symbols, texts[1:], strict=True):
        parts += [_TIMES, Part(over, under, text, what)]
    return Formula(tuple(parts))


def is_fused(ways: ForwardBackward, layer: int) -> bool:
    """Whether delta is reached without a slope of its own for each unit."""
    return layer == ways.view.spec.n_layers and reaches_z(ways.view)


def _delta_blocks(
    ways: ForwardBackward, backward: Backward, layer: int, unit: int
) -> list[Block]:
    """A unit's delta, and where its dC/da comes from."""
    if is_fused(ways, layer):
        return _gradient_blocks(ways, backward, layer, unit)
    factors = [
        float(backward.slopes[layer - 1][unit]),
        float(backward.activation_gradients[layer - 1][unit]),
    ]
    texts, result = product_texts(factors)
    slope = f"slope of {ways.view.spec.activations[layer - 1]}"
    formula = Formula(
        (
            Part("∂C", f"∂z_{unit}", result, "delta"),
            _EQUALS,
            Part(f"∂a_{unit}", f"∂z_{unit}", texts[0], slope),
            _TIMES,
            Part("∂C", f"∂a_{unit}", texts[1], "see below"),
        )
    )
    return [formula, *_gradient_blocks(ways, backward, layer, unit)]


def _gradient_blocks(
    ways: ForwardBackward, backward: Backward, layer: int, unit: int
) -> list[Block]:
    """Where dC/da (or at a fused output dC/dz) of a unit comes from."""
    if layer < ways.view.spec.n_layers:
        return _ways_on(ways, backward, layer, unit)
    a, target = float(backward.activations[-1][unit]), float(backward.target[unit])
    words = cost_words(ways.view)
    ends = backward.deltas if words.delta else backward.activation_gradients
    gradient = float(ends[-1][unit])
    under = f"∂z_{unit}" if words.delta else f"∂a_{unit}"
    if words.factor is None:
        parts = (
            Part("∂C", under, significant(gradient), "delta" if words.delta else ""),
            _EQUALS,
            Part(words.gradient[0], "", "", words.gradient[1]),
        )
        blocks: list[Block] = [Formula(parts)]
    else:
        by = words.factor
        blocks = [_difference(under, unit, a, target, gradient, by=by)]
    if words.delta:
        return blocks
    if is_fused(ways, layer):
        blocks.append(_jacobian(backward, unit))
    return blocks


def _difference(
    under: str, unit: int, a: float, target: float, result: float, *, by: int = 1
) -> Formula:
    """(a - t), or 2 (a - t): plain decimals, so that the difference comes out."""
    figures = 4
    while figures < 9 and significant(
        by * (_rounded(a, figures) - target)
    ) != significant(result):
        figures += 1
    symbols, numbers = (
        f"a_{unit} {MINUS} t_{unit}",
        f"{a:.{figures}f} {MINUS} {target:g}",
    )
    numbers = numbers.replace(f"{MINUS} -", f"{MINUS} {MINUS}")
    if by != 1:
        symbols, numbers = f"2 ( {symbols} )", f"2 · ({numbers})"
    parts = (
        Part("∂C", under, significant(result), "delta" if "z" in under else ""),
        _EQUALS,
        Part(symbols, "", numbers, "output minus target"),
    )
    return Formula(parts)


def _rounded(value: float, decimals: int) -> float:
    return float(f"{value:.{decimals}f}")


def _jacobian(backward: Backward, unit: int) -> Formula:
    """Softmax with squared error: p (g - mean of g weighted by p)."""
    p, g = backward.activations[-1], backward.activation_gradients[-1]
    mean = float(np.sum(p * g, dtype=np.float64))
    numbers = (
        f"{significant(float(p[unit]), 6)} · ({significant(float(g[unit]), 6)} {MINUS} "
        f"{significant(mean, 6)})"
    )
    return Formula(
        (
            Part(
                "∂C",
                f"∂z_{unit}",
                significant(float(backward.deltas[-1][unit])),
                "delta",
            ),
            _EQUALS,
            Part(
                f"p_{unit} ( g_{unit} {MINUS} Σ p_i g_i )",
                "",
                numbers,
                "g = ∂C/∂a; softmax ties the outputs together",
            ),
        )
    )


def _ways_on(
    ways: ForwardBackward, backward: Backward, layer: int, unit: int
) -> list[Block]:
    """dC/da as the sum over the units ahead, the largest terms written out."""
    weights: RealArray = ways.weights(layer + 1)[:, unit]
    deltas = backward.deltas[layer]
    with np.errstate(all="ignore"):
        products = weights * deltas
    total = float(backward.activation_gradients[layer - 1][unit])
    printed = printed_sum(products, total, most=MOST_WAYS)
    rows = []
    for k in printed.order:
        texts, _ = product_texts([float(weights[k]), float(deltas[k])])
        name = row_name(ways.view.run, layer + 1, k)
        rows.append((name, *texts, scaled(float(products[k]), printed.exponent)))
    rows += _tail(printed, [])
    rows.append(("∂C/∂a", "", "", scaled(total, printed.exponent)))
    ahead = ways.view.spec.layer_name(layer + 1)
    power = exponent_text(printed.exponent)
    head = ("by way of", "w", "∂C/∂z", f"w · ∂C/∂z {power}".strip())
    symbols = Part(f"Σ w_k{unit} ∂C/∂z_k", "", "", f"over the units k of {ahead}")
    if len(deltas) == 1:
        symbols = Part(f"w_0{unit} ∂C/∂z_0", "", "", f"by the one unit of {ahead}")
    fused = is_fused(ways, ways.view.spec.n_layers)
    return [
        Formula((Part("∂C", f"∂a_{unit}", "", ""), _EQUALS, symbols)),
        Table(tuple(rows), head, last_is_sum=True),
        *path_blocks(ways, backward, layer, unit, fused=fused),
    ]


def _tail(
    printed: ExactSum, extra: list[tuple[str, float]]
) -> list[tuple[str, str, str, str]]:
    """The rest, further terms, and what rounding leaves."""
    lines = []
    if printed.rest_count:
        lines.append((f"the other {count(printed.rest_count)}", printed.rest))
    lines += extra
    if printed.rounding:
        lines.append((ROUNDING, printed.rounding))
    return [(name, "", "", scaled(value, printed.exponent)) for name, value in lines]


# --- what follows from it -------------------------------------------------------


def _nudge_blocks(
    ways: ForwardBackward, backward: Backward, thing: Selection
) -> list[Block]:
    own = -backward.gradient_of(thing.layer, thing.unit, thing.source)
    rows = [("of this example", significant(own))]
    snapshot = ways.view.snapshot
    if snapshot.gradient is not None:
        weights, biases = snapshot.gradient[thing.layer - 1]
        place = biases if thing.source is None else weights[:, thing.source]
        batch = -float(place[thing.unit])
        rows.append(
            ("of the current batch, at the weights before its step", significant(batch))
        )
    letter = "b" if thing.source is None else "w"
    return [Heading(f"Nudge {MINUS}∂C/∂{letter}"), Table(tuple(rows))]


def _proof_words(proof: Proof) -> str:
    return (
        f"Central difference: {significant(proof.difference)}, relative error "
        f"{significant(proof.relative_error, 2)}"
    )


def proof_blocks(
    backward: Backward, thing: Selection, proof: Proof | None
) -> list[Block]:
    """The explicit value beside the central difference."""
    title = Heading("Proof")
    if proof is None:
        return [title, FormulaLine("Pause the training to see it proved.", faint=True)]
    explicit = backward.gradient_of(thing.layer, thing.unit, thing.source)
    rows = (
        ("explicit backward pass, as shown (float32)", significant(explicit, 9)),
        ("explicit backward pass (float64)", significant(proof.explicit, 12)),
        (
            f"central difference (float64), h = {significant(proof.step, 3)}",
            significant(proof.difference, 12),
        ),
        ("relative error of the last two", significant(proof.relative_error, 2)),
    )
    blocks: list[Block] = [title, Table(rows)]
    if proof.crosses_kink:
        text = f"A kink lies between w {MINUS} h and w + h: no derivative there."
        blocks.append(FormulaLine(text, faint=True))
    elif proof.relative_error > 1e-6:
        text = (
            "Rounding alone moves the difference by up to about "
            f"{significant(proof.rounding, 2)}."
        )
        blocks.append(FormulaLine(text, faint=True))
    return blocks
