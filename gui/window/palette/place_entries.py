"""What can be looked at by its name: units, and steps of the run."""

import re
from functools import partial
from typing import Final

from core.values.network_spec import NetworkSpec
from core.values.parameter import Unit
from core.values.words import tr
from gui.session.parameter_names import name_of
from gui.session.session import Session
from gui.session.view_state import View
from gui.style import tokens
from gui.style.notation import unit_number, unit_place
from gui.style.number_format import count, counted
from gui.style.number_input import NumberTextError, parse_number
from gui.window.palette.entry import Entry, Group

_UNIT: Final = re.compile(
    r"(?:(?P<hidden>hidden|h)\s*(?P<layer>\d+)|(?P<side>input|in|output|out))"
    r"(?:[\s·.,:/-]+|\s*unit\s+)(?:unit\s+)?(?P<unit>\d+)",
    re.IGNORECASE,
)
_STEP: Final = re.compile(
    r"(?P<asked>(?:go\s+to\s+)?(?:step\s+)?)(?P<step>[\d.,\s]*\d)", re.I
)


def place_entries(session: Session, text: str) -> list[Entry]:
    """The unit or the step that a text names, whether it is there or not."""
    view = session.view
    if view is None:
        return []
    unit = _UNIT.fullmatch(text.strip())
    if unit is not None:
        return [_unit_entry(session, view, unit)]
    step = _STEP.fullmatch(text.strip())
    return [] if step is None else _step_entry(session, view, step)


def _unit_entry(session: Session, view: View, found: "re.Match[str]") -> Entry:
    layer = _layer_of(view.spec, found)
    unit = Unit(layer, unit_place(int(found["unit"])))
    icon = tokens.icon_name("action", "find")
    if unit.is_in(view.spec):
        title = name_of(view.run, unit)
        run = partial(session.select, unit)
        return Entry("unit", Group.LOOK, title, tr("selected everywhere"), icon, run)
    sizes = view.spec.layer_sizes
    if not 0 <= layer < len(sizes):
        problem = tr("The hidden layers are 1 to {sizes}", sizes=len(sizes) - 2)
        if len(sizes) == 2:
            problem = tr("There is no hidden layer")
    else:
        last = unit_number(sizes[layer] - 1)
        problem = tr(
            "The units of this layer are {unit_number} to {last}",
            unit_number=unit_number(0),
            last=last,
        )
    return Entry("unit", Group.LOOK, found[0], "", icon, problem=problem)


def _layer_of(spec: NetworkSpec, found: "re.Match[str]") -> int:
    """Of what was typed; -1 for a hidden layer that is not there."""
    if found["hidden"]:
        layer = int(found["layer"])
        return layer if 1 <= layer < spec.n_layers else -1
    return 0 if found["side"].lower().startswith("in") else spec.n_layers


def _step_entry(session: Session, view: View, found: "re.Match[str]") -> list[Entry]:
    try:
        step = int(parse_number(found["step"].strip()))
    except NumberTextError:
        return []
    end = view.snapshot.end
    problem = ""
    if step > end:
        if not found["asked"]:
            return []  # a number alone may mean a lesson, or a count
        problem = tr("The run has {steps} so far", steps=counted(end, "step"))
    icon = tokens.icon_name("action", "step")
    title = tr("Step {step}", step=count(step))
    run = partial(session.go_to_step, step)
    remark = "" if problem else tr("of the run, paused there")
    return [Entry("step", Group.LOOK, title, remark, icon, run, problem=problem)]
