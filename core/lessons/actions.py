"""What "Show me" does in the place of the reader, as a line of text each.

`step 7`, `go 0`, `set training.learning_rate 10`, `edit w(1,0,0) = 4`,
`select unit(1,5)`, `silence unit(1,0)`, `show test 12`, `show point 0.5 -2`,
`reset`: tests play a lesson by them, too.
"""

import math
import re
from dataclasses import dataclass
from typing import Final, NoReturn

from core.experiment import rules
from core.lessons.counts import example_of, small_whole
from core.lessons.errors import ExpressionError
from core.values.errors import ExperimentError
from core.values.parameter import Edit, Parameter, Unit
from core.values.toml_text import TomlError, tables_of
from core.values.words import tr


@dataclass(frozen=True, slots=True)
class TakeSteps:
    """Train so many steps."""

    count: int


@dataclass(frozen=True, slots=True)
class GoTo:
    """Seek a step of the run."""

    step: int


@dataclass(frozen=True, slots=True)
class SetValue:
    """Give a key of the experiment another value, as in the form."""

    key: str
    value: object


@dataclass(frozen=True, slots=True)
class EditParameter:
    """Give a parameter of the running network another value."""

    edit: Edit


@dataclass(frozen=True, slots=True)
class Select:
    """Select a unit or a parameter."""

    selection: Unit | Parameter


@dataclass(frozen=True, slots=True)
class Silence:
    """Ablate a unit."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class Restore:
    """Give a silenced unit its weights back."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class ShowExample:
    """Show another example of the data."""

    split: str
    index: int


@dataclass(frozen=True, slots=True)
class ShowPoint:
    """Show a point of the plane, or of the line, that is in no data set."""

    point: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reset:
    """Restart from the same initial weights."""


Action = (
    ShowExample
    | ShowPoint
    | Reset
    | TakeSteps
    | GoTo
    | SetValue
    | EditParameter
    | Select
    | Silence
    | Restore
)

_PLACE: Final = r"(?P<thing>unit|w|b)\((?P<at>\d+(?:\s*,\s*\d+){1,2})\)"
_THING: Final = re.compile(rf"{_PLACE}$")
_EDIT: Final = re.compile(rf"{_PLACE}\s*=\s*(?P<value>\S+)$")
_NUMBER: Final = r"-?\d+(?:\.\d+)?"
_POINT: Final = re.compile(rf"point ({_NUMBER})(?: ({_NUMBER}))?$")
_COUNTS: Final = {"unit": 2, "b": 2, "w": 3}


def parse_action(text: str) -> Action:
    """Read one action.

    Raises:
        ExpressionError: it is none.
    """
    verb, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    if verb in ("step", "go") and (count := small_whole(rest)) is not None:
        return TakeSteps(count) if verb == "step" else GoTo(count)
    if verb == "reset" and not rest:
        return Reset()
    if verb == "show" and (example := example_of(rest)) is not None:
        return ShowExample(*example)
    if verb == "show" and (shown := _POINT.match(rest)):
        return ShowPoint(tuple(float(part) for part in shown.groups() if part))
    if verb == "set":
        return _set(rest)
    if verb == "edit" and (match := _EDIT.match(rest)):
        return EditParameter(Edit(_parameter(match, text), _number(match["value"])))
    if verb == "select":
        return Select(parse_selection(rest))
    if verb in ("silence", "restore"):
        unit = parse_selection(rest)
        if isinstance(unit, Unit):
            return Silence(unit) if verb == "silence" else Restore(unit)
    return _refuse(text)


def parse_selection(text: str) -> Unit | Parameter:
    """Read `unit(1,5)`, `w(1,5,3)` or `b(1,5)`.

    Raises:
        ExpressionError: it is none of them.
    """
    match = _THING.match(text.strip())
    if match is None:
        msg = tr(
            "{text!r} is no unit, weight or bias; expected unit(1,5) or w(1,5,3)",
            text=text,
        )
        raise ExpressionError(msg)
    if match["thing"] == "unit":
        return Unit(*_places(match, text))
    return _parameter(match, text)


def _set(rest: str) -> SetValue:
    key, _, value = rest.partition(" ")
    try:
        found = tables_of(f"value = {value}")["value"]
        return SetValue(key, rules.convert(key, found))
    except TomlError:
        msg = tr(
            "{value!r} is no value for {key}; a text stands in quotes",
            value=value,
            key=key,
        )
        raise ExpressionError(msg) from None
    except ExperimentError as error:
        raise ExpressionError(str(error)) from None


def _parameter(match: re.Match[str], text: str) -> Parameter:
    return (
        Parameter(*_places(match, text)) if match["thing"] != "unit" else _refuse(text)
    )


def _places(match: re.Match[str], text: str) -> tuple[int, ...]:
    parts = [small_whole(part.strip()) for part in match["at"].split(",")]
    found = tuple(part for part in parts if part is not None)
    is_whole = len(found) == len(parts) == _COUNTS[match["thing"]]
    return found if is_whole else _refuse(text)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        msg = tr("{text!r} is not a number", text=text)
        raise ExpressionError(msg)
    return value


def _refuse(text: str) -> NoReturn:
    msg = tr(
        "{text!r} is no action; expected such as `step 7`, `go 0`, "
        "`select unit(1,5)`, `set training.learning_rate 10`, `edit "
        "w(1,0,0) = 4`, `silence unit(1,0)`",
        text=text,
    )
    raise ExpressionError(msg)
