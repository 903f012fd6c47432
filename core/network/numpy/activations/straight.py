"""The activations that are made of straight lines without a bend: identity and step."""

import math
from typing import Final

from core.network.numpy.activations.record import Activation
from core.network.numpy.kinks import Kink
from core.values.words import tr

IDENTITY: Final = Activation(
    name="identity",
    title=tr("identity"),
    formula=tr("f(z) = z: the layer stays linear"),
    note=tr(
        "As an output it gives any number. Hidden layers of it add nothing that one "
        "layer could not do."
    ),
    latex=r"f(z) = z",
    slope_formula="f'(z) = 1",
    slope_latex=r"f'(z) = 1",
    function=lambda _xp, z: z,
    slope=lambda xp, z: xp.ones_like(z),
    range=(-math.inf, math.inf),
    initializer="lecun",
    is_output=True,
)
STEP: Final = Activation(
    name="step",
    title=tr("step"),
    formula=tr("f(z) = 1 for z > 0, else 0: the perceptron's"),
    note=tr(
        "Yes or no. Its slope is 0 everywhere, so it learns by the perceptron's loss "
        "alone, which looks past it. The answer is the one class that says yes while "
        "all others say no; otherwise there is none, which counts as wrong."
    ),
    latex=r"f(z) = 1 \text{ for } z > 0, \text{ else } 0",
    slope_formula="f'(z) = 0",
    slope_latex=r"f'(z) = 0",
    function=lambda xp, z: xp.where(z > 0, 1, 0).astype(z.dtype),
    slope=lambda xp, z: xp.zeros_like(z),
    range=(0.0, 1.0),
    kinks=(Kink(0.0, 0.0),),
    initializer="lecun",
    is_hidden=False,
    is_output=True,
    is_flat=True,
    answers_by_firing=True,
    steepest=0.0,
)
