"""The number lines as data: value, range and factor of each."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.losses.table import LOSSES
from core.network.numpy.number_lines import Doubles, LineValues, ParameterProbe
from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.session.parameter_names import name_in_layer
from gui.session.view_state import View
from gui.style.checked_numbers import significant
from gui.style.number_format import MINUS
from gui.style.symbols import COST, of_layer, of_parameter, of_unit, slope_text
from gui.widgets.plots.ranges import VALUE_BOUND

Kind = Literal["parameter", "z", "a", "layer", "cost"]
MOST_PATH_LINES: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class NumberLine:
    """One number line.

    Attributes:
        symbol: with its layer and unit, as the formulas write it.
        name: its name, for the tooltip.
        value: the value that is shown.
        start: the value before it was moved.
        low: left end.
        high: right end.
        factor: the derivative with respect to the previous line, or empty.
        parameter: what dragging it edits.
        unit: the unit whose activation is held by dragging.
        is_held: the activation is held.
        on_path: whether the previous line affects this one.
        summary: text in place of a line, for a whole layer.
    """

    kind: Kind
    symbol: str
    name: str
    value: float = 0.0
    start: float = 0.0
    low: float = -1.0
    high: float = 1.0
    factor: str = ""
    parameter: Parameter | None = None
    unit: Unit | None = None
    is_held: bool = False
    on_path: bool = True
    summary: str = ""

    @property
    def is_draggable(self) -> bool:
        return self.parameter is not None or self.unit is not None

    def share(self, value: float) -> float:
        """0 at the left end, 1 at the right end; not clipped."""
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """C over the visible range of the parameter.

    Attributes:
        values: (points,) of the parameter.
        costs: (points,).
    """

    values: Doubles
    costs: Doubles


def curve_of(ground: ParameterProbe, low: float, high: float) -> Curve:
    """The true curve between two values of the parameter."""
    values = np.linspace(low, high, ground.points())
    return Curve(values, ground.costs(values))


def lines_of(
    view: View, ground: ParameterProbe, now: LineValues, curve: Curve
) -> tuple[NumberLine, ...]:
    """All lines from the parameter to the cost."""
    layer, unit = ground.parameter.layer, ground.parameter.unit
    lines = [
        _parameter_line(ground, now, curve),
        *_unit_lines(view, ground, now, curve, unit, 0),
    ]
    path = _single_path(view, layer)
    for deeper in range(layer + 1, view.spec.n_layers + 1):
        if path:
            lines += _link_lines(view, deeper, unit)
            lines += _unit_lines(view, ground, now, curve, 0, deeper - layer)
            unit = 0
        else:
            lines.append(_layer_line(view, ground, now, deeper))
    lines.append(_cost_line(ground, now, curve, _cost_factor(view, now, layer)))
    return tuple(lines)


def _single_path(view: View, layer: int) -> bool:
    """Whether there is only one path from a layer to the cost."""
    sizes = view.spec.layer_sizes[layer + 1 :]
    return all(size == 1 for size in sizes) and 4 * len(sizes) + 4 <= MOST_PATH_LINES


def _parameter_line(
    ground: ParameterProbe, now: LineValues, curve: Curve
) -> NumberLine:
    where = ground.parameter
    return NumberLine(
        "parameter",
        str(of_parameter(where)),
        tr("drag it, use the arrow keys or the wheel, or type a value above"),
        now.value,
        ground.value,
        float(curve.values[0]),
        float(curve.values[-1]),
        parameter=where,
    )


def _unit_lines(
    view: View,
    ground: ParameterProbe,
    now: LineValues,
    curve: Curve,
    unit: int,
    depth: int,
) -> list[NumberLine]:
    """The z and a of one unit; `depth` 0 is the layer of the parameter itself."""
    back, still = now.back, ground.still.back
    layer = ground.parameter.layer + depth
    activation = ACTIVATIONS[view.spec.activations[layer - 1]]
    is_held = Unit(layer, unit) in view.held
    z, z0 = (float(b.pre_activations[depth][unit]) for b in (back, still))
    a, a0 = (float(b.activations[depth][unit]) for b in (back, still))
    low, high = _z_range(ground, curve, z, z0, depth)
    z_symbol, a_symbol = (of_unit(letter, Unit(layer, unit)) for letter in "za")
    if depth == 0:
        rate = slope_text(z_symbol, of_parameter(ground.parameter))
        change = f"{rate} = {significant(now.before)}"
    else:
        change = ""
    first = NumberLine(
        "z", str(z_symbol), tr("weighted sum, plus the bias"), z, z0, low, high, change
    )
    slope = float(back.slopes[depth][unit])
    how = f"{slope_text(a_symbol, z_symbol)} = {significant(slope)}"
    if activation.is_over_layer:
        how = tr(
            "{activation} of all {of_layer}",
            activation=activation.name,
            of_layer=of_layer("z", layer),
        )
    a_low, a_high = _a_range(activation.range, low, high, a, a0)
    second = NumberLine(
        "a",
        str(a_symbol),
        tr(
            "activation{value} {activation}({z_symbol})",
            value=tr(", not") if is_held else "",
            activation=activation.name,
            z_symbol=z_symbol,
        ),
        a,
        a0,
        a_low,
        a_high,
        "held" if is_held else how,
        unit=Unit(layer, unit) if layer < view.spec.n_layers else None,
        is_held=is_held,
        on_path=not is_held,
    )
    return [first, second]


def _z_range(
    ground: ParameterProbe, curve: Curve, z: float, z0: float, depth: int
) -> tuple[float, float]:
    if depth == 0:
        ends = [
            ground.still.z + (float(end) - ground.value) * ground.before
            for end in (curve.values[0], curve.values[-1])
        ]
        low, high = min(ends), max(ends)
        if high - low > 1e-6:
            return low, high
    size = max(1.0, 1.3 * abs(z), 1.3 * abs(z0))
    size = _round_size(size)
    return -size, size


def _round_size(size: float) -> float:
    size = min(size, VALUE_BOUND)
    power = 10.0 ** np.floor(np.log10(size))
    for digit in (1, 1.5, 2, 3, 4, 6, 8, 10):
        if digit * power >= size:
            return float(digit * power)
    return size


def _a_range(
    bounds: tuple[float, float], z_low: float, z_high: float, a: float, a0: float
) -> tuple[float, float]:
    if np.all(np.isfinite(bounds)):
        return bounds
    largest = max(z_high, a, a0, 1e-6)
    if bounds[0] == 0:
        return 0.0, _round_size(1.05 * largest)
    size = _round_size(max(largest, abs(z_low), abs(a), abs(a0)))
    return -size, size


def _link_lines(view: View, layer: int, source: int) -> list[NumberLine]:
    """The weight and the bias between two units of a chain: factors to drag."""
    weights, biases = view.params[layer - 1]
    found = [(Parameter(layer, 0, source), float(weights[0, source]))]
    if view.spec.has_bias(layer):
        found.append((Parameter(layer, 0), float(biases[0])))
    z = of_unit("z", Unit(layer, 0))
    lines = []
    for parameter, value in found:
        size = _round_size(max(2.0, 1.3 * abs(value)))
        what = tr("bias") if parameter.origin is None else tr("weight")
        factor = ""
        if parameter.origin is not None:
            rate = slope_text(z, of_unit("a", parameter.origin))
            factor = f"{rate} = {significant(value)}"
        lines.append(
            NumberLine(
                "parameter",
                str(of_parameter(parameter)),
                tr("the {what} on the path; drag it", what=what),
                value,
                value,
                -size,
                size,
                factor,
                parameter=parameter,
                on_path=False,
            )
        )
    return lines


def _layer_line(
    view: View, ground: ParameterProbe, now: LineValues, layer: int
) -> NumberLine:
    depth = layer - ground.parameter.layer
    moved = now.back.activations[depth] - ground.still.back.activations[depth]
    count = len(moved)
    text = tr("{count} units", count=count) if count > 1 else tr("1 unit")
    if np.any(moved):
        most = int(np.argmax(np.abs(moved)))
        change = float(moved[most])
        sign = "+" if change > 0 else MINUS
        name = name_in_layer(view.run, Unit(layer, most))
        text += tr(
            ", most moved: {name} by {sign}{change}",
            name=name,
            sign=sign,
            change=significant(abs(change), 3),
        )
    else:
        text += tr(", all affecting the cost")
    return NumberLine(
        "layer", view.spec.layer_name(layer), tr("the units ahead"), summary=text
    )


def _cost_line(
    ground: ParameterProbe, now: LineValues, curve: Curve, factor: str
) -> NumberLine:
    finite = curve.costs[np.isfinite(curve.costs)]
    ends = [now.cost, ground.still.cost, *finite[:1]]
    if finite.size:
        ends += [float(finite.min()), float(finite.max())]
    low, high = min(ends), max(ends)
    margin = 0.06 * (high - low) or max(0.05 * abs(high), 1e-3)
    return NumberLine(
        "cost",
        "C",
        tr("cost of the shown example"),
        now.cost,
        ground.still.cost,
        low - margin,
        high + margin,
        factor,
    )


def _cost_factor(view: View, now: LineValues, layer: int) -> str:
    """The derivative of C with respect to the last value that has its own line."""
    back, last = now.back, view.spec.n_layers
    if layer < last and not _single_path(view, layer):
        here = of_unit("a", Unit(layer, now.unit))
        gradient = float(back.activation_gradients[0][now.unit])
        return f"{slope_text(COST, here)} = {significant(gradient)}"
    end = Unit(last, now.unit if layer == last else 0)
    loss = LOSSES[view.run.experiment.training.loss]
    if loss.reaches_z(ACTIVATIONS[view.spec.activations[-1]]):
        delta = float(back.deltas[-1][end.unit])
        return f"{slope_text(COST, of_unit('z', end))} = {significant(delta)}"
    gradient = float(back.activation_gradients[-1][end.unit])
    return f"{slope_text(COST, of_unit('a', end))} = {significant(gradient)}"
