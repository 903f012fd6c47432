"""Where a run was not looked at: steps between two records, far from both."""

from typing import Final

import numpy as np
import numpy.typing as npt

_USUAL: Final = 6.0
"""A space between two records that is so many times the usual one is a gap."""

Floats = npt.NDArray[np.float64]


def gaps(steps: Floats) -> npt.NDArray[np.bool_]:
    """Whether nothing is known of the steps between each record and the next.

    Records come as often as the window has time for, so what is usual is their median.

    Args:
        steps: of the records, rising.
    """
    spaces = np.diff(steps)
    if len(spaces) < 2:
        return np.zeros(len(spaces), np.bool_)
    return np.asarray(spaces > _USUAL * np.median(spaces), np.bool_)
