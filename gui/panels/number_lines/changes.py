"""What the user has changed in the running network and not taken back, as a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.network.numpy.perturbation import value_of
from core.values.parameter import Parameter, Unit, outgoing_weights
from gui.session.parameter_names import compact_name, unit_name
from gui.session.view_state import View
from gui.style.checked_numbers import significant
from gui.style.number_format import count

MOST_LISTED: Final = 24


@dataclass(frozen=True, slots=True)
class Edited:
    """A weight or bias with another value; `original` None where it is not known."""

    parameter: Parameter
    original: float | None


@dataclass(frozen=True, slots=True)
class Frozen:
    """A weight or bias that no step changes."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Ablated:
    """A unit that is silenced."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class Held:
    """A unit whose activation stays where it was put, for the shown example."""

    unit: Unit
    value: float


Intervention = Edited | Frozen | Ablated | Held


def changes_of(
    view: View, originals: Mapping[Parameter, float]
) -> tuple[Intervention, ...]:
    """Everything that is not as training made it, the newest kinds first."""
    found: list[Intervention] = [Held(unit, value) for unit, value in view.held.items()]
    found += [Ablated(unit) for unit in sorted(view.ablated, key=_place)]
    silenced = {
        weight
        for unit in view.ablated
        for weight in outgoing_weights(unit, view.spec.layer_sizes)
    }
    frozen = sorted(view.frozen - silenced, key=_parameter_place)
    found += [Frozen(parameter) for parameter in frozen]
    for parameter in view.edited:
        original = originals.get(parameter)
        is_back = original is not None and value_of(view.params, parameter) == original
        if parameter not in silenced and not is_back:
            found.append(Edited(parameter, original))
    return tuple(found)


def words(view: View, change: Intervention) -> str:
    """A change in a few words."""
    if isinstance(change, Held | Ablated):
        name = unit_name(view.spec, change.unit.layer, change.unit.unit)
        if isinstance(change, Ablated):
            return f"{name} ablated"
        return f"{name} held at {significant(change.value, 3)}"
    where = change.parameter
    name = compact_name(view.run, where.layer, where.unit, where.source)
    if isinstance(change, Frozen):
        return f"{name} frozen"
    return f"{name} = {significant(value_of(view.params, where), 3)}"


def tip(view: View, change: Intervention) -> str:
    """What a click takes back."""
    if isinstance(change, Held):
        return "Click to let go: it follows from what comes in again"
    if isinstance(change, Ablated):
        return "Click to give it its outgoing weights back"
    if isinstance(change, Frozen):
        return "Click to thaw: training changes it again"
    step = view.edited[change.parameter]
    if change.original is None:
        return f"Edited at step {count(step)}; undo takes it back"
    return (
        f"Edited at step {count(step)}. Click to give it back the value that it had "
        f"before: {significant(change.original, 7)}"
    )


def _place(unit: Unit) -> tuple[int, int]:
    return unit.layer, unit.unit


def _parameter_place(parameter: Parameter) -> tuple[int, int, int]:
    source = -1 if parameter.source is None else parameter.source
    return parameter.layer, parameter.unit, source
