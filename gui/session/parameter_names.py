"""What units, weights and biases are called in the window: this place alone says it."""

from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.session.selection import Selection
from gui.session.view_state import Run
from gui.style.notation import unit_number

SEPARATOR = " \N{MIDDLE DOT} "


def name_of(run: Run, selection: Selection, *, bare: bool = False) -> str:
    """The whole name; `bare` leaves out the word "unit".

    "hidden 1 · unit 5", an output with its class, "output · unit 7 (sneaker)", an input
    by its own name, "pixel (12, 7)"; a weight as "hidden 1 · unit 5 · pixel (12, 7)",
    a bias as "hidden 1 · unit 5 · bias".
    """
    if isinstance(selection, Unit):
        return _unit_name(run, selection, bare=bare)
    return SEPARATOR.join(
        (
            run.spec.layer_name(selection.layer),
            _numbered(selection.unit, bare=bare),
            tr("bias")
            if selection.origin is None
            else source_name(run, selection.origin, bare=bare),
        )
    )


def short_name_of(run: Run, parameter: Parameter) -> str:
    """The same where room is short: "h1 · u5 · (12, 7)"."""
    layer, origin = parameter.layer, parameter.origin
    where = tr("out") if layer == run.spec.n_layers else f"h{layer}"
    if origin is None:
        last = tr("bias")
    elif origin.layer > 0:
        last = tr("from {unit_number}", unit_number=unit_number(origin.unit))
    else:
        last = run.dataset.short_input_name(origin.unit)
    return SEPARATOR.join((where, f"u{unit_number(parameter.unit)}", last))


def name_in_layer(run: Run, unit: Unit, *, bare: bool = False) -> str:
    """Where its layer is told already: an input or output by its name, or "unit 5".

    `bare` gives "5" for the last.
    """
    if unit.layer == 0:
        return run.dataset.input_name(unit.unit)
    names = run.dataset.output_names
    if unit.layer == run.spec.n_layers and unit.unit < len(names):
        return names[unit.unit]
    return _numbered(unit.unit, bare=bare)


def source_name(run: Run, origin: Unit, *, bare: bool = False) -> str:
    """Where a weight comes from: "pixel (12, 7)", "x1", or "from unit 4"."""
    name = name_in_layer(run, origin, bare=bare)
    return name if origin.layer == 0 else tr("from {name}", name=name)


def _unit_name(run: Run, unit: Unit, *, bare: bool) -> str:
    name = name_in_layer(run, unit)
    if unit.layer == 0:
        return name
    numbered = _numbered(unit.unit)
    here = _numbered(unit.unit, bare=bare)
    whole = f"{run.spec.layer_name(unit.layer)}{SEPARATOR}{here}"
    is_numbered = name in (numbered, str(unit_number(unit.unit)))
    return whole if is_numbered else f"{whole} ({name})"


def _numbered(place: int, *, bare: bool = False) -> str:
    number = unit_number(place)
    return str(number) if bare else tr("unit {unit_number}", unit_number=number)
