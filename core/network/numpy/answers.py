"""Which class a network answers: one rule for whoever asks."""

from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions

NO_ANSWER: Final = -1
"""In place of a class; no label is this number, so it is never right."""


def largest(xp: ArrayFunctions, z: Array) -> Array:
    """(...,) the class of the largest z along the last axis, the lowest of equal ones.

    Of z and not of the outputs: large sigmoids and tanhs round to the same 1.
    """
    return xp.argmax(z, axis=-1)


def answers(xp: ArrayFunctions, output: Activation, z: Array) -> Array:
    """(...,) the classes that a network answers, from z along the last axis.

    A perceptron answers by the one unit that fires while no other does or is at 0.
    Otherwise it has no answer: whatever the class, its rule corrects an output. One
    output alone answers a question: class 0 is yes and class 1 is no.
    """
    if z.shape[-1] == 1 and not output.answers_by_firing:
        return xp.where(z[..., 0] > 0, 0, 1)
    found = largest(xp, z)
    if not output.answers_by_firing:
        return found
    n_firing = xp.sum(z > 0, axis=-1)
    n_silent = xp.sum(z < 0, axis=-1)
    is_clear = (n_firing == 1) & (n_silent == z.shape[-1] - 1)
    return xp.where(is_clear, found, NO_ANSWER)
