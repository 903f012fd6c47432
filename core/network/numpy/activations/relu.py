"""Rectified linear units (Nair and Hinton 2010) and their leaky form."""

import functools
import math
import re
from typing import Final

import numpy as np

from core.network.numpy.activations.record import Activation
from core.network.numpy.kinks import Kink
from core.values.words import tr

LEAKY_SLOPE: Final = np.float32(0.01)
_LEAKY: Final = "leaky-relu"
_NAMED: Final = re.compile(rf"{_LEAKY}\((-?[0-9.]{{1,20}}(?:e-?[0-9]{{1,3}})?)\)")


RELU: Final = Activation(
    name="relu",
    title="ReLU",
    formula="f(z) = max(0, z)",
    note=tr(
        "Passes on what is above 0. Its slope there is 1 however large z is, so deep "
        "networks learn; a unit that is 0 for every example learns nothing more."
    ),
    latex=r"f(z) = \max(0, z)",
    slope_formula=tr("f'(z) = 1 for z > 0, else 0"),
    slope_latex=r"f'(z) = 1 \text{ for } z > 0, \text{ else } 0",
    function=lambda xp, z: xp.relu(z),
    slope=lambda xp, z: xp.where(z > 0, 1, 0).astype(z.dtype),
    range=(0.0, math.inf),
    kinks=(Kink(0.0, 0.0),),
    can_die=True,
)


@functools.lru_cache(maxsize=1000)
def leaky_relu(slope: float) -> Activation:
    """A leaky ReLU with that slope below 0, such as a PReLU has learnt.

    Raises:
        ValueError: the slope is not a finite float32.
    """
    small = np.float32(slope)
    if not np.isfinite(small):
        msg = tr("the slope of a leaky ReLU has to be finite, got {slope}", slope=slope)
        raise ValueError(msg)
    is_usual = small == LEAKY_SLOPE
    low = -math.inf if small > 0 else 0.0
    return Activation(
        name=_LEAKY if is_usual else f"{_LEAKY}({small!s})",
        title=tr("leaky ReLU")
        if is_usual
        else tr("leaky ReLU {small:.4g}", small=small),
        formula=tr("f(z) = z for z > 0, else {small:.4g} z", small=small),
        note=tr("A ReLU that lets a hundredth through below 0, so that no unit dies.")
        if is_usual
        else tr("A ReLU with another slope below 0, such as a PReLU learns."),
        latex=rf"f(z) = z \text{{ for }} z > 0, \text{{ else }} {small:.4g}\, z",
        slope_formula=tr("f'(z) = 1 for z > 0, else {small:.4g}", small=small),
        slope_latex=rf"f'(z) = 1 \text{{ for }} z > 0, \text{{ else }} {small:.4g}",
        function=lambda xp, z: xp.where(z > 0, z, small * z),
        slope=lambda xp, z: xp.where(z > 0, 1, small).astype(z.dtype),
        range=(low, math.inf),
        kinks=(Kink(0.0, float(small)),),
        steepest=max(1.0, abs(float(small))),
    )


LEAKY_RELU: Final = leaky_relu(float(LEAKY_SLOPE))


def leaky_named(name: str) -> Activation | None:
    """The leaky ReLU of a name such as "leaky-relu(0.25)"; None for other names."""
    match = _NAMED.fullmatch(name)
    if match is None:
        return None
    try:
        record = leaky_relu(float(match[1]))
    except ValueError:
        return None
    # One name for each: files and experiments compare names.
    return record if record.name == name else None
