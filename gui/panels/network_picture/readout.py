"""Live numbers of what is pointed at in the picture; they add up as printed."""

from dataclasses import dataclass

import numpy as np

from core.protocol.snapshot import Snapshot
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.panels.network_picture.painters.health_marks import health_lines
from gui.session.own_units import own_input, own_output
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import number_format
from gui.style.checked_numbers import product_texts
from gui.style.number_format import count, full, plain
from gui.style.symbols import COST, of_layer, of_parameter, of_unit, slope_text

TIMES = "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True)
class Readout:
    """What is said about a selection.

    Attributes:
        name: of the selection.
        numbers: in one line, the most important first.
        lines: all of it: the value with all its digits, where it is, the sums.
    """

    name: str
    numbers: tuple[str, ...]
    lines: tuple[str, ...]


def readout_of(view: View, selection: Selection) -> Readout:
    # Its words for a layer and a unit stand in the picture.
    name = name_of(view.run, selection, bare=True)
    numbers = (
        _parameter_numbers(view, selection)
        if isinstance(selection, Parameter)
        else _unit_numbers(view, selection)
    )
    lines = tuple(readout_lines(view, selection))
    return Readout(name[:1].upper() + name[1:], numbers, lines)


def _unit_numbers(view: View, of: Unit) -> tuple[str, ...]:
    if of.layer == 0:
        value = float(view.trace.inputs[of.unit])
        if not view.run.dataset.has_own_inputs:
            return (_number(value),)
        own = own_input(view.run.dataset, of.unit, value)
        return own, tr("scaled {value}", value=_number(value))
    z = float(view.trace.pre_activations[of.layer - 1][of.unit])
    a = float(view.trace.activations[of.layer - 1][of.unit])
    held = tr(" (held)") if of in view.held else ""
    numbers = [f"z {_number(z)} \N{RIGHTWARDS ARROW} a {_number(a)}{held}"]
    if view.spec.has_bias(of.layer):
        bias = float(view.params[of.layer - 1][1][of.unit])
        numbers.append(f"b {_number(bias)}")
    marks = (line.partition(":")[0] for line in health_lines(view, of))
    return (*numbers, *marks)


def _parameter_numbers(view: View, parameter: Parameter) -> tuple[str, ...]:
    origin = parameter.origin
    letter = "b" if origin is None else "w"
    value = parameter.value_in(view.params)
    numbers = [f"{letter} {_number(value)}"]
    if origin is not None:
        a = float(view.trace.layer(origin.layer)[origin.unit])
        product = product_texts([value, a], 0)[1]
        figure = product.strip(number_format.FIGURE_SPACE)
        numbers.append(f"w{TIMES}a {figure}")
    gradient = view.snapshot.gradient
    if gradient is not None:
        numbers.append(
            tr(
                "nudge of step {step} {small}",
                step=count(nudged_step(view.snapshot)),
                small=_small(-parameter.value_in(gradient)),
            )
        )
    return tuple(numbers)


def nudged_step(snapshot: Snapshot) -> int:
    """The step whose batch the gradient is of: the newest one, or the one to come.

    The one to come before the first step, and where the weights were edited since.
    """
    if snapshot.batch is not None:
        return snapshot.batch.step
    before = snapshot.previous_params
    is_to_come = before is None or all(
        np.array_equal(old, new)
        for layers in zip(before, snapshot.params, strict=True)
        for old, new in zip(*layers, strict=True)
    )
    return snapshot.step + is_to_come


