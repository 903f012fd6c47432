"""The rate that an optimiser gives to each parameter, from what it keeps.

An optimiser changes a parameter by minus this rate times what it goes along: the
gradient, or its own mean of gradients. Computed from the states by the formulas of
`core.descriptions.optimizers`, not from the change, of which float32 keeps few digits
where a step is small beside the parameter.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]

OF_EACH_PARAMETER: Final = ("adagrad", "rmsprop", "adam", "adamw")
"""The optimisers that give each parameter a rate of its own."""


def effective_rates(
    optimizer: str,
    learning_rate: float,
    numbers: Mapping[str, float],
    count: int,
    states: Mapping[str, Doubles],
) -> Doubles:
    """The rate of each parameter in a step.

    Args:
        optimizer: a name of `core.descriptions.optimizers`.
        learning_rate: eta of the step.
        numbers: the optimiser's own numbers, by their training keys.
        count: t, the steps that it has taken since it began, with this one.
        states: its states after the step, by name, of one shape.

    Returns:
        An array of that shape; not finite where the formula divides by 0.
    """
    shape = np.shape(next(iter(states.values()), np.zeros(())))
    with np.errstate(all="ignore"):
        if optimizer == "adagrad":
            return learning_rate / (np.sqrt(states["squares"]) + numbers["epsilon"])
        if optimizer == "rmsprop":
            root = np.sqrt(states["second_moment"])
            return learning_rate / (root + numbers["epsilon"])
        if optimizer in ("adam", "adamw"):
            # Of NumPy, as both are 0 before the first step.
            first = np.float64(1 - numbers["beta1"] ** count)
            second = states["second_moment"] / np.float64(1 - numbers["beta2"] ** count)
            rates: Doubles = learning_rate / (
                first * (np.sqrt(second) + numbers["epsilon"])
            )
            return rates
    return np.full(shape, learning_rate)
