"""Points for regression: functions of the plane and of a line."""

from typing import Final

import numpy as np

from core.arrays import DoubleArray
from core.data.point_space import LIMIT
from core.data.points.playground import Coordinates
from core.experiment.formula import parse_formula
from core.values.errors import DataError
from core.values.words import tr

Numbered = tuple[Coordinates, DoubleArray]
"""(n_coordinates, n) and the target of each point."""

FORMULAS: Final = {"sine": "sin(x)", "step": "sign(x)"}
_HILLS: Final = (
    (-4.0, 2.5, 1.0),
    (0.0, 2.5, -1.0),
    (4.0, 2.5, 1.0),
    (-4.0, -2.5, -1.0),
    (0.0, -2.5, 1.0),
    (4.0, -2.5, -1.0),
)
"""Centre and sign of each of Playground's hills."""


def plane(random: np.random.Generator, noise: float, n: int) -> Numbered:
    """Playground's plane: (x1 + x2) / 10 at a point displaced by the noise.

    Like Playground's it goes on beyond -1 and 1: in two corners of the square, and
    further with noise.
    """
    points = random.uniform(-LIMIT, LIMIT, (2, n))
    moved = points + noise * random.uniform(-LIMIT, LIMIT, points.shape)
    return points, moved.sum(axis=0) / 10.0


def multi_gaussian(random: np.random.Generator, noise: float, n: int) -> Numbered:
    """Playground's three hills and three hollows, at a point displaced by the noise.

    Each falls from 1 at its centre to 0 at a distance of 2; the largest counts.
    """
    points = random.uniform(-LIMIT, LIMIT, (2, n))
    moved = points + noise * random.uniform(-LIMIT, LIMIT, points.shape)
    values = np.zeros(n)
    for x1, x2, sign in _HILLS:
        distance = np.hypot(moved[0] - x1, moved[1] - x2)
        hill = sign * np.clip(1.0 - distance / 2.0, 0.0, 1.0)
        values = np.where(np.abs(hill) > np.abs(values), hill, values)
    return points, values


LARGEST: Final = 1e15
"""Errors of that size can be squared and added up in float32."""


def on_line(random: np.random.Generator, noise: float, n: int, text: str) -> Numbered:
    """Y = f(x) for x from -6 to 6, with normal noise of that deviation on y.

    Raises:
        DataError: f is not finite somewhere, or too large to be squared in float32.
    """
    x = random.uniform(-LIMIT, LIMIT, n)
    values = parse_formula(text)(x)
    bad = ~np.isfinite(values)
    if bad.any():
        msg = tr(
            "data.formula: {text} is not finite at x = {x:.3g}; choose "
            "a function that is finite from {value:g} to {limit:g}",
            text=text,
            x=x[bad][0],
            value=-LIMIT,
            limit=LIMIT,
        )
        raise DataError(msg)
    large = np.abs(values) > LARGEST
    if large.any():
        msg = tr(
            "data.formula: {text} is {values:.3g} at x = {x:.3g}; "
            "choose a function between {least:g} and {largest:g} "
            "from {value:g} to {limit:g}",
            text=text,
            values=values[large][0],
            x=x[large][0],
            least=-LARGEST,
            largest=LARGEST,
            value=-LIMIT,
            limit=LIMIT,
        )
        raise DataError(msg)
    return x[None], values + noise * random.standard_normal(n)


def formula_of(name: str, formula: str) -> str:
    """The formula of a data set on a line."""
    return FORMULAS.get(name, formula)
