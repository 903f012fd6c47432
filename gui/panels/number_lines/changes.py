"""What the user has changed in the running network and not undone, as a list."""

from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from core.values.parameter import Parameter, Unit
from core.values.words import tr
from gui.session.parameter_names import name_of, short_name_of
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
    """A weight or bias that training leaves unchanged."""

    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Ablated:
    """A unit whose outgoing weights are 0 and frozen."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class Held:
    """A unit whose activation is held at a value for the shown example."""

    unit: Unit
    value: float


Intervention = Edited | Frozen | Ablated | Held


def changes_of(view: View) -> tuple[Intervention, ...]:
    """All changes that are in force, the newest kinds first."""
    found: list[Intervention] = [Held(unit, value) for unit, value in view.held.items()]
    found += [Ablated(unit) for unit in sorted(view.ablated)]
    silenced = {
        weight for unit in view.ablated for weight in unit.outgoing_weights(view.spec)
    }
    frozen = sorted(view.frozen - silenced, key=attrgetter("order"))
    found += [Frozen(parameter) for parameter in frozen]
    for parameter in view.edited:
        original = view.run.interventions.originals.get(parameter)
        is_back = original is not None and parameter.value_in(view.params) == original
        if parameter not in silenced and not is_back:
            found.append(Edited(parameter, original))
    return tuple(found)


def change_text(view: View, change: Intervention) -> str:
    """A change as a short text."""
    if isinstance(change, Held | Ablated):
        name = name_of(view.run, change.unit)
        if isinstance(change, Ablated):
            return tr("{name} ablated", name=name)
        return tr(
            "{name} held at {change}", name=name, change=significant(change.value, 3)
        )
    name = short_name_of(view.run, change.parameter)
    if isinstance(change, Frozen):
        return tr("{name} frozen", name=name)
    return f"{name} = {significant(change.parameter.value_in(view.params), 3)}"


def tip(view: View, change: Intervention) -> str:
    """What a click undoes."""
    if isinstance(change, Held):
        return tr("Click to release the activation")
    if isinstance(change, Ablated):
        return tr("Click to restore its outgoing weights")
    if isinstance(change, Frozen):
        return tr("Click to unfreeze")
    step = view.edited[change.parameter]
    if change.original is None:
        return tr("Edited at step {step}; use Undo to revert it", step=count(step))
    return tr(
        "Edited at step {step}. Click to restore the value before: {original}",
        step=count(step),
        original=significant(change.original, 7),
    )
