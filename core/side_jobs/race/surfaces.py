"""The surfaces of a race: formulas of x and y, and their visible ranges."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from core.experiment.formula import Formula, parse_formula
from core.values.words import tr

VARIABLES: Final = ("x", "y")
OWN: Final = "own"
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Surface:
    """A function of x and y.

    Attributes:
        title: in the window.
        text: its formula.
        start: default starting point of a race.
        x_range: visible range.
        y_range: visible range.
        minima: known minimum points; empty where there are none.
        rate: suitable factor for the optimisers' default learning rates.
        is_log: whether its heights need a log scale.
    """

    title: str
    text: str
    start: Place
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    minima: tuple[Place, ...] = ()
    rate: float = 1.0
    is_log: bool = False

    @property
    def formula(self) -> Formula:
        return parse_formula(self.text, VARIABLES)


SURFACES: Final[Mapping[str, Surface]] = {
    "valley": Surface(
        tr("Long valley"),
        "x^2/20 + y^2",
        (-8.0, 1.8),
        (-10.0, 10.0),
        (-3.0, 3.0),
        ((0.0, 0.0),),
        1.8,
    ),
    "saddle": Surface(
        tr("Saddle"), "x^2 - y^2 + y^4/8", (-1.8, 0.001), (-2.5, 2.5), (-3.0, 3.0),
        ((0.0, 2.0), (0.0, -2.0)), 0.2,
    ),
    # Beale (1958); minimum 0 at (3, 0.5).
    "beale": Surface(
        "Beale",
        "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        (1.0, 1.5),
        (-1.5, 4.5),
        (-2.5, 2.5),
        ((3.0, 0.5),),
        0.02,
        is_log=True,
    ),
    # Rosenbrock (1960); minimum 0 at (1, 1).
    "rosenbrock": Surface(
        "Rosenbrock",
        "(1 - x)^2 + 100*(y - x^2)^2",
        (-1.4, 1.6),
        (-2.0, 2.0),
        (-1.0, 3.0),
        ((1.0, 1.0),),
        0.002,
        is_log=True,
    ),
}  # fmt: skip
OWN_SURFACE: Final = Surface(
    tr("Own formula"),
    "sin(3*x) + cos(2*y) + (x^2 + y^2)/4",
    (-2.2, 2.4),
    (-3.0, 3.0),
    (-3.0, 3.0),
    (),
    0.3,
)
