"""What the user says of a network: it is taken, and never tried."""

from dataclasses import dataclass, replace
from typing import Final

from core.files.foreign.description import Candidate, Part
from core.readings.values import (
    AS_IN_FILE,
    BY_PIXEL,
    CENTRED,
    COLOUR_SCALINGS,
    FITTED,
    NORMALISED,
    PLANES,
    SCALINGS,
    STANDARDISED,
    InputReading,
    Outputs,
)
from core.values.errors import ExperimentError
from core.values.words import tr

KEY: Final = "reading.inputs"
_ALIASES: Final = {
    "normalised": NORMALISED,
    "centred": CENTRED,
    "standardised": STANDARDISED,
}
_ORDERS: Final = {"planes": PLANES, PLANES: PLANES, BY_PIXEL: BY_PIXEL}
_WORDS: Final = ("upright", "transposed", "inverted", *_ORDERS)


@dataclass(frozen=True, slots=True)
class Said:
    """What was said; None for what was not.

    Attributes:
        inputs: how they are read; its outputs do not matter.
        activations: of the hidden layers, one for each.
        output: activation of the output.
        hidden: activation of those hidden layers that the file leaves open.
    """

    inputs: InputReading | None = None
    activations: tuple[str, ...] | None = None
    output: str | None = None
    hidden: str | None = None

    def applied_to(self, part: Part) -> Part:
        """The part with the activations that were said."""
        if (self.activations, self.output, self.hidden) == (None, None, None):
            return part
        candidates = tuple(map(self._applied, part.candidates))
        return replace(part, candidates=candidates)

    def _applied(self, candidate: Candidate) -> Candidate:
        *hidden, last = candidate.layers
        if self.activations is not None:
            pairs = zip(hidden, self.activations, strict=True)
            hidden = [replace(layer, activation=name) for layer, name in pairs]
        if self.hidden is not None:
            name = self.hidden
            hidden = [
                replace(layer, activation=layer.activation or name) for layer in hidden
            ]
        if self.output is not None:
            last = replace(last, activation=self.output)
        return replace(candidate, layers=(*hidden, last))


def parsed_inputs(text: str) -> InputReading:
    """Read "(x - 0.1307) / 0.3081, transposed".

    Raises:
        ExperimentError: it is no reading of inputs.
    """
    pieces = [piece.strip() for piece in text.split(",")]
    words = {piece for piece in pieces if piece in _WORDS}
    scalings = [_ALIASES.get(piece, piece) for piece in pieces if piece not in _WORDS]
    known = (*SCALINGS, *FITTED, AS_IN_FILE, *COLOUR_SCALINGS)
    scaling = scalings[0] if scalings else next(iter(SCALINGS))
    if len(scalings) > 1 or scaling not in known:
        msg = tr(
            "{key}: invalid value {text!r}; expected one of {known}, "
            "and perhaps the words transposed and inverted after a "
            "comma, and of colours planes or {by_pixel}",
            key=KEY,
            text=text,
            known="; ".join(known),
            by_pixel=BY_PIXEL,
        )
        raise ExperimentError(msg)
    order = next((_ORDERS[word] for word in _ORDERS if word in words), "")
    return InputReading(
        scaling, "transposed" in words, "inverted" in words, Outputs(()), order
    )


NOTHING_SAID: Final = Said()
