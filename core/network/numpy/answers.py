"""What the outputs of a network say about classes: one rule for whoever asks.

Usually each class has an output of its own. One output alone stands for class 1, "yes":
it answers that class where its z is above 0, and class 0 where it is below. Its targets
are the two ends between which 0 lies: 1 and 0 of a sigmoid, 1 and -1 of a tanh.
"""

import math
from collections.abc import Sequence
from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions

NO_ANSWER: Final = -1
"""In place of a class; no label is this number, so it is never right."""
YES: Final = 1
"""The class that one output alone stands for."""


def n_classes(n_outputs: int) -> int:
    """How many classes a network with that many outputs can answer."""
    return 2 if n_outputs == 1 else n_outputs


def class_of(output: int, n_outputs: int) -> int:
    """The class that an output stands for."""
    return YES if n_outputs == 1 else output


def output_for(label: int, n_outputs: int) -> int:
    """The output that says most about a class: its own, or the only one."""
    return 0 if n_outputs == 1 else label


def output_names(class_names: Sequence[str], n_outputs: int) -> tuple[str, ...]:
    """What each output is called, of the names of all classes."""
    return tuple(class_names[class_of(k, n_outputs)] for k in range(n_outputs))


def other_target(output: Activation, n_outputs: int) -> float:
    """The target of an output whose class is not the true one."""
    if n_outputs == 1 and output.range[0] < 0:
        return -1.0
    return output.other_target


def targets(
    xp: ArrayFunctions, output: Activation, labels: Array, n_outputs: int
) -> Array:
    """(..., n_outputs) targets of classes: 1 for the true one, else `other_target`."""
    own = xp.arange(n_outputs) + (YES if n_outputs == 1 else 0)
    own = own.reshape((1,) * labels.ndim + (-1,))
    return xp.where(labels[..., None] == own, 1.0, other_target(output, n_outputs))


def largest(xp: ArrayFunctions, z: Array) -> Array:
    """(...,) the output with the largest z along the last axis, the lowest of equals.

    Of z and not of the outputs: large sigmoids and tanhs round to the same 1.
    """
    return xp.argmax(z, axis=-1)


def are_finite(xp: ArrayFunctions, z: Array) -> Array:
    """(...,) whether all z along the last axis are finite numbers."""
    return xp.sum((z < math.inf) & (z > -math.inf), axis=-1) == z.shape[-1]


def answers(xp: ArrayFunctions, output: Activation, z: Array) -> Array:
    """(...,) the classes that a network answers, from z along the last axis.

    A perceptron answers by the one unit that fires while no other does or is at 0; a
    single one by its side of 0. Otherwise it has no answer: whatever the class, its
    rule corrects an output. Where a z is not finite nothing is the largest, and there
    is no answer either.
    """
    if z.shape[-1] == 1:
        only = z[..., 0]
        found = xp.where(only > 0, YES, 1 - YES)
        if not output.answers_by_firing:
            return xp.where(are_finite(xp, z), found, NO_ANSWER)
        return xp.where((only > 0) | (only < 0), found, NO_ANSWER)
    found = xp.where(are_finite(xp, z), largest(xp, z), NO_ANSWER)
    if not output.answers_by_firing:
        return found
    n_firing = xp.sum(z > 0, axis=-1)
    n_silent = xp.sum(z < 0, axis=-1)
    is_clear = (n_firing == 1) & (n_silent == z.shape[-1] - 1)
    return xp.where(is_clear, found, NO_ANSWER)


def of_no(output: Activation, a: Array) -> Array:
    """What one output alone says for class 0: as far from its target as `a` from 1."""
    return 1 + other_target(output, 1) - a


def per_class(output: Activation, outputs: Sequence[float]) -> tuple[float, ...]:
    """What the outputs of an example say for each class, such as probabilities."""
    count = n_classes(len(outputs))
    return tuple(said_for(output, outputs, label) for label in range(count))


def said_for(output: Activation, outputs: Sequence[float], label: int) -> float:
    """What the outputs of an example say for a class, such as its probability."""
    if len(outputs) == 1 and label != YES:
        return float(of_no(output, outputs[0]))
    return float(outputs[output_for(label, len(outputs))])
