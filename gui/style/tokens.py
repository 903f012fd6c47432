"""The values of `tokens.toml`, typed: colours, sizes, type, icons.

The one file from which the palette, the style sheet and every painter take what they
look like. Lengths are device-independent pixels at 100 %.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache, wraps
from importlib.resources import files
from typing import Any, Final, TypeVar

Rgb = tuple[int, int, int]
F = TypeVar("F", bound=Callable[..., Any])

USUAL_MAPS: Final = "usual"
_maps = USUAL_MAPS


def of_colours(function: F) -> F:
    """Keep what a function makes of the colours, for each that were in force."""
    kept: dict[tuple[Any, ...], Any] = {}

    @wraps(function)
    def made(*args: Any, **named: Any) -> Any:
        maps = _maps
        key = (maps, args, *named.items())
        if key not in kept:
            result = function(*args, **named)
            if maps != _maps:
                return result  # of the maps before, after, or of both
            kept[key] = result
        return kept[key]

    return made  # type: ignore[return-value]


def use_maps(name: str) -> None:
    """Put other colours of the signs in force, everywhere: such as "deutan"."""
    global _maps
    _maps = name


def maps_in_force() -> str:
    """Which colours of the signs are in force."""
    return _maps


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme, dark or light; the meaning of each name is in `tokens.toml`."""

    plane: Rgb
    chrome: Rgb
    control: Rgb
    raised: Rgb
    pressed: Rgb
    line: Rgb
    edge: Rgb
    ink1: Rgb
    ink2: Rgb
    ink3: Rgb
    accent: Rgb
    on_accent: Rgb
    right: Rgb
    warning: Rgb
    wrong: Rgb
    selection: Rgb
    selection_row: Rgb
    positive: Rgb
    negative: Rgb
    positive_text: Rgb
    negative_text: Rgb
    not_finite: Rgb
    curve_train: Rgb
    curve_test: Rgb
    curve_validation: Rgb
    curve_branch: Rgb
    signed_map: tuple[Rgb, ...]
    activation_map: tuple[Rgb, ...]
    image_map: tuple[Rgb, ...]
    landscape_map: tuple[Rgb, ...]
    classes: tuple[Rgb, ...]
    series: tuple[Rgb, ...]
    class_fill_strength: float

    def named(self, name: str) -> Rgb:
        """The colour of that name; "series.2" is the third of the series."""
        table, _, place = name.partition(".")
        found = getattr(self, table)
        chosen: Rgb = found[int(place) % len(found)] if place else found
        return chosen


@dataclass(frozen=True, slots=True)
class TypeRole:
    """What a text is for: its size, and the weights of its plain and strong form."""

    pt: float
    px: float
    weight: int
    strong: int


@cache
def values() -> dict[str, Any]:
    """The whole file as it was read."""
    text = files("gui.style").joinpath("tokens.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def rgb(text: str) -> Rgb:
    """The channels of "#RRGGBB"; what follows, the alpha, is left out."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def colour_table(*, dark: bool) -> dict[str, Any]:
    """The colours of one theme as they stand in the file."""
    theme = "dark" if dark else "light"
    own = {} if _maps == USUAL_MAPS else values()["maps"][_maps][theme]
    return {**values()[theme], **own}


def _value(found: Any) -> Any:
    if isinstance(found, str):
        return rgb(found)
    return tuple(rgb(one) for one in found) if isinstance(found, list) else found


@of_colours
def colours(*, dark: bool) -> Colours:
    """All colours of one theme, with the signs that are in force."""
    table = colour_table(dark=dark)
    return Colours(**{one.name: _value(table[one.name]) for one in fields(Colours)})


@dataclass(frozen=True, slots=True)
class OnMap:
    """What is drawn over maps of heights, in both themes."""

    series: tuple[Rgb, ...]
    casing: Rgb
    contour: Rgb
    label_plate: Rgb


@cache
def on_map() -> OnMap:
    table = values()["on_map"]
    return OnMap(**{one.name: _value(table[one.name]) for one in fields(OnMap)})


@cache
def type_role(name: str) -> TypeRole:
    """One of label, read, value, answer, title."""
    role = values()["type"][name]
    return TypeRole(role["pt"], role["px"], role["weight"], role["strong"])


@cache
def icon_name(kind: str, key: str) -> str:
    """The file of a workspace's or an action's icon."""
    name = values()["icon"][kind][key]
    assert isinstance(name, str)
    return name


def scrim(name: str, *, dark: bool) -> tuple[int, int, int, int]:
    """Red, green, blue and alpha of the veil under a sheet."""
    text = values()["elevation"][name]["dark" if dark else "light"]
    return (*rgb(text), int(text[7:9], 16))


def size(name: str) -> float:
    """A length of the table [size]."""
    return float(values()["size"][name])


def space(name: str) -> int:
    return int(values()["space"][name])


def radius(name: str) -> int:
    return int(values()["radius"][name])


def stroke(name: str) -> float:
    """The width of a pen."""
    return float(values()["stroke"][name])


def dot(name: str) -> float:
    """The radius of a dot."""
    return float(values()["dot"][name])


def _own_length(name: str) -> Any:
    part, _, key = name.partition(".")
    return values()["length"][part][key]


def length(name: str) -> int:
    """Whole pixels that one part of the window has for itself: "speed.width"."""
    return int(_own_length(name))


def fine_length(name: str) -> float:
    """The same where it need be no whole pixels."""
    return float(_own_length(name))


def lengths(name: str) -> tuple[int, int]:
    """Width and height."""
    width, height = _own_length(name)
    return width, height


def icon_size(name: str) -> int:
    return int(values()["icon"][name])


def opacity(name: str) -> float:
    return float(values()["opacity"][name])


SCALE_OF_LECTURES: Final = float(values()["scale"]["lecture"])
SMALLEST_POINTS: Final = float(values()["scale"]["smallest_pt"])
