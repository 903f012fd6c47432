"""Trying readings on labelled images, by successive halving."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from core.files.foreign.description import Part
from core.readings.logits import Logits
from core.readings.possible import (
    all_readings,
    first_belief,
    outputs_on,
    said_by_file,
)
from core.readings.sample import Sample
from core.readings.tempered import tempered
from core.readings.values import InputReading, Outputs, Tried

FAMILIES: Final = ("relu", "tanh", "sigmoid")
_ROUNDS: Final = ((64, 10), (250, 4), (1000, 1))

_Pair = tuple[InputReading, str | None]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What a part leaves open, and the sample to try it on.

    Attributes:
        belief: what is taken unless something fits much better.
        activations: to try in the hidden layers; None alone where none is open.
        said: the inputs that the user says.
    """

    part: Part
    sample: Sample
    belief: InputReading
    activations: tuple[str | None, ...]
    said: InputReading | None = None

    @classmethod
    def of(cls, part: Part, sample: Sample, said: InputReading | None) -> "Trial":
        candidate = part.candidates[0]
        outputs = outputs_on(sample, candidate.sizes[-1])
        belief = first_belief(said_by_file(part.inputs, sample), sample, outputs)
        if said is not None:
            belief = replace(
                belief,
                scaling=said.scaling,
                transposed=said.transposed,
                inverted=said.inverted,
                colours=said.colours or belief.colours,
            )
            said = belief
        is_open = any(layer.activation is None for layer in candidate.layers[:-1])
        return cls(part, sample, belief, FAMILIES if is_open else (None,), said)

    def readings(self) -> list[InputReading]:
        """All that is not said."""
        n_outputs = self.part.candidates[0].sizes[-1]
        outputs = outputs_on(self.sample, n_outputs)
        if self.said is not None:
            return [replace(self.said, outputs=entry) for entry in outputs]
        scaling = said_by_file(self.part.inputs, self.sample)
        return all_readings(scaling, self.sample, outputs)

    def departures(self, reading: InputReading) -> int:
        """In how many points a reading differs from the first belief."""
        belief = self.belief
        return (
            (reading.scaling != belief.scaling)
            + (reading.transposed != belief.transposed)
            + (reading.inverted != belief.inverted)
            + (reading.colours != belief.colours)
            + (belief.outputs.is_plain and reading.outputs != belief.outputs)
        )

    def score(self, tried: Tried) -> float:
        """Lower is better."""
        return tried.score(self.departures(tried.reading))


@dataclass(frozen=True, slots=True, eq=False)
class Tries:
    """What was found: all readings of the last round, and the logits of that."""

    trial: Trial
    candidate: int
    tried: tuple[Tried, ...]
    logits: Logits


def halving(trial: Trial) -> Tries:
    """Few images for all readings, all images for the best ones and the belief."""
    index, found = _first_round(trial)
    trial = _with_belief(trial, found)
    logits = Logits(trial.part.candidates[index], trial.sample, 0)
    families = len(FAMILIES)
    for (_, most), (count, _) in itertools.pairwise(_ROUNDS):
        kept = _best(trial, found, most * trial.sample.breadth, families)
        n = min(count, len(trial.sample))
        logits = Logits(trial.part.candidates[index], trial.sample, n)
        found = try_all(logits, kept)
        families = 2
    return Tries(trial, index, tuple(found), logits)


def _first_round(trial: Trial) -> tuple[int, list[Tried]]:
    """The best candidate, and how well each reading fits it."""
    count = min(_ROUNDS[0][0], len(trial.sample))
    pairs = [(r, a) for r in trial.readings() for a in trial.activations]
    found = [
        try_all(Logits(candidate, trial.sample, count), pairs)
        for candidate in trial.part.candidates
    ]
    index = int(np.argmin([min(map(trial.score, tried)) for tried in found]))
    return index, found[index]


def _with_belief(trial: Trial, tried: Sequence[Tried]) -> Trial:
    """Where outputs have no usual meaning, the belief is the one that fits best."""
    belief = trial.belief
    if belief.outputs.is_plain:
        return trial
    usual = [t for t in tried if replace(t.reading, outputs=belief.outputs) == belief]
    best = min(usual, key=lambda t: t.ln_loss)
    return replace(trial, belief=best.reading)


def try_all(logits: Logits, pairs: Sequence[_Pair]) -> list[Tried]:
    """How well each of the readings fits, with its activation."""
    values = [_outputs_of(logits.of(r, a), r.outputs) for r, a in pairs]
    labels = logits.sample.labels[: logits.count]
    columns = np.stack([columns_of(labels, r.outputs) for r, _ in pairs])
    stacked = np.stack(values).astype(np.float64)
    ln_loss, ln_b = tempered(stacked, columns, logits.sample.smoothing)
    right = (stacked.argmax(axis=-1) == columns).mean(axis=1)
    return [
        Tried(r, a, float(ln_loss[k]), float(ln_b[k]), float(right[k]))
        for k, (r, a) in enumerate(pairs)
    ]


def _outputs_of(logits: np.ndarray, outputs: Outputs) -> np.ndarray:
    """One sigmoid is a softmax of 0 and its z."""
    if outputs.only is None:
        return logits
    return np.concatenate([np.zeros_like(logits), logits], axis=1)


def columns_of(labels: np.ndarray, outputs: Outputs) -> np.ndarray:
    """The output that is right for each label."""
    if outputs.only is not None:
        return np.where(labels == outputs.only, 1, 0)
    return np.take(np.asarray(outputs.columns), labels)


def by_reading(trial: Trial, tried: Iterable[Tried]) -> list[Tried]:
    """The best activation of each reading, the best reading first."""
    best: dict[InputReading, Tried] = {}
    for entry in tried:
        known = best.get(entry.reading)
        if known is None or trial.score(entry) < trial.score(known):
            best[entry.reading] = entry
    return sorted(best.values(), key=trial.score)


def _best(
    trial: Trial, tried: Sequence[Tried], most: int, families: int
) -> list[_Pair]:
    """The readings to keep, and the belief, each with its best activations."""
    ranked = [entry.reading for entry in by_reading(trial, tried)]
    kept = list(dict.fromkeys([*ranked[:most], trial.belief]))
    pairs: list[_Pair] = []
    for reading in kept:
        entries = sorted((t for t in tried if t.reading == reading), key=trial.score)
        pairs += [(reading, t.activation) for t in entries[:families]]
    return pairs
