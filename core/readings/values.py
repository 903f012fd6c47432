"""Readings and what was found out about them: frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

How = Literal["said", "assumed", "inferred", "asked"]
"""By whom something is decided: by the file or the user; by nobody; by trying; or by
nobody although several readings fit, so that the user is to be asked."""

STANDARDISED: Final = "each pixel standardised"
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
        scaling: a key of SCALINGS, or STANDARDISED.
        transposed: rows and columns of the images are exchanged.
        inverted: ink is dark on light paper.
        outputs: what they stand for.
    """

    scaling: str
    transposed: bool
    inverted: bool
    outputs: Outputs

    @property
    def is_own(self) -> bool:
        """Whether the inputs are those that Glassbox gives."""
        is_plain = SCALINGS.get(self.scaling) == (1.0, 0.0)
        return is_plain and not (self.transposed or self.inverted)

    @property
    def inputs_text(self) -> str:
        """What is said of the inputs: "0..1, upright"."""
        words = [self.scaling, "transposed" if self.transposed else "upright"]
        return ", ".join([*words, "inverted"] if self.inverted else words)


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
