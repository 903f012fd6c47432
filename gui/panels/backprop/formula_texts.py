"""The formula panel's page for the selected weight, bias or unit."""

from typing import Final

import numpy as np

from core.arrays import RealArray
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.backprop import Backward
from core.network.numpy.kinks import kinks_text
from core.network.numpy.proof import Proof
from core.values.parameter import Parameter, Unit
from gui.panels.backprop.cost_texts import cost_texts, reaches_z
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
from gui.panels.backprop.unit_sheets import ROUNDING
from gui.session.parameter_names import name_in_layer, name_of
from gui.session.selection import Selection
from gui.style.checked_numbers import (
    ExactSum,
    printed_sum,
    product_texts,
    scaled,
    significant,
)
from gui.style.number_format import MINUS, count, exponent_text, plain, shortest
from gui.style.number_input import parse_number

MOST_WAYS: Final = 4
NO_LABEL: Final = (
    "The backward pass needs a target. Choose one in the Backpropagation panel, at "
    "stage Cost."
)
_EQUALS: Final = Part("=")
_TIMES: Final = Part("·")


def page_of(passes: ForwardBackward, selection: Selection, proof: Proof | None) -> Page:
    """Everything about what is selected."""
    if isinstance(selection, Parameter):
        return _parameter_page(passes, selection, proof)
    if selection.layer == 0:
        return _input_page(passes, selection)
    return _unit_page(passes, selection)


def _input_page(passes: ForwardBackward, of: Unit) -> Page:
    value = float(passes.view.example.inputs[of.unit])
    return (
        Heading(name_of(passes.view.run, of)),
        FormulaLine(f"a = {shortest(value)}"),
        FormulaLine(
            "An input has no weights, no bias and no sum of its own.", faint=True
        ),
    )


def _unit_page(passes: ForwardBackward, of: Unit) -> Page:
    view, layer, unit = passes.view, of.layer, of.unit
    activation = ACTIVATIONS[view.spec.activations[layer - 1]]
    z = float(passes.pre_activations(layer)[unit])
    a = float(view.trace.activations[layer - 1][unit])
    blocks: list[Block] = [
        Heading(f"{name_of(view.run, of)}: forward"),
        *_sum_of_unit(passes, layer, unit, z),
        Formula(
            (
                Part(f"a_{unit}", "", significant(a), "activation"),
                _EQUALS,
                Part("held", "", significant(a), f"not {activation.title}(z)")
                if of in view.held
                else _function(activation, unit, z),
            )
        ),
        _rule(activation.formula, activation.latex, activation.title),
    ]
    if passes.backward is None:
        return (*blocks, FormulaLine(NO_LABEL, faint=True))
    blocks.append(Heading("backward"))
    if not is_fused(passes, layer):
        text = f"slope of {activation.title}"
        blocks.append(_rule(activation.slope_formula, activation.slope_latex, text))
        kinks = kinks_text(activation.kinks, "z")
        blocks += [FormulaLine(kinks, faint=True)] if kinks else []
    blocks += _delta_blocks(passes, passes.backward, layer, unit)
    return tuple(blocks)


def _function(activation: Activation, unit: int, z: float) -> Part:
    """How a comes from z, with the function itself below it."""
    if activation.is_over_layer:
        return Part(f"{activation.name}( z ) _{unit}", "", "of all z", activation.name)
    number = f"{activation.name}({significant(z)})"
    return Part(f"f( z_{unit} )", "", number, activation.name)


def _rule(text: str, latex: str, caption: str) -> Formula:
    """A formula that holds for every number."""
    return Formula((Part(text, caption=caption, latex=latex),))


def _sum_of_unit(
    passes: ForwardBackward, layer: int, unit: int, z: float
) -> list[Block]:
    activations = passes.view.trace.layer(layer - 1)
    weights = passes.weights(layer)[unit]
    with np.errstate(all="ignore"):
        products = weights.astype(np.float64) * activations
    bias = passes.bias(layer, unit)
    printed = printed_sum(products, z, bias=bias, most=MOST_WAYS)
    rows = []
    for k in printed.order:
        factors = [float(weights[k]), float(activations[k])]
        texts, result = product_texts(factors, printed.exponent)
        name = name_in_layer(passes.view.run, Unit(layer - 1, k))
        rows.append((name, *texts, result))
    rows += _tail(printed, [] if bias is None else [("bias b", bias)])
    rows.append(("z", "", "", scaled(z, printed.exponent)))
    terms = _SIGMA_W_A if bias is None else _SIGMA_W_A_B
    header = ("from", "w", "a", f"w · a {exponent_text(printed.exponent)}".strip())
    return [
        Formula((Part(f"z_{unit}", "", "", "weighted sum"), _EQUALS, terms)),
        Table(tuple(rows), header, last_is_sum=True),
    ]


