"""What units, weights and biases are called in the window: this place alone says it."""

from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.session.selection import Selection
from gui.session.view_state import Run
from gui.style.notation import unit_number

SEPARATOR = " \N{MIDDLE DOT} "


def name_of(run: Run, selection: Selection) -> str:
    """The whole name.

    "hidden 1 · unit 5", an output with its class, "output · unit 7 (sneaker)", an input
    by its own name, "pixel (12, 7)"; a weight as "hidden 1 · unit 5 · pixel (12, 7)",
    a bias as "hidden 1 · unit 5 · bias".
    """
    if isinstance(selection, Unit):
        return _unit_name(run, selection)
    return SEPARATOR.join(
        (
            run.spec.layer_name(selection.layer),
            tr("unit {unit_number}", unit_number=unit_number(selection.unit)),
            tr("bias")
            if selection.origin is None
            else source_name(run, selection.origin),
        )
    )


def short_name_of(run: Run, parameter: Parameter) -> str:
    """The same where room is short: "h1 · u5 · (12, 7)"."""
    layer, origin = parameter.layer, parameter.origin
    where = "out" if layer == run.spec.n_layers else f"h{layer}"
    if origin is None:
        last = tr("bias")
    elif origin.layer > 0:
        last = tr("from {unit_number}", unit_number=unit_number(origin.unit))
    else:
        last = source_name(run, origin).removeprefix("pixel ")
    return SEPARATOR.join((where, f"u{unit_number(parameter.unit)}", last))


def name_in_layer(run: Run, unit: Unit) -> str:
    """Where its layer is told already: an input or output by its name, or "unit 5"."""
    if unit.layer == 0:
        return run.dataset.input_name(unit.unit)
    names = run.dataset.output_names
    if unit.layer == run.spec.n_layers and unit.unit < len(names):
        return names[unit.unit]
    return tr("unit {unit_number}", unit_number=unit_number(unit.unit))


def source_name(run: Run, origin: Unit) -> str:
    """Where a weight comes from: "pixel (12, 7)", "x1", or "from unit 4"."""
    name = name_in_layer(run, origin)
    return name if origin.layer == 0 else tr("from {name}", name=name)


def _unit_name(run: Run, unit: Unit) -> str:
    name = name_in_layer(run, unit)
    if unit.layer == 0:
        return name
    number = unit_number(unit.unit)
    whole = f"{run.spec.layer_name(unit.layer)}{SEPARATOR}unit {number}"
    is_numbered = name in (tr("unit {number}", number=number), str(number))
    return whole if is_numbered else f"{whole} ({name})"
