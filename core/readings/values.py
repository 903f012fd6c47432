"""Readings and what was found out about them: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Triple = tuple[float, float, float]
How = Literal["said", "assumed", "inferred", "asked"]
"""By whom something is decided: by the file or the user; by nobody; by trying; or by
nobody although several readings fit, so that the user is to be asked."""

STANDARDISED: Final = "each pixel standardised"
COLOURS_STANDARDISED: Final = "each colour standardised"
COLUMNS_STANDARDISED: Final = "each column standardised"
COLUMNS_TO_ONE: Final = "each column to 0..1"
AS_IN_FILE: Final = "as in the file"
PLANES: Final = "red then green then blue"
BY_PIXEL: Final = "colours pixel by pixel"
ZERO_TO_ONE: Final = "0..1"
MINUS_ONE_TO_ONE: Final = "-1..1"
BYTES: Final = "0..255"
NORMALISED: Final = "(x - 0.1307) / 0.3081"
CENTRED: Final = "x - 0.5"
SCALINGS: Final[Mapping[str, tuple[float, float]]] = {
    ZERO_TO_ONE: (1.0, 0.0),
    MINUS_ONE_TO_ONE: (2.0, -1.0),
    BYTES: (255.0, 0.0),
    NORMALISED: (1 / 0.3081, -0.1307 / 0.3081),
    CENTRED: (1.0, -0.5),
}
"""Factor and offset of inputs from 0 to 1, by what the user reads."""
QUARTERS: Final = "(x - 0.5) / 0.25"
COLOUR_SCALINGS: Final[Mapping[str, tuple[Triple, Triple]]] = {
    "normalised as CIFAR-10": ((0.4914, 0.4822, 0.4465), (0.247, 0.2435, 0.2616)),
    "normalised as CIFAR-10 by 0.2": (
        (0.4914, 0.4822, 0.4465),
        (0.2023, 0.1994, 0.201),
    ),
    "normalised as ImageNet": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    QUARTERS: ((0.5,) * 3, (0.25,) * 3),
}
"""Mean and deviation of each colour from 0 to 1, as many scripts have them."""
FITTED: Final = (
    STANDARDISED,
    COLOURS_STANDARDISED,
    COLUMNS_STANDARDISED,
    COLUMNS_TO_ONE,
)
"""By means, or by the ends, of the training part: the file's own are not in it."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What the outputs stand for.

    Attributes:
        columns: for each class the output that stands for it; of one output alone
            empty.
        only: of one output: the class that it asks about; else None.
        count: how many outputs there are.
    """

    columns: tuple[int, ...]
    only: int | None = None
    count: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether output k is class k, and no output is left over."""
        return self.columns == tuple(range(self.count))


@dataclass(frozen=True, slots=True)
class InputReading:
    """What a network takes its inputs for, and what its outputs mean.

    Attributes:
        scaling: a key of SCALINGS or COLOUR_SCALINGS, one of FITTED, or the name of
            the numbers as the sample has them.
        transposed: rows and columns of the images are exchanged.
        inverted: ink is dark on light paper.
        outputs: what they stand for.
        colours: PLANES or BY_PIXEL, the order of coloured inputs; empty for others.
        has_sides: whether the inputs are images, which may lie on their side.
    """

    scaling: str
    transposed: bool
    inverted: bool
    outputs: Outputs
    colours: str = ""
    has_sides: bool = True

    @property
    def inputs_text(self) -> str:
        """What is said of the inputs: "0..1, upright"."""
        words = [self.scaling]
        if self.has_sides:
            words.append("transposed" if self.transposed else "upright")
        if self.inverted:
            words.append("inverted")
        return ", ".join([*words, self.colours] if self.colours else words)


@dataclass(frozen=True, slots=True)
class Tried:
    """How well a reading fits.

    Attributes:
        reading: of inputs and outputs.
        activation: of the hidden layers that the file leaves open; None where it
            leaves none open.
        ln_loss: logarithm of the tempered loss.
        ln_b: logarithm of the factor of the logits that makes the loss least.
        accuracy: share of the tried images that are right.
    """

    reading: InputReading
    activation: str | None
    ln_loss: float
    ln_b: float
    accuracy: float

    def score(self, departures: int) -> float:
        """Lower is better: the loss, how far the logits are off, and the departures."""
        return self.ln_loss + 0.2 * abs(self.ln_b) + 0.1 * departures


@dataclass(frozen=True, slots=True)
class Finding:
    """What was decided about one thing, and how."""

    value: str
    how: How


@dataclass(frozen=True, slots=True)
class Verdict:
    """The reading that is taken, and what is to be said of it.

    Attributes:
        reading: of inputs and outputs, that is taken.
        candidate: which way to put the layers together is taken.
        activation: of the hidden layers that the file leaves open; None: of none.
        output: activation of the output.
        inputs, outputs, hidden, last, order: how each was decided, for the user.
        fit: "good"; "poor" where the best reading is no good network; "nothing" where
            no reading is better than chance.
        rows: the readings to choose from, the taken one first.
        families: activations to choose from, the taken one first; others that fit as
            well follow in `near`.
        near: further activations that fit as well.
        count: how many images were tried.
        believed: accuracy of the first belief.
        given: the inputs that the network takes once the reading is folded into it;
            empty where it takes its own.
        of: what an example is, "image" or "example".
    """

    reading: InputReading
    candidate: int
    activation: str | None
    output: str
    inputs: Finding
    outputs: Finding
    hidden: Finding
    last: Finding
    order: Finding | None
    fit: Literal["good", "poor", "nothing"]
    rows: tuple[Tried, ...]
    families: tuple[Tried, ...]
    near: tuple[str, ...]
    count: int
    believed: float
    given: str = ""
    of: str = "image"