_SIGMA_W_A: Final = Part("Σ w_k a_k", "", "", "of all terms")
_SIGMA_W_A_B: Final = Part("Σ w_k a_k + b", "", "", "of all terms, plus the bias")


def _parameter_page(
    passes: ForwardBackward, parameter: Parameter, proof: Proof | None
) -> Page:
    view = passes.view
    value = shortest(parameter.value_in(view.params))
    blocks: list[Block] = [
        Heading(name_of(view.run, parameter)),
        FormulaLine(f"{parameter.symbol} = {value}"),
    ]
    backward = passes.backward
    if backward is None:
        return (*blocks, FormulaLine(NO_LABEL, faint=True))
    blocks.append(chain_rule(passes, backward, parameter))
    if proof is not None:
        blocks.append(FormulaLine(_proof_text(proof), faint=True))
    blocks += _gradient_blocks(passes, backward, parameter.layer, parameter.unit)
    blocks += _nudge_blocks(passes, backward, parameter)
    blocks += proof_blocks(backward, parameter, proof)
    return tuple(blocks)


def chain_rule(
    passes: ForwardBackward, backward: Backward, parameter: Parameter
) -> Formula:
    """dC/dw = dz/dw da/dz dC/da, with printed numbers whose product is exact."""
    layer, unit, source = parameter.layer, parameter.unit, parameter.source
    letter = parameter.symbol
    before = 1.0 if source is None else float(backward.layer(layer - 1)[source])
    caption = "1 for a bias" if source is None else "activation before"
    if is_fused(passes, layer):
        back = [float(backward.deltas[layer - 1][unit])]
        symbols = [("∂C", f"∂z_{unit}", "delta")]
    else:
        back = [
            float(backward.slopes[layer - 1][unit]),
            float(backward.activation_gradients[layer - 1][unit]),
        ]
        slope = f"slope of {passes.view.spec.activations[layer - 1]}"
        symbols = [
            (f"∂a_{unit}", f"∂z_{unit}", slope),
            ("∂C", f"∂a_{unit}", "see below"),
        ]
    texts, result = product_texts([before, *back])
    parts = [
        Part("∂C", f"∂{letter}", result, "of this example"),
        _EQUALS,
        Part(f"∂z_{unit}", f"∂{letter}", texts[0], caption),
    ]
    for (over, under, what), text in zip(symbols, texts[1:], strict=True):
        parts += [_TIMES, Part(over, under, text, what)]
    return Formula(tuple(parts))


def is_fused(passes: ForwardBackward, layer: int) -> bool:
    """Whether delta is computed without a separate slope for each unit."""
    return layer == passes.view.spec.n_layers and reaches_z(passes.view)


def _delta_blocks(
    passes: ForwardBackward, backward: Backward, layer: int, unit: int
) -> list[Block]:
    """A unit's delta, and where its dC/da comes from."""
    if is_fused(passes, layer):
        return _gradient_blocks(passes, backward, layer, unit)
    factors = [
        float(backward.slopes[layer - 1][unit]),
        float(backward.activation_gradients[layer - 1][unit]),
    ]
    texts, result = product_texts(factors)
    slope = f"slope of {passes.view.spec.activations[layer - 1]}"
    formula = Formula(
        (
            Part("∂C", f"∂z_{unit}", result, "delta"),
            _EQUALS,
            Part(f"∂a_{unit}", f"∂z_{unit}", texts[0], slope),
            _TIMES,
            Part("∂C", f"∂a_{unit}", texts[1], "see below"),
        )
    )
    return [formula, *_gradient_blocks(passes, backward, layer, unit)]


def _gradient_blocks(
    passes: ForwardBackward, backward: Backward, layer: int, unit: int
) -> list[Block]:
    """Where dC/da (or at a fused output dC/dz) of a unit comes from."""
    if layer < passes.view.spec.n_layers:
        return _ways_on(passes, backward, layer, unit)
    a, target = float(backward.activations[-1][unit]), float(backward.target[unit])
    texts = cost_texts(passes.view)
    ends = backward.deltas if texts.delta else backward.activation_gradients
    gradient = float(ends[-1][unit])
    under = f"∂z_{unit}" if texts.delta else f"∂a_{unit}"
    if texts.factor is None:
        parts = (
            Part("∂C", under, significant(gradient), "delta" if texts.delta else ""),
            _EQUALS,
            Part(texts.gradient[0], "", "", texts.gradient[1]),
        )
        blocks: list[Block] = [Formula(parts)]
    else:
        by = texts.factor
        blocks = [_difference(under, unit, a, target, gradient, by=by)]
    if texts.delta:
        return blocks
    if is_fused(passes, layer):
        blocks.append(_jacobian(backward, unit))
    return blocks


