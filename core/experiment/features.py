"""Inputs computed from a point's coordinates: x1, x2, squares, product, sines, cosines.

The network of a data set of points receives the chosen ones, in training, over the
plane and for the shown example alike.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.arrays import FloatArray

_Feature = Callable[[FloatArray], npt.NDArray[np.floating[Any]]]

PLANE_FEATURES: Final = (
    "x1",
    "x2",
    "x1^2",
    "x2^2",
    "x1*x2",
    "sin(x1)",
    "sin(x2)",
    "cos(x1)",
    "cos(x2)",
)
LINE_FEATURES: Final = ("x", "x^2", "x^3", "sin(x)", "cos(x)")
FEATURES: Final = PLANE_FEATURES + LINE_FEATURES
DEFAULT_FEATURES: Final[Mapping[int, tuple[str, ...]]] = {1: ("x",), 2: ("x1", "x2")}
"""The default inputs of the network, by the number of coordinates."""

_FUNCTIONS: Final[Mapping[str, _Feature]] = {
    "x1": lambda c: c[0],
    "x2": lambda c: c[1],
    "x1^2": lambda c: np.square(c[0]),
    "x2^2": lambda c: np.square(c[1]),
    "x1*x2": lambda c: c[0] * c[1],
    "sin(x1)": lambda c: np.sin(c[0]),
    "sin(x2)": lambda c: np.sin(c[1]),
    "cos(x1)": lambda c: np.cos(c[0]),
    "cos(x2)": lambda c: np.cos(c[1]),
    "x": lambda c: c[0],
    "x^2": lambda c: np.square(c[0]),
    "x^3": lambda c: c[0] * np.square(c[0]),
    "sin(x)": lambda c: np.sin(c[0]),
    "cos(x)": lambda c: np.cos(c[0]),
}


def features_of(n_coordinates: int) -> tuple[str, ...]:
    """All features of points with one coordinate (x) or two (x1, x2)."""
    return LINE_FEATURES if n_coordinates == 1 else PLANE_FEATURES


def chosen_features(chosen: Sequence[str], n_coordinates: int) -> tuple[str, ...]:
    """The chosen features that such points have, else x, or x1 and x2."""
    known = features_of(n_coordinates)
    fitting = tuple(name for name in known if name in chosen)
    return fitting or DEFAULT_FEATURES[n_coordinates]


def feature_rows(names: Sequence[str], coordinates: FloatArray) -> FloatArray:
    """The features of points, one row each.

    Args:
        names: of the features.
        coordinates: (n_coordinates, n) float32; x1 is row 0.

    Returns:
        (n_features, n) float32.
    """
    rows = [_FUNCTIONS[name](coordinates) for name in names]
    return np.ascontiguousarray(np.stack(rows), dtype=np.float32)


def title(name: str) -> str:
    """The text of a feature in the window: "x1\N{SUPERSCRIPT TWO}", "sin x1"."""
    text = name.replace("^2", "\N{SUPERSCRIPT TWO}")
    text = text.replace("^3", "\N{SUPERSCRIPT THREE}")
    text = text.replace("*", "\N{MIDDLE DOT}")
    return text.replace("(", " ").replace(")", "")
