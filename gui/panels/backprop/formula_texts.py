"""The formula panel's page for the selected weight, bias or unit."""

from dataclasses import replace
from typing import Final

import numpy as np

from core.arrays import RealArray
from core.descriptions.optimizers import OPTIMIZERS
from core.network.numpy.activations.record import Activation
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.backprop import Backward
from core.network.numpy.kinks import kinks_text
from core.network.numpy.proof import Proof
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.backprop.cost_texts import cost_texts, reaches_z
from gui.panels.backprop.formula_page import (
    Block,
    Following,
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
from gui.session.own_units import own_input, standard_units_text
from gui.session.parameter_names import name_in_layer, name_of
from gui.session.selection import Selection
from gui.style.checked_numbers import (
    ExactSum,
    printed_sum,
    product_texts,
    scaled,
    significant,
)
from gui.style.notation import unit_number
from gui.style.number_format import MINUS, count, exponent_text, plain, shortest
from gui.style.number_input import parse_number
from gui.style.symbols import (
    COST,
    Symbol,
    of_layer,
    of_parameter,
    of_unit,
    slope_text,
)

OWN_REQUEST: Final = tr("this example's request")
MOST_WAYS: Final = 4
NO_LABEL: Final = tr(
    "The backward pass needs a target. Choose one in the Backpropagation panel, at "
    "stage Cost."
)
_DC: Final = COST.partial.markup
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
    dataset = passes.view.run.dataset
    own = ""
    if dataset.has_own_inputs:
        own = tr(
            "The network receives it scaled: it is {value} in the units of the file.",
            value=own_input(dataset, of.unit, value),
        )
    return (
        Heading(name_of(passes.view.run, of)),
        FormulaLine(f"{of_unit('a', of)} = {shortest(value)}"),
        *([FormulaLine(own, faint=True)] if own else []),
        FormulaLine(
            tr("An input has no weights, no bias and no sum of its own."), faint=True
        ),
    )


def _unit_page(passes: ForwardBackward, of: Unit) -> Page:
    view, layer, unit = passes.view, of.layer, of.unit
    activation = ACTIVATIONS[view.spec.activations[layer - 1]]
    z = float(passes.pre_activations(layer)[unit])
    a = float(view.trace.activations[layer - 1][unit])
    blocks: list[Block] = [
        Heading(tr("{run}: forward", run=name_of(view.run, of))),
        *_sum_of_unit(passes, layer, unit, z),
        Formula(
            (
                Part(of_unit("a", of).markup, "", significant(a), "activation"),
                _EQUALS,
                Part(
                    tr("held"),
                    "",
                    significant(a),
                    tr("not {activation}(z)", activation=activation.title),
                )
                if of in view.held
                else _function(activation, of, z),
            )
        ),
        _rule(activation.formula, activation.latex, activation.title),
    ]
    if passes.backward is None:
        return (*blocks, FormulaLine(NO_LABEL, faint=True))
    blocks.append(Heading(tr("backward")))
    if not is_fused(passes, layer):
        text = tr("slope of {activation}", activation=activation.title)
        blocks.append(_rule(activation.slope_formula, activation.slope_latex, text))
        kinks = kinks_text(activation.kinks, "z")
        blocks += [FormulaLine(kinks, faint=True)] if kinks else []
    blocks += _delta_blocks(passes, passes.backward, layer, unit)
    return tuple(blocks)


def _function(activation: Activation, unit: Unit, z: float) -> Part:
    """How a comes from z, with the function itself below it."""
    if activation.is_over_layer:
        all_z = of_layer("z", unit.layer)
        over = f"{activation.name}( {all_z.markup} ) _{unit_number(unit.unit)}"
        return Part(over, "", tr("of all {all_z}", all_z=all_z), activation.name)
    number = f"{activation.name}({significant(z)})"
    return Part(f"f( {of_unit('z', unit).markup} )", "", number, activation.name)


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
    here = Unit(layer, unit)
    b = of_parameter(Parameter(layer, unit))
    rows += _tail(printed, [] if bias is None else [(tr("bias {b}", b=b), bias)])
    rows.append((str(of_unit("z", here)), "", "", scaled(z, printed.exponent)))
    w, a = of_layer("w", layer), of_layer("a", layer - 1)
    power = exponent_text(printed.exponent)
    header = ("from", str(w), str(a), f"{w} · {a} {power}".strip())
    w_k = Symbol("w", layer, f"{unit_number(unit)},k")
    terms = f"Σ_k {w_k.markup} {replace(a, index='k').markup}"
    words = tr("of all terms")
    if bias is not None:
        terms, words = (
            f"{terms} + {b.markup}",
            tr("{words}, plus the bias", words=words),
        )
    whole = Part(of_unit("z", here).markup, "", "", tr("weighted sum"))
    return [
        Formula((whole, _EQUALS, Part(terms, "", "", words))),
        Table(tuple(rows), header, last_is_sum=True),
    ]


def _parameter_page(
    passes: ForwardBackward, parameter: Parameter, proof: Proof | None
) -> Page:
    view = passes.view
    blocks: list[Block] = [Heading(name_of(view.run, parameter))]
    backward = passes.backward
    if backward is None:
        value = shortest(parameter.value_in(view.params))
        line = FormulaLine(f"{of_parameter(parameter)} = {value}")
        return (*blocks, line, FormulaLine(NO_LABEL, faint=True))
    blocks.append(chain_rule(passes, backward, parameter))
    blocks.append(what_follows(passes, backward, parameter))
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
    letter = of_parameter(parameter).partial.markup
    z, a = _partials(parameter.owner)
    before = 1.0 if source is None else float(backward.layer(layer - 1)[source])
    caption = tr("1 for a bias") if source is None else tr("activation before")
    if is_fused(passes, layer):
        back = [float(backward.deltas[layer - 1][unit])]
        symbols = [(_DC, z, tr("delta"))]
    else:
        back = [
            float(backward.slopes[layer - 1][unit]),
            float(backward.activation_gradients[layer - 1][unit]),
        ]
        slope = tr(
            "slope of {activation}", activation=passes.view.spec.activations[layer - 1]
        )
        symbols = [
            (a, z, slope),
            (_DC, a, tr("see below")),
        ]
    texts, result = product_texts([before, *back])
    parts = [
        Part(_DC, letter, result, tr("of this example")),
        _EQUALS,
        Part(z, letter, texts[0], caption),
    ]
    for (over, under, what), text in zip(symbols, texts[1:], strict=True):
        parts += [_TIMES, Part(over, under, text, what)]
    return Formula(tuple(parts), is_answer=True)


def what_follows(
    passes: ForwardBackward, backward: Backward, parameter: Parameter
) -> Following:
    """The value, and what this example asks to become of it.

    The request is of the present weights: it belongs to the step to come.
    """
    value = shortest(parameter.value_in(passes.view.params))
    request = -_gradient_of(backward, parameter)
    to_come = passes.view.snapshot.next_learning_rate
    (rate, asked), product = product_texts([to_come, request])
    optimizer = passes.view.run.experiment.training.optimizer
    becomes = tr("learning rate {rate} times request", rate=rate), product
    if optimizer != "sgd":
        becomes = tr("its change:"), own_rule(optimizer)
    verb = (
        tr("leave it")
        if request == 0
        else (tr("raise it") if request > 0 else tr("lower it"))
    )
    return Following(
        (
            (f"{of_parameter(parameter).markup} =", value),
            (OWN_REQUEST, asked),
            (tr("so:"), verb if request == request else tr("not a number")),
            becomes,
        )
    )


def own_rule(optimizer: str) -> str:
    """What is said where the change is not the learning rate times the nudge."""
    title = OPTIMIZERS[optimizer].title
    return tr("by the rule of {title}, see Step", title=title)


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
    slope = tr(
        "slope of {activation}", activation=passes.view.spec.activations[layer - 1]
    )
    z, a = _partials(Unit(layer, unit))
    formula = Formula(
        (
            Part(_DC, z, result, tr("delta")),
            _EQUALS,
            Part(a, z, texts[0], slope),
            _TIMES,
            Part(_DC, a, texts[1], tr("see below")),
        ),
        is_answer=True,
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
    here = Unit(layer, unit)
    by_z, by_a = _partials(here)
    caption = tr("delta") if texts.delta else ""
    whole = Part(_DC, by_z if texts.delta else by_a, significant(gradient), caption)
    if texts.factor is None:
        rule = _with_places(texts.gradient[0], here)
        parts = (whole, _EQUALS, Part(rule, "", "", texts.gradient[1]))
        blocks: list[Block] = [Formula(parts)]
    else:
        difference = _difference(here, a, target, gradient, by=texts.factor)
        blocks = [Formula((whole, _EQUALS, difference))]
    units = standard_units_text(passes.view.run.dataset)
    blocks += [FormulaLine(units, faint=True)] if units else []
    if texts.delta:
        return blocks
    if is_fused(passes, layer):
        blocks.append(_jacobian(backward, here))
    return blocks


def _partials(unit: Unit) -> tuple[str, str]:
    """What a derivative with respect to a unit's z, and its a, is written over."""
    z, a = of_unit("z", unit), of_unit("a", unit)
    return z.partial.markup, a.partial.markup


def _with_places(rule: str, unit: Unit) -> str:
    """A rule for any output, written for one."""
    places = {letter: of_unit(letter, unit).markup for letter in "za"}
    places["t"] = _target(unit).markup
    places[f"{MINUS}t"] = f"{MINUS} {places['t']}"
    return " ".join(places.get(word, word) for word in rule.split(" "))


def _target(unit: Unit) -> Symbol:
    """Only outputs have targets, so that no layer is told."""
    return Symbol("t", index=str(unit_number(unit.unit)))


def _difference(
    unit: Unit, a: float, target: float, result: float, *, by: int = 1
) -> Part:
    """(a - t), or 2 (a - t): plain decimals, so that the difference is exact."""
    unrounded = target + result / by
    if np.float32(unrounded) == np.float32(a):
        # A saturated a is 1 in float32, and the difference knows how much it lacks.
        a = unrounded
    figures, wished = 4, shortest(target)
    while figures < 17 and significant(
        by * (_rounded(a, figures) - target)
    ) != significant(result):
        figures += 1
    symbols = f"{of_unit('a', unit).markup} {MINUS} {_target(unit).markup}"
    numbers = f"{plain(a, figures)} {MINUS} {wished}"
    if by != 1:
        symbols, numbers = f"{by} ( {symbols} )", f"{by} · ({numbers})"
    return Part(symbols, "", numbers, tr("output minus target"))


def _rounded(value: float, decimals: int) -> float:
    return float(f"{value:.{decimals}f}")


def _jacobian(backward: Backward, of: Unit) -> Formula:
    """Softmax with squared error: a (g - mean of g weighted by a)."""
    outputs, gradients = backward.activations[-1], backward.activation_gradients[-1]
    mean = float(np.sum(outputs * gradients, dtype=np.float64))
    parts = (float(outputs[of.unit]), float(gradients[of.unit]), mean)
    delta = significant(float(backward.deltas[-1][of.unit]))
    texts = [significant(part, 6) for part in parts]
    for figures in range(6, 18) if np.isfinite(parts).all() else ():
        texts = [significant(part, figures) for part in parts]
        shown = [parse_number(text) for text in texts]
        if significant(shown[0] * (shown[1] - shown[2])) == delta:
            break
    numbers = f"{texts[0]} · ({texts[1]} {MINUS} {texts[2]})"
    a, g = of_unit("a", of), of_unit("g", of)
    slope = slope_text(COST, of_layer("a", of.layer))
    return Formula(
        (
            Part(_DC, _partials(of)[0], delta, tr("delta")),
            _EQUALS,
            Part(
                f"{a.markup} ( {g.markup} {MINUS} Σ_i "
                f"{replace(a, index='i').markup} {replace(g, index='i').markup} )",
                "",
                numbers,
                tr("g = {slope}; softmax couples the outputs", slope=slope),
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
    a = of_unit("a", Unit(layer, unit))
    rows.append((slope_text(COST, a), "", "", scaled(total, printed.exponent)))
    power = exponent_text(printed.exponent)
    w, z = of_layer("w", layer + 1), of_layer("z", layer + 1)
    slope = slope_text(COST, z)
    header = ("via", str(w), slope, f"{w} · {slope} {power}".strip())
    symbols = _way_symbols(passes, Unit(layer, unit))
    fused = is_fused(passes, passes.view.spec.n_layers)
    return [
        Formula((Part(_DC, a.partial.markup), _EQUALS, symbols)),
        Table(tuple(rows), header, last_is_sum=True),
        *path_blocks(passes, backward, layer, unit, fused=fused),
    ]


def _way_symbols(passes: ForwardBackward, unit: Unit) -> Part:
    """The sum over the units ahead; no sum where there is one."""
    layer, spec = unit.layer + 1, passes.view.spec
    ahead = spec.layer_name(layer)
    is_one = spec.layer_sizes[layer] == 1
    k = str(unit_number(0)) if is_one else "k"
    w, z = Symbol("w", layer, f"{k},{unit_number(unit.unit)}"), Symbol("z", layer, k)
    term = f"{w.markup} {_DC}/{z.partial.markup}"
    if is_one:
        return Part(term, "", "", tr("via the one unit of {ahead}", ahead=ahead))
    return Part(f"Σ_k {term}", "", "", tr("over the units k of {ahead}", ahead=ahead))


def _tail(
    printed: ExactSum, extra: list[tuple[str, float]]
) -> list[tuple[str, str, str, str]]:
    """The remaining terms, further terms, and the rounding difference."""
    lines = []
    if printed.rest_count:
        lines.append(
            (
                tr("the other {rest_count}", rest_count=count(printed.rest_count)),
                printed.rest,
            )
        )
    lines += extra
    if printed.rounding:
        lines.append((ROUNDING, printed.rounding))
    return [(name, "", "", scaled(value, printed.exponent)) for name, value in lines]


def _nudge_blocks(
    passes: ForwardBackward, backward: Backward, parameter: Parameter
) -> list[Block]:
    own = -_gradient_of(backward, parameter)
    rows = [(OWN_REQUEST, significant(own))]
    snapshot = passes.view.snapshot
    if snapshot.gradient is not None:
        batch = -parameter.value_in(snapshot.gradient)
        rows.append(
            (tr("batch's nudge, at the weights before its step"), significant(batch))
        )
    slope = slope_text(COST, of_parameter(parameter))
    return [
        Heading(tr("Request and nudge {minus}{slope}", minus=MINUS, slope=slope)),
        Table(tuple(rows)),
    ]


def _gradient_of(backward: Backward, parameter: Parameter) -> float:
    return backward.gradient_of(parameter.layer, parameter.unit, parameter.source)


def _proof_text(proof: Proof) -> str:
    return tr(
        "Central difference: {difference}, relative error {relative_error}",
        difference=significant(proof.difference),
        relative_error=significant(proof.relative_error, 2),
    )


def proof_blocks(
    backward: Backward, parameter: Parameter, proof: Proof | None
) -> list[Block]:
    """The explicit value beside the central difference."""
    title = Heading(tr("Proof"))
    if proof is None:
        return [title, FormulaLine(tr("Pause training to see the proof."), faint=True)]
    explicit = _gradient_of(backward, parameter)
    rows = (
        (tr("explicit backward pass, as shown (float32)"), significant(explicit, 9)),
        (tr("explicit backward pass (float64)"), significant(proof.explicit, 12)),
        (
            tr(
                "central difference (float64), h = {step}",
                step=significant(proof.step, 3),
            ),
            significant(proof.difference, 12),
        ),
        (tr("relative error of the last two"), significant(proof.relative_error, 2)),
    )
    blocks: list[Block] = [title, Table(rows)]
    if proof.crosses_kink:
        w = of_parameter(parameter)
        text = tr(
            "A kink lies between {w} {minus} h and {w} + h: no derivative there.",
            w=w,
            minus=MINUS,
        )
        blocks.append(FormulaLine(text, faint=True))
    elif proof.relative_error > 1e-6:
        text = tr(
            "Rounding alone changes the difference by up to about {rounding}.",
            rounding=significant(proof.rounding, 2),
        )
        blocks.append(FormulaLine(text, faint=True))
    return blocks