def readout_lines(view: View, selection: Selection) -> list[str]:
    """What to say about a selection: its value, its name, then how it comes about."""
    name = name_of(view.run, selection)
    if isinstance(selection, Parameter):
        value = selection.value_in(view.params)
        lines = _parameter_lines(view, selection)
        return [f"{of_parameter(selection)} = {full(value)}", name, *lines]
    if selection.layer == 0:
        value = float(view.trace.inputs[selection.unit])
        if not view.run.dataset.has_own_inputs:
            return [tr("value = {value}", value=full(value)), name]
        return [
            tr(
                "value = {value} in the units of the file",
                value=own_input(view.run.dataset, selection.unit, value),
            ),
            name,
            tr("{value} as the network receives it, scaled", value=_number(value)),
        ]
    value = float(view.trace.layer(selection.layer)[selection.unit])
    lines = [*_unit_lines(view, selection), *_in_own_units(view, selection)]
    return [
        f"{of_unit('a', selection)} = {full(value)}",
        name,
        *lines,
        *health_lines(view, selection),
    ]


def _in_own_units(view: View, of: Unit) -> list[str]:
    """What an output stands for, where the network learns standardised numbers."""
    dataset = view.run.dataset
    if of.layer != view.spec.n_layers or not dataset.has_own_units:
        return []
    value = own_output(dataset, of.unit, float(view.trace.output[of.unit]))
    return [
        tr(
            "{output_name} = {value} in the units of the file",
            output_name=dataset.output_names[of.unit],
            value=value,
        )
    ]


def _number(value: float) -> str:
    return plain(value)


def _added(value: float) -> str:
    """A term of a sum with its sign as an operator."""
    sign = number_format.MINUS if value < 0 else "+"
    return f"{sign} {_number(abs(value))}"


def _unit_lines(view: View, of: Unit) -> list[str]:
    layer, unit = of.layer, of.unit
    z = round(float(view.trace.pre_activations[layer - 1][unit]), 4)
    a = float(view.trace.activations[layer - 1][unit])
    name = view.spec.activations[layer - 1]
    z_is, a_is = of_unit("z", of), of_unit("a", of)
    activation = f"{a_is} = {name}({z_is}) = {_number(a)}"
    if of in view.held:
        activation = tr(
            "{a_is} = {number} (held, not {name}({z_is}))",
            a_is=a_is,
            number=_number(a),
            name=name,
            z_is=z_is,
        )
    terms = f"{of_layer('w', layer)}{TIMES}{of_layer('a', layer - 1)}"
    if not view.spec.has_bias(layer):
        return [
            tr(
                "{z_is} = sum of {terms} = {number}",
                z_is=z_is,
                terms=terms,
                number=_number(z),
            ),
            activation,
        ]
    bias = round(float(view.params[layer - 1][1][unit]), 4)
    # The sum is what z and the bias leave, to the printed digit, so that the line adds
    # up; float32 rounding of the product itself lies below that digit.
    return [
        tr(
            "{z_is} = sum of {terms} {added} (bias)",
            z_is=z_is,
            terms=terms,
            added=_added(bias),
        ),
        f"{z_is} = {_number(z - bias)} {_added(bias)} = {_number(z)}",
        activation,
    ]


def _parameter_lines(view: View, parameter: Parameter) -> list[str]:
    value, symbol = parameter.value_in(view.params), of_parameter(parameter)
    lines = []
    origin = parameter.origin
    if origin is not None:
        a = float(view.trace.layer(origin.layer)[origin.unit])
        texts, product = product_texts([value, a], 0)
        product = product.strip(number_format.FIGURE_SPACE)
        source = of_unit("a", origin)
        lines.append(
            f"{symbol}{TIMES}{source} = {texts[0]} {TIMES} {texts[1]} = {product}"
        )
    gradient = view.snapshot.gradient
    if gradient is not None:
        nudge = _small(-parameter.value_in(gradient))
        slope = f"{number_format.MINUS}{slope_text(COST, symbol)}"
        step = count(nudged_step(view.snapshot))
        lines.append(
            tr(
                "nudge of step {step}: {slope} = {nudge}",
                step=step,
                slope=slope,
                nudge=nudge,
            )
        )
    return lines


def _small(value: float) -> str:
    """Nudges span many powers of ten: significant figures, not fixed decimals."""
    if value == 0 or not np.isfinite(value) or abs(value) >= 1e-3:
        return plain(value, 5)
    return number_format.scientific(value)