def _difference(
    under: str, unit: int, a: float, target: float, result: float, *, by: int = 1
) -> Formula:
    """(a - t), or 2 (a - t): plain decimals, so that the difference is exact."""
    figures, wished = 4, shortest(target)
    while figures < 17 and significant(
        by * (_rounded(a, figures) - target)
    ) != significant(result):
        figures += 1
    symbols, numbers = (
        f"a_{unit} {MINUS} t_{unit}",
        f"{plain(a, figures)} {MINUS} {wished}",
    )
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
    parts = (float(p[unit]), float(g[unit]), mean)
    delta = significant(float(backward.deltas[-1][unit]))
    texts = [significant(part, 6) for part in parts]
    for figures in range(6, 18) if np.isfinite(parts).all() else ():
        texts = [significant(part, figures) for part in parts]
        shown = [parse_number(text) for text in texts]
        if significant(shown[0] * (shown[1] - shown[2])) == delta:
            break
    numbers = f"{texts[0]} · ({texts[1]} {MINUS} {texts[2]})"
    return Formula(
        (
            Part(
                "∂C",
                f"∂z_{unit}",
                delta,
                "delta",
            ),
            _EQUALS,
            Part(
                f"p_{unit} ( g_{unit} {MINUS} Σ p_i g_i )",
                "",
                numbers,
                "g = ∂C/∂a; softmax couples the outputs",
            ),
        )
    )


def _ways_on(
    passes: ForwardBackward, backward: Backward, layer: int, unit: int
) -> list[Block]:
    """dC/da as the sum over the units ahead, the largest terms written out."""
    weights: RealArray = passes.weights(layer + 1)[:, unit]
    deltas = backward.deltas[layer]
    with np.errstate(all="ignore"):
        products = weights.astype(np.float64) * deltas
    total = float(backward.activation_gradients[layer - 1][unit])
    printed = printed_sum(products, total, most=MOST_WAYS)
    rows = []
    for k in printed.order:
        factors = [float(weights[k]), float(deltas[k])]
        texts, result = product_texts(factors, printed.exponent)
        name = name_in_layer(passes.view.run, Unit(layer + 1, k))
        rows.append((name, *texts, result))
    rows += _tail(printed, [])
    rows.append(("∂C/∂a", "", "", scaled(total, printed.exponent)))
    ahead = passes.view.spec.layer_name(layer + 1)
    power = exponent_text(printed.exponent)
    header = ("via", "w", "∂C/∂z", f"w · ∂C/∂z {power}".strip())
    symbols = Part(f"Σ w_k{unit} ∂C/∂z_k", "", "", f"over the units k of {ahead}")
    if len(deltas) == 1:
        symbols = Part(f"w_0{unit} ∂C/∂z_0", "", "", f"via the one unit of {ahead}")
    fused = is_fused(passes, passes.view.spec.n_layers)
    return [
        Formula((Part("∂C", f"∂a_{unit}", "", ""), _EQUALS, symbols)),
        Table(tuple(rows), header, last_is_sum=True),
        *path_blocks(passes, backward, layer, unit, fused=fused),
    ]


def _tail(
    printed: ExactSum, extra: list[tuple[str, float]]
) -> list[tuple[str, str, str, str]]:
    """The remaining terms, further terms, and the rounding difference."""
    lines = []
    if printed.rest_count:
        lines.append((f"the other {count(printed.rest_count)}", printed.rest))
    lines += extra
    if printed.rounding:
        lines.append((ROUNDING, printed.rounding))
    return [(name, "", "", scaled(value, printed.exponent)) for name, value in lines]


def _nudge_blocks(
    passes: ForwardBackward, backward: Backward, parameter: Parameter
) -> list[Block]:
    own = -_gradient_of(backward, parameter)
    rows = [("of this example", significant(own))]
    snapshot = passes.view.snapshot
    if snapshot.gradient is not None:
        batch = -parameter.value_in(snapshot.gradient)
        rows.append(
            ("of the current batch, at the weights before its step", significant(batch))
        )
    return [Heading(f"Nudge {MINUS}∂C/∂{parameter.symbol}"), Table(tuple(rows))]


def _gradient_of(backward: Backward, parameter: Parameter) -> float:
    return backward.gradient_of(parameter.layer, parameter.unit, parameter.source)


def _proof_text(proof: Proof) -> str:
    return (
        f"Central difference: {significant(proof.difference)}, relative error "
        f"{significant(proof.relative_error, 2)}"
    )


def proof_blocks(
    backward: Backward, parameter: Parameter, proof: Proof | None
) -> list[Block]:
    """The explicit value beside the central difference."""
    title = Heading("Proof")
    if proof is None:
        return [title, FormulaLine("Pause training to see the proof.", faint=True)]
    explicit = _gradient_of(backward, parameter)
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
            "Rounding alone changes the difference by up to about "
            f"{significant(proof.rounding, 2)}."
        )
        blocks.append(FormulaLine(text, faint=True))
    return blocks
