"""How the numbers of a file become the network's inputs: (x - mean) / deviation."""

import json
import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.arrays import ByteArray, DoubleArray, FloatArray, RealArray
from core.data.pixels import GREY, Pixels
from core.experiment.scaling import NONE, TO_ONE, ScalingRule
from core.values.errors import DataError
from core.values.words import tr

_MOST_TEXT: Final = 2**24
_ROWS_AT_ONCE: Final = 4096


@dataclass(frozen=True, slots=True)
class InputScaling:
    """A mean and a deviation, one for all inputs or one for each.

    Attributes:
        means: subtracted from the numbers of the file; one, or one for each input.
        deviations: above 0; what is left is divided by them; as many.
    """

    means: tuple[float, ...] = (0.0,)
    deviations: tuple[float, ...] = (1.0,)

    @property
    def is_plain(self) -> bool:
        """Whether the network receives the numbers of the file as they are."""
        return set(self.means) == {0.0} and set(self.deviations) == {1.0}

    @property
    def vectors(self) -> tuple[DoubleArray, DoubleArray]:
        """Means and deviations as arrays of one number, or one for each input."""
        return np.array(self.means), np.array(self.deviations)

    def fits(self, n_inputs: int) -> bool:
        """Whether rows of so many numbers can be scaled by it."""
        return len(self.means) == len(self.deviations) in (1, n_inputs)

    def times(self, white: float) -> "InputScaling":
        """For numbers of a file whose white is so many times as large."""
        means, deviations = (values * white for values in self.vectors)
        return InputScaling(tuple(means.tolist()), tuple(deviations.tolist()))

    def of(self, rows: RealArray | ByteArray) -> FloatArray:
        """(n, n_inputs) numbers of the file as the network receives them."""
        means, deviations = self.vectors
        received = np.empty(rows.shape, np.float32)
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            part = slice(start, start + _ROWS_AT_ONCE)
            exact = rows[part].astype(np.float64)
            received[part] = (exact - means) / deviations
        return received


PLAIN: Final = InputScaling()
BYTES: Final = InputScaling((0.0,), (255.0,))
"""Grey levels from 0 to 255, received as 0 to 1."""


def fitted(
    rule: ScalingRule,
    trained: RealArray | ByteArray,
    white: float = 1.0,
    pixels: Pixels = GREY,
) -> InputScaling:
    """The means and deviations of a rule.

    Args:
        rule: what is asked for.
        trained: (n, n_inputs) the training part, in the numbers of the file.
        white: what counts as 1 in a mean and a deviation that are given.
        pixels: how the colours of images lie.

    Raises:
        DataError: other numbers of means are given than there are inputs or colours.
    """
    if rule.kind == NONE:
        return PLAIN
    if rule.kind == "given":
        given = (rule.means, rule.deviations)
        means, deviations = (_spread(p, trained.shape[1], pixels) for p in given)
        return InputScaling(
            tuple(mean * white for mean in means),
            tuple(deviation * white for deviation in deviations),
        )
    axis = None if rule.is_overall else 0
    if rule.kind == TO_ONE:
        low = np.atleast_1d(trained.min(axis=axis)).astype(np.float64)
        size = np.atleast_1d(trained.max(axis=axis)).astype(np.float64) - low
    else:
        low = np.atleast_1d(trained.mean(axis=axis, dtype=np.float64))
        size = np.atleast_1d(trained.std(axis=axis, dtype=np.float64))
    size[size == 0] = 1  # one and the same number everywhere becomes 0
    return InputScaling(tuple(low.tolist()), tuple(size.tolist()))


def _spread(
    given: tuple[float, ...], n_inputs: int, pixels: Pixels
) -> tuple[float, ...]:
    """One for all inputs as it is, or one for each."""
    if len(given) in (1, n_inputs):
        return given
    if len(given) == pixels.channels:
        n_pixels = n_inputs // pixels.channels
        if pixels.has_planes:
            return tuple(value for value in given for _ in range(n_pixels))
        return given * n_pixels
    msg = tr(
        "data.scaling gives {given:,} means and deviations, and there are {inputs:,} "
        "inputs; give one for all or one for each",
        given=len(given),
        inputs=n_inputs,
    )
    raise DataError(msg)


def dumps(scaling: InputScaling) -> str:
    """As JSON, for the metadata of a weights file."""
    return json.dumps({"means": scaling.means, "deviations": scaling.deviations})


def loads(text: str) -> InputScaling:
    """From JSON.

    Raises:
        ValueError: it is none.
    """
    try:
        table = json.loads(text) if len(text) <= _MOST_TEXT else {}
        means = tuple(_number(value) for value in table["means"])
        deviations = tuple(_number(value) for value in table["deviations"])
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        means, deviations = (), ()
    if not means or len(means) != len(deviations) or min(deviations) <= 0:
        msg = tr("this is no scaling of inputs")
        raise ValueError(msg)
    return InputScaling(means, deviations)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not math.isfinite(value):
        raise ValueError
    return float(value)
