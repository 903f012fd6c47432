"""What the user may choose between, with the same picture as each reading gives it."""

from dataclasses import dataclass

import numpy as np

from core.arrays import FloatArray
from core.readings.affine import affine
from core.readings.said import Said
from core.readings.sample import Sample
from core.readings.values import InputReading, Verdict


@dataclass(frozen=True, slots=True, eq=False)
class ReadingRow:
    """One reading of the inputs.

    Attributes:
        reading: of inputs and outputs.
        accuracy: share of the tried images that are right.
        loss: of those, once the logits have the best scale.
        picture: the first image as the network receives it, (rows, columns) or
            (rows, columns, 3); of other data a row.
    """

    reading: InputReading
    accuracy: float
    loss: float
    picture: FloatArray

    @property
    def title(self) -> str:
        """What it takes the inputs for, and the outputs where they are unusual."""
        outputs = self.reading.outputs
        if outputs.is_plain or outputs.only is not None:
            return self.reading.inputs_text
        classes = {column: k for k, column in enumerate(outputs.columns)}
        first = f"class {classes[0]}" if 0 in classes else "no class"
        return f"{self.reading.inputs_text}; output 0 is {first}"


@dataclass(frozen=True, slots=True, eq=False)
class ReadingChoice:
    """Readings to choose from, the taken one first.

    Attributes:
        rows: of the inputs.
        activations: of the hidden layers; empty where the file says them.
        count: how many images were tried.
    """

    rows: tuple[ReadingRow, ...]
    activations: tuple[str, ...]
    count: int

    def said(self, row: int, activation: str) -> Said:
        """What the user says by choosing a row and an activation, or "" for none."""
        chosen = self.rows[row].reading
        return Said(inputs=chosen, hidden=activation or None)


def choice_of(verdict: Verdict, sample: Sample) -> ReadingChoice | None:
    """The choice that a verdict leaves, or None where nothing is open."""
    activations: list[str] = []
    if verdict.activation is not None:
        tried = (family.activation for family in verdict.families)
        known = (verdict.activation, *filter(None, tried), *verdict.near)
        activations += dict.fromkeys(known)
    if len(verdict.rows) < 2 and len(activations) < 2:
        return None
    rows = tuple(
        ReadingRow(
            row.reading,
            row.accuracy,
            float(np.exp(row.ln_loss)),
            received(row.reading, sample),
        )
        for row in verdict.rows
    )
    return ReadingChoice(rows, tuple(activations), verdict.count)


def received(reading: InputReading, sample: Sample) -> FloatArray:
    """The first image of a sample as a network of that reading receives it."""
    factor, offset = affine(reading, sample)
    values = factor * sample.images[0].astype(np.float64) + offset
    place = sample.arrangement
    # As though the network had the colours in the order of the data.
    values = place.as_picture(place.for_network(values, reading))
    picture: FloatArray = values.astype(np.float32)
    return picture
