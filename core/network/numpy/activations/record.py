"""What there is to know of an activation function, once."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from core.network.numpy.array_functions import Array, ArrayFunctions
from core.network.numpy.kinks import Kink
from core.values.words import tr

Function = Callable[[ArrayFunctions, Array], Array]
Slope = Callable[[ArrayFunctions, Array], Array]
Back = Callable[[ArrayFunctions, Array, Array], Array]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activation:
    """An activation a = f(z), for NumPy, for JAX and for people.

    Attributes:
        name: in experiments and files.
        title: in the window.
        formula: f in plain text.
        note: what it does and what it is good for.
        latex: f, to be typeset.
        slope_formula: f' in plain text.
        slope_latex: f', to be typeset.
        function: f(z), by the functions of a namespace.
        slope: f'(z) from z, as a saturated a has rounded its distance from the end
            away; of an f over the whole layer the diagonal of its Jacobian.
        range: the lowest and the highest value of f, perhaps infinite.
        kinks: where f has no derivative, or jumps.
        initializer: the one that was made for it.
        is_hidden: hidden layers may have it.
        is_output: the output may have it.
        is_flat: its slope is 0 everywhere, so no gradient comes through.
        is_probability: its values are probabilities.
        answers_by_firing: as an output it answers by the one unit above 0, not by the
            largest z.
        back_through_layer: dC/dz from a and dC/da of the whole layer, where each a
            depends on every z; else None.
        can_die: a unit can be 0, with slope 0, for every example.
        saturates: it becomes flat far out, so that units there hardly learn.
        steepest: the largest slope.
        other_target: of an output whose class is not the true one.
        drawn_over: the z that a curve of it is drawn over.
    """

    name: str
    title: str
    formula: str
    note: str
    latex: str
    slope_formula: str
    slope_latex: str
    function: Function
    slope: Slope
    range: tuple[float, float]
    kinks: tuple[Kink, ...] = ()
    initializer: str = "he"
    is_hidden: bool = True
    is_output: bool = False
    is_flat: bool = False
    is_probability: bool = False
    answers_by_firing: bool = False
    back_through_layer: Back | None = None
    can_die: bool = False
    saturates: bool = False
    steepest: float = 1.0
    other_target: float = 0.0
    drawn_over: tuple[float, float] = (-4.0, 4.0)

    @property
    def is_over_layer(self) -> bool:
        """Whether each a depends on every z of the layer."""
        return self.back_through_layer is not None

    @property
    def is_bounded(self) -> bool:
        return all(math.isfinite(end) for end in self.range)

    def delta(
        self, xp: ArrayFunctions, gradient: Array, slope: Array, a: Array
    ) -> Array:
        """dC/dz from dC/da."""
        if self.back_through_layer is not None:
            return self.back_through_layer(xp, a, gradient)
        return gradient * slope

    def applied_text(self, z: str) -> str:
        """What a is, of a number or symbol, such as "tanh(0.5)"."""
        where = tr(" over the layer") if self.is_over_layer else f"({z})"
        return self.name + where
