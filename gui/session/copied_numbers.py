"""The numbers of a unit, weight or bias with all their digits, for the clipboard."""

from core.values.parameter import Parameter
from core.values.words import tr
from gui.session.parameter_names import name_of
from gui.session.selection import Selection
from gui.session.view_state import View
from gui.style.symbols import of_parameter, of_unit
from gui.widgets.copying.content import Copying, exact_text, tab_separated


def copyings_of_selection(view: View, selection: Selection) -> list[Copying]:
    """All numbers of it as rows, then each by itself."""
    numbers = _numbers(view, selection)
    name = name_of(view.run, selection)
    rows = [["", name], *([label, exact_text(value)] for label, value in numbers)]
    each = [
        Copying(f"{label} = {exact_text(value)}", exact_text(value))
        for label, value in numbers
    ]
    return [Copying(tr("the numbers of {name}", name=name), tab_separated(rows)), *each]


def _numbers(view: View, selection: Selection) -> list[tuple[str, float]]:
    if isinstance(selection, Parameter):
        return _of_parameter(view, selection)
    unit, layer = selection.unit, selection.layer
    a = str(of_unit("a", selection))
    if layer == 0:
        return [(a, float(view.trace.inputs[unit]))]
    trace = view.trace
    found = [
        (str(of_unit("z", selection)), float(trace.pre_activations[layer - 1][unit])),
        (a, float(trace.activations[layer - 1][unit])),
    ]
    if view.spec.has_bias(layer):
        bias = Parameter(layer, unit)
        found += _of_parameter(view, bias)
    return found


def _of_parameter(view: View, parameter: Parameter) -> list[tuple[str, float]]:
    symbol = str(of_parameter(parameter))
    found = [(symbol, parameter.value_in(view.params))]
    if view.snapshot.gradient is not None:
        nudge = -parameter.value_in(view.snapshot.gradient)
        found.append((tr("nudge of {symbol}", symbol=symbol), nudge))
    return found
