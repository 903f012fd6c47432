"""The logits of a candidate for every reading: the first layer is computed once.

Scaled inputs a x + c give z = a W x + (c times the sums of W's rows + b), so each
affine scaling, and the ink the other way round, needs no product of its own.
"""

import itertools
from dataclasses import dataclass, field

import numpy as np

from core.arrays import FloatArray
from core.files.foreign.description import Candidate
from core.network.numpy.activations.table import ACTIVATIONS
from core.network.numpy.array_functions import NUMPY
from core.readings.sample import Sample, transposed
from core.readings.values import SCALINGS, STANDARDISED, InputReading

_Key = tuple[str, bool, bool]


@dataclass(slots=True, eq=False)
class Logits:
    """Logits of the first `count` images of a sample, kept while they are needed."""

    candidate: Candidate
    sample: Sample
    count: int
    _products: dict[tuple[bool, bool], FloatArray] = field(default_factory=dict)
    _made: dict[tuple[_Key, str | None], FloatArray] = field(default_factory=dict)

    def of(self, reading: InputReading, activation: str | None) -> FloatArray:
        """Float32 (n, n_out), with the activation where the file names none."""
        key = (reading.scaling, reading.transposed, reading.inverted)
        if (key, activation) not in self._made:
            self._made[key, activation] = self._logits(key, activation)
        return self._made[key, activation]

    def _logits(self, key: _Key, activation: str | None) -> FloatArray:
        z = self._first(*key)
        layers = self.candidate.layers
        with np.errstate(over="ignore", invalid="ignore"):
            for layer, after in itertools.pairwise(layers):
                name = layer.activation or activation or "relu"
                a = ACTIVATIONS[name].function(NUMPY, z)
                z = a @ after.weight.T + after.bias
        return np.nan_to_num(z, posinf=1e30, neginf=-1e30)

    def _first(
        self, scaling: str, is_transposed: bool, is_inverted: bool
    ) -> FloatArray:
        layer = self.candidate.layers[0]
        is_standardised = scaling == STANDARDISED
        product = self._product(is_transposed, is_standardised)
        if is_standardised:
            factor, offset = (-1.0 if is_inverted else 1.0), 0.0
        else:
            factor, offset = SCALINGS[scaling]
            if is_inverted:
                factor, offset = -factor, factor + offset
        sums = layer.weight.sum(axis=1, dtype=np.float64)
        bias = (layer.bias + offset * sums).astype(np.float32)
        z: FloatArray = np.float32(factor) * product + bias
        return z

    def _product(self, is_transposed: bool, is_standardised: bool) -> FloatArray:
        key = (is_transposed, is_standardised)
        if key not in self._products:
            sample = self.sample
            x = sample.images[: self.count]
            if is_standardised:
                x = ((x - sample.mean) / sample.deviation).astype(np.float32)
            if is_transposed:
                x = transposed(x, sample.shape)
            self._products[key] = x @ self.candidate.layers[0].weight.T
        return self._products[key]
