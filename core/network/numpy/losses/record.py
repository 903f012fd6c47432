"""What there is to know of a loss, once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from core.arrays import DoubleArray
from core.network.numpy.activations.record import Activation
from core.network.numpy.array_functions import Array, ArrayFunctions
from core.network.numpy.kinks import Kink
from core.values.words import tr

DEFAULT_RHO: Final = 0.5
"""Where the margin loss becomes 0."""


@dataclass(frozen=True, slots=True, eq=False)
class Outputs:
    """What a loss looks at: the outputs stand along the last axis.

    Attributes:
        xp: computes.
        activation: of the output layer.
        z: pre-activations.
        target: of each output.
        rho: a number that some losses read.
        known: the activations, where they are known already.
    """

    xp: ArrayFunctions
    activation: Activation
    z: Array
    target: Array
    rho: float = DEFAULT_RHO
    known: Array | None = None

    @property
    def a(self) -> Array:
        """The activations of the output."""
        if self.known is not None:
            return self.known
        return self.activation.function(self.xp, self.z)


@dataclass(frozen=True, slots=True)
class CostText:
    """How a loss is written where single outputs are shown.

    Attributes:
        term: what an output adds to C, as the head of a column.
        sentence: what C is.
        factor: k where the gradient is k (a - t); None where it is no such product.
        gradient: the gradient in symbols, and the words below them; without a factor.
        gradient_sentence: what is shown of the outputs on the way back, where it is
            not how fast C grows with each.
        delta: how dC/dz comes about, where it is no product with a slope.
    """

    term: str
    sentence: str
    factor: int | None = None
    gradient: tuple[str, str] = ("", "")
    gradient_sentence: str = ""
    delta: str = ""


@dataclass(frozen=True, slots=True)
class LossForm:
    """A loss with an output activation.

    Attributes:
        terms: what each output adds to C before the scale, shaped like z.
        gradient: dC/da; where nothing can come through the output, dC/dz.
        text: for people.
        scale: what the sum of the terms is multiplied by.
        delta: dC/dz, where it is simpler than dC/da times a slope; else None.
        pieces: (..., n) whole numbers that say which smooth piece each example is on:
            there is no derivative where one gives way to the next. None where C is
            smooth.
        t: the t of its formula, where that is another number than the target.
    """

    terms: Callable[[Outputs], Array]
    gradient: Callable[[Outputs], Array]
    text: CostText
    scale: float = 1.0
    delta: Callable[[Outputs], Array] | None = None
    pieces: Callable[[Outputs], Array] | None = None
    t: Callable[[Outputs], Array] | None = None


def _no_kinks(_rho: float) -> tuple[Kink, ...]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """A loss, for NumPy, for JAX and for people.

    Attributes:
        name: in experiments and files.
        title: in the window.
        formula: of one example.
        note: what it punishes, and how hard.
        latex: the formula, to be typeset.
        axis: what its curve is drawn over.
        axis_symbol: the letter of that.
        drawn_over: the range of that axis.
        ticks: numbers along it.
        curve: the loss of one output, or one example, over the axis, at a rho.
        form: with every output that has a slope; None where it needs certain ones.
        forms: with certain outputs, by their names.
        targets: real numbers that it takes in place of classes.
        reads_rho: whether it reads the number rho.
        kinks: over the axis, at a rho.
        curve_titles: of its axis in the curves, at length and in short.
        unit: of its values.
        caution: what to know before training a fresh network with it.
        counts_mistakes: whether steps of one example are the perceptron's, which is
            judged by its mistakes.
    """

    name: str
    title: str
    formula: str
    note: str
    latex: str
    axis: str
    axis_symbol: str
    drawn_over: tuple[float, float]
    ticks: tuple[float, ...]
    curve: Callable[[DoubleArray, float], Any]
    form: LossForm | None = None
    forms: Mapping[str, LossForm] = field(default_factory=dict)
    targets: Literal["any", "probabilities", "none"] = "none"
    reads_rho: bool = False
    kinks: Callable[[float], tuple[Kink, ...]] = _no_kinks
    curve_titles: tuple[str, str]
    unit: str = ""
    counts_mistakes: bool = False
    caution: str = ""

    @property
    def needs_classes(self) -> bool:
        """Whether it takes classes, or targets that are as good as them."""
        return self.targets != "any"

    def fits(self, output: Activation) -> bool:
        """Whether it can be learnt through this output."""
        return output.name in self.forms or (
            self.form is not None and not output.is_flat
        )

    def with_output(self, output: Activation) -> LossForm:
        """The loss with this output, which it fits."""
        form = self.forms.get(output.name, self.form)
        if form is None:
            msg = tr(
                "{name} does not go with the output {output}",
                name=self.name,
                output=output.name,
            )
            raise ValueError(msg)
        return form

    def reaches_z(self, output: Activation) -> bool:
        """Whether dC/dz of an output is no product of its own dC/da and its slope."""
        return output.is_over_layer or self.with_output(output).delta is not None
