"""The live numbers of one thing in the picture, in lines that add up as printed."""

import numpy as np

from core.values.parameter import Unit
from gui.panels.network_picture.painters.health_marks import health_lines
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style import number_format
from gui.style.checked_numbers import product_texts
from gui.style.number_format import plain

TIMES = "\N{MIDDLE DOT}"


def readout_lines(view: View, selection: Selection) -> list[str]:
    """What to say about a selection: a title, then its numbers."""
    if selection.kind == "weight" and selection.source is not None:
        return _weight_lines(view, selection.layer, selection.unit, selection.source)
    if selection.kind == "bias":
        return _bias_lines(view, selection.layer, selection.unit)
    if selection.layer == 0:
        return _input_lines(view, selection.unit)
    health = health_lines(view, selection.layer, selection.unit)
    return [*_unit_lines(view, selection.layer, selection.unit), *health]


def unit_name(view: View, layer: int, unit: int) -> str:
    """What a unit is called: a pixel, a class, or a numbered unit of its layer."""
    if layer == 0:
        return view.run.dataset.input_name(unit)
    if layer == view.spec.n_layers:
        return f"output {view.run.dataset.output_names[unit]}"
    return f"{view.spec.layer_name(layer)}, unit {unit}"


def _number(value: float) -> str:
    return plain(value)


def _added(value: float) -> str:
    """A term of a sum with its sign as an operator."""
    sign = number_format.MINUS if value < 0 else "+"
    return f"{sign} {_number(abs(value))}"


def _unit_lines(view: View, layer: int, unit: int) -> list[str]:
    z = round(float(view.trace.pre_activations[layer - 1][unit]), 4)
    a = float(view.trace.activations[layer - 1][unit])
    bias = round(float(view.params[layer - 1][1][unit]), 4)
    activation = view.spec.activations[layer - 1]
    activity = f"a = {activation}(z) = {_number(a)}"
    if Unit(layer, unit) in view.held:
        activity = f"a = {_number(a)} (held, not {activation}(z))"
    if not view.spec.has_bias(layer):
        return [
            unit_name(view, layer, unit),
            f"z = sum of w{TIMES}a = {_number(z)}",
            activity,
        ]
    # The sum is what z and the bias leave, to the printed digit, so that the line adds
    # up; float32 rounding of the product itself lies below that digit.
    return [
        unit_name(view, layer, unit),
        f"z = sum of w{TIMES}a {_added(bias)} (bias)",
        f"z = {_number(z - bias)} {_added(bias)} = {_number(z)}",
        activity,
    ]


def _bias_lines(view: View, layer: int, unit: int) -> list[str]:
    bias = float(view.params[layer - 1][1][unit])
    lines = [f"bias of {unit_name(view, layer, unit)}", f"b = {_number(bias)}"]
    gradient = view.snapshot.gradient
    if gradient is not None:
        nudge = -float(gradient[layer - 1][1][unit])
        lines.append(f"nudge {number_format.MINUS}dC/db = {_small(nudge)}")
    return lines


def _small(value: float) -> str:
    """Nudges span many powers of ten: digits that count, not decimals."""
    if value == 0 or not np.isfinite(value) or abs(value) >= 1e-3:
        return plain(value, 5)
    return number_format.scientific(value)


def _weight_lines(view: View, layer: int, unit: int, source: int) -> list[str]:
    weight = float(view.params[layer - 1][0][unit, source])
    a = float(view.trace.layer(layer - 1)[source])
    start, end = unit_name(view, layer - 1, source), unit_name(view, layer, unit)
    texts, product = product_texts([weight, a], 0)
    lines = [
        f"{start} \N{RIGHTWARDS ARROW} {end}",
        f"w = {_number(weight)}",
        f"w{TIMES}a = {texts[0]} {TIMES} {texts[1]} = "
        f"{product.strip(number_format.FIGURE_SPACE)}",
    ]
    gradient = view.snapshot.gradient
    if gradient is not None:
        nudge = -float(gradient[layer - 1][0][unit, source])
        lines.append(f"nudge {number_format.MINUS}dC/dw = {_small(nudge)}")
    return lines


def _input_lines(view: View, unit: int) -> list[str]:
    value = float(view.trace.inputs[unit])
    return [unit_name(view, 0, unit), f"value = {_number(value)}"]
